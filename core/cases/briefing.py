"""Knows how a briefing is put together out of what the office knew at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from core.cases.lights import lights_of
from core.cases.overdue import list_overdue, obligations_in
from core.cases.problem import Problem
from core.rules.briefing import Behind, Briefing, LeaderRow, Span, next_dues, read_period, span_of
from core.rules.dates import DateUnclear, read_date
from core.rules.dates_past import AsOf
from core.rules.extensions import Extension
from core.rules.obligations import Kind, Obligation
from core.rules.overdue import Filters
from core.rules.periods import Frequency, Period
from core.rules.reasons import stated_reason
from core.rules.reports import Report
from core.rules.scope import Scope
from core.rules.summary import Figures, by_leader, by_stage, by_unit, in_view, leader_order, whole_stages
from core.rules.tasks import Leader, NoticeCard, Task, ref_order
from core.work import Work

_ALL = Scope(everything=True)

Requests = Mapping[int, Sequence[Extension]]
"""{obligation: what was asked for it}"""


def span_asked(text: str, today: date) -> Span:
    """The span that somebody typed: nothing (this month), a period, a day. Raises Problem for anything else or the future."""
    if not text.strip():
        return span_of(Period.holding(Frequency.MONTHLY, today), today)
    period = _key(text) or read_period(text, today)
    if period is not None:
        if period.first_day > today:
            raise Problem("briefing.future")
        return span_of(period, today)
    try:
        compact = text.strip()
        day = date.fromisoformat(compact) if compact.isdigit() and len(compact) == 8 else read_date(text, today)
    except (DateUnclear, ValueError):
        raise Problem("briefing.bad_span", text=text[:30]) from None
    if day > today:
        raise Problem("briefing.future")
    return Span(None, day)


def _key(text: str) -> Period | None:
    try:
        return Period.parse(text.strip().upper())
    except ValueError:
        return None


def make_briefing(work: Work, span: Span, now: datetime) -> Briefing:
    """The briefing of a span: its figures are those of `/overdue` at the same moment, for they are asked of it.

    The moment is now, or the end of the span's last day where that is over. Raises Problem where no notice was active.
    """
    current = span.day >= work.office.today(now)
    moment = now if current else AsOf(span.day).moment(work.office.zone)
    return _made(work if current else work.at(moment), span, moment, current)


def _made(work: Work, span: Span, moment: datetime, current: bool) -> Briefing:
    notices = work.notices.active()
    if not notices:
        raise Problem("summary.no_notice")
    day = work.office.today(moment)
    listed = list_overdue(work, _ALL, moment, Filters())
    everything = obligations_in(work, _ALL)
    view = in_view(everything, day)
    tasks = work.notices.tasks()
    reports = {report.obligation_id: report for report in work.reports.every() if report.withdrawn_at is None}
    next_month = day.month % 12 + 1
    lights = lights_of(work, tasks, everything, moment)
    requests = asked_for_time(work)
    own: dict[tuple[int, int], list[Obligation]] = {}
    for o in everything:
        own.setdefault((o.task_id, o.unit_id), []).append(o)
    return Briefing(
        span=span,
        at=moment,
        current=current,
        title=notices[0].title if len(notices) == 1 else "",
        addressees=addressees(notices),
        tasks=len(tasks),
        units=len({a.unit.id for task in tasks for a in task.assignments if not a.unit.group}),
        total=listed.total,
        late_units=len({o.unit_id for o in listed.late}),
        filed=_filed(work, reports, span, moment),
        leaders=_leaders(tasks, view, day),
        stages=tuple(by_stage(whole_stages(view, everything), day)),
        behind=tuple(
            _behind(o, own[o.task_id, o.unit_id], reports, work, requests, day, next_month) for o in listed.late
        ),
        coming=tuple(next_dues(everything, day)),
        next_month=next_month,
        lights=tuple((task, lights[task.id]) for task in sorted(tasks, key=lambda t: (t.notice_id, ref_order(t.ref)))),
    )


def addressees(notices: Sequence[NoticeCard]) -> tuple[str, ...]:
    """Whom a paper of the office addresses: those whom the newest notice in force did."""
    return tuple(notices[-1].reading.get("addressees") or ()) if notices else ()


def units_in(work: Work, briefing: Briefing, now: datetime) -> list[tuple[int, str, Figures]]:
    """(unit id, name, figures) of the briefing's moment, in the order of the notice."""
    then = work if briefing.current else work.at(briefing.at)
    day = work.office.today(now if briefing.current else briefing.at)
    return by_unit(in_view(obligations_in(then, _ALL), day), day)


def _leaders(tasks: list[Task], view: list[Obligation], day: date) -> tuple[LeaderRow, ...]:
    """Every leader of the notice, also those of whose tasks nothing is owed just now."""
    figures = {(leader.name if leader else ""): found for leader, found in by_leader(view, day)}
    named: dict[str, Leader | None] = {}
    count: dict[str, int] = {}
    for task in tasks:
        name = task.leader.name if task.leader else ""
        named.setdefault(name, task.leader)
        count[name] = count.get(name, 0) + 1
    rows = [LeaderRow(named[name], n, figures.get(name, Figures())) for name, n in count.items()]
    return tuple(sorted(rows, key=lambda row: leader_order(row.leader)))


def _filed(work: Work, reports: dict[int, Report], span: Span, moment: datetime) -> int:
    """How many obligations were answered within the span (by their newest version)."""
    if span.period is None:
        return len(reports)
    first = work.office.hours.at(span.period.first_day, time(0))
    return sum(first <= report.at <= moment for report in reports.values())


def asked_for_time(work: Work) -> dict[int, list[Extension]]:
    """{obligation: the requests for a later date that gave a reason}."""
    out: dict[int, list[Extension]] = {}
    for each in work.extensions.every():
        if each.reason:
            out.setdefault(each.obligation_id, []).append(each)
    return out


def _asked_for_time(requests: Requests, own: Sequence[Obligation]) -> tuple[str, datetime | None]:
    """The reason that the unit gave when it last asked for a later date for this task."""
    asked = [each for o in own for each in requests.get(o.id, ())]
    last = max(asked, key=lambda each: each.asked_at, default=None)
    return (last.reason, last.asked_at) if last else ("", None)


def why_behind(
    work: Work, own: Sequence[Obligation], reports: Mapping[int, Report], requests: Requests
) -> tuple[str, date | None]:
    """Why it is behind and on which day that was said, in the unit's own words: `own` is all it owes for one task.

    `requests` is what `asked_for_time` found.

    The reason of an extension it asked for, else what its newest report that names a hindrance says; ("", None) else.
    """
    why, said_on = _asked_for_time(requests, own)
    said = sorted((reports[o.id] for o in own if o.id in reports), key=lambda report: report.at, reverse=True)
    for report in said if not why else ():
        if report.text and (why := stated_reason(report.text)):
            said_on = report.at
            break
    return why, work.office.local(said_on).date() if said_on else None


def _behind(
    o: Obligation,
    own: list[Obligation],
    reports: dict[int, Report],
    work: Work,
    requests: Requests,
    day: date,
    next_month: int,
) -> Behind:
    """What the same unit wrote last about the same task says why, and its plan what it means to do."""
    plan = next((reports[other.id] for other in own if other.kind is Kind.PLAN and other.id in reports), None)
    why, on = why_behind(work, own, reports, requests)
    return Behind(o, o.days_late(day), why, on, plan.months.get(next_month, "") if plan else "")
