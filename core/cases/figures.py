"""Knows how figures get from reports to targets: read from each version, confirmed or corrected by a person, kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from core.cases.desks import desk
from core.cases.problem import Problem
from core.rules.figures_said import Sense, read_target, read_typed
from core.rules.lights import CONFIRMED, CORRECTED, FIRST, REFUSED, TargetFigure, Understood, totals
from core.rules.obligations import Kind, Obligation
from core.rules.people import Person
from core.rules.reports import Report
from core.rules.targets_pace import goals_of
from core.rules.tasks import Task
from core.words import figures as words
from core.words.voice import voice
from core.work import Work


def read_report(work: Work, obligation: Obligation, report: Report, before: Sequence[Report], now: datetime) -> None:
    """Reads every target of the task in a new version; what was said of the same figure in the version before stays."""
    task = work.notices.task(obligation.task_id)
    goals = goals_of(task.targets, task.content) if task and obligation.kind is Kind.REPORT else ()
    if task is None or not goals:
        return
    earlier = {f.target: f for f in work.figures.of_reports([before[-1].id])} if before else {}
    for goal in goals:
        reading = read_target(report.text, goal.target)
        figure = work.figures.add(report, task.id, goal.key, reading, now)
        known = earlier.get(goal.key)
        if known and known.by_id and (known.read, known.read_sense) == (figure.read, figure.read_sense):
            work.figures.say(figure.id, known.state, known.value, known.sense, known.by_id, now)


def understood(work: Work, reports: Iterable[Report]) -> dict[int, list[Understood]]:
    """{report: what was understood, target by target}; nothing for a report whose task has no targets."""
    found = work.figures.of_reports([report.id for report in reports])
    out: dict[int, list[Understood]] = {}
    for figure in found:
        if seen := _understood(work, figure):
            out.setdefault(figure.report_id, []).append(seen)
    return out


def of_task(work: Work, task: Task) -> list[Understood]:
    """The newest figure of every target and unit."""
    newest: dict[tuple[int, str], TargetFigure] = {}
    for figure in sorted(work.figures.of_tasks([task.id]), key=lambda f: (f.due, f.id)):
        newest[figure.unit_id, figure.target] = figure
    return [seen for figure in newest.values() if (seen := _understood(work, figure))]


def confirm(work: Work, person: Person, report_id: int, now: datetime) -> list[Report]:
    """Says yes to all that is clear in the reports of one message. Returns these reports.

    Raises Problem where nothing waits for a yes, a newer version came or the report is another unit's.
    """
    reports = _same_message(work, report_id)
    seen = [u for rows in understood(work, reports).values() for u in rows if u.clear]
    for u in seen:
        _check(work, person, u.figure)
    if not seen:
        raise Problem("figures.nothing")
    for u in seen:
        sense = Sense.TOTAL if u.figure.sense is Sense.UNSAID else u.figure.sense
        _say(work, person, u, CONFIRMED, u.figure.value, sense, now)
    return reports


def choose(work: Work, person: Person, figure_id: int, number: int, sense: Sense, now: datetime) -> list[Report]:
    """Takes the figure that was read (FIRST) or one of its choices, as total or as this period's part."""
    u = one(work, person, figure_id)
    if number != FIRST and number >= len(u.figure.choices):
        raise Problem("help.old_button")
    value = u.figure.read if number == FIRST else u.figure.choices[number].value
    if value is None:
        raise Problem("help.old_button")
    _say(work, person, u, CONFIRMED, value, sense, now)
    return _same_message(work, u.figure.report_id)


def refuse(work: Work, person: Person, figure_id: int, now: datetime) -> Understood:
    """It isn't this figure, and there is none."""
    u = one(work, person, figure_id)
    _say(work, person, u, REFUSED, None, Sense.UNSAID, now)
    return one(work, person, figure_id)


def correct(work: Work, person: Person, figure_id: int, text: str, now: datetime) -> Understood:
    """The figure as the person types it; a number alone is the total. Raises Problem where it can't be read."""
    u = one(work, person, figure_id)
    typed = read_typed(text, u.goal.target)
    if typed is None:
        raise Problem("figures.unreadable", text=text[:30], unit=u.goal.target.unit)
    if typed.value is None:
        return refuse(work, person, figure_id, now)
    sense = Sense.TOTAL if typed.sense is Sense.UNSAID else typed.sense
    same = typed.value == u.figure.read and sense in (u.figure.read_sense, Sense.TOTAL)
    _say(work, person, u, CONFIRMED if same else CORRECTED, typed.value, sense, now)
    return one(work, person, figure_id)


def one(work: Work, person: Person, figure_id: int) -> Understood:
    """One figure of the version that stands. Raises Problem where it is gone or another unit's."""
    figure = work.figures.get(figure_id)
    seen = _understood(work, figure) if figure else None
    if figure is None or seen is None:
        raise Problem("figures.gone")
    _check(work, person, figure)
    return seen


def _check(work: Work, person: Person, figure: TargetFigure) -> None:
    if not person.supervises and figure.unit_id not in person.unit_ids:
        raise Problem("figures.not_yours")
    latest = work.reports.latest([figure.obligation_id]).get(figure.obligation_id)
    if latest is None or latest.id != figure.report_id:
        raise Problem("figures.newer")


def _understood(work: Work, figure: TargetFigure) -> Understood | None:
    """None where the notice no longer has the target."""
    task = work.notices.task(figure.task_id)
    goal = next((g for g in goals_of(task.targets, task.content) if g.key == figure.target), None) if task else None
    if goal is None:
        return None
    series = [
        f
        for f in work.figures.of_tasks([figure.task_id])
        if f.unit_id == figure.unit_id and f.target == figure.target and f.due < figure.due
    ]
    points = totals(series, goal, trusting=True)
    return Understood(figure, goal, points[-1].total if points else None)


def _same_message(work: Work, report_id: int) -> list[Report]:
    """The reports that came with the same message; the one alone where its newest version came otherwise."""
    report = work.reports.get(report_id)
    if report is None:
        raise Problem("figures.gone")
    together = work.reports.by_message(report.chat_id, report.message_id) if report.message_id else []
    return together if any(each.id == report.id for each in together) else [report]


def _say(
    work: Work, person: Person, u: Understood, state: str, value: Decimal | None, sense: Sense, now: datetime
) -> None:
    figure = u.figure
    if (figure.state, figure.value, figure.sense) == (state, value, sense):
        return
    said = work.figures.say(figure.id, state, value, sense, person.id, now)
    obligation = work.obligations.get(figure.obligation_id)
    lang = voice(work.office.lang)
    work.history.add(
        f"figure_{state}",
        "task",
        figure.task_id,
        now,
        person.id,
        obligation=figure.obligation_id,
        report=figure.report_id,
        period=figure.period,
        unit=figure.unit,
        value=words.history(lang, said, u.goal),
    )
    if obligation is None or figure.unit_id in person.unit_ids or state == CONFIRMED:
        return
    for contact in desk(work, figure.unit_id):
        # What the office changed in a unit's figures, the unit hears.
        work.outbox.put(
            f"figure:{figure.id}:{int(now.timestamp())}:{contact.id}",
            contact.chat_id,
            words.changed_message(voice(contact.lang or work.office.lang), said, u.goal, obligation, person.name),
            kind="notice",
            now=now,
            person_id=contact.id,
            about=[obligation.id],
            not_before=work.office.next_open(now),
        )
