"""Knows how a briefing reads on paper: blocks for Word and PDF, and the names of its span and moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.rules.briefing import Behind, Briefing, Span
from core.rules.office import Office
from core.rules.periods import Frequency
from core.rules.summary import Figures
from core.rules.tasks import short
from core.words import lights_paper, terms
from core.words.message import Paper, label_width
from core.words.overdue import leader_name
from core.words.voice import Voice

TITLE_ROOM = 38
"""Columns of a title in one line of A4 (22 points, 156 mm; GB/T 9704, 7.3.1: broken where the sense allows it)."""


def span_name(said: Voice, span: Span) -> str:
    """2023年4月 / 2023年第二季度 / 2023年上半年 / 截至2023年4月10日"""
    if span.period is None:
        return said.plain("briefing.until", day=terms.full_day(said, span.day))
    key, name = "briefing.period", terms.period(said, span.period.key)
    if span.period.frequency is Frequency.MONTHLY:
        name = terms.whole_month(said, span.period.index)
    elif span.period.frequency is Frequency.HALF_YEARLY:
        key = "briefing.period_half"
    return said.plain(key, year=span.period.year, period=name)


def moment_name(said: Voice, office: Office, briefing: Briefing) -> str:
    """截至2023年4月10日10:00; of a day that is over, the day."""
    local = office.local(briefing.at)
    day = terms.full_day(said, local.date())
    if not briefing.current or f"{local:%H:%M}" == "23:59":  # asked as of a past day, that is its end
        return said.plain("briefing.as_of_day", day=day)
    return said.plain("briefing.as_of", day=day, time=f"{local:%H:%M}")


def briefing_paper(said: Voice, office: Office, briefing: Briefing, kind: str) -> Paper:
    name = said.plain("briefing.file", span=span_name(said, briefing.span))
    return Paper(f"briefing.{kind}", f"{name}.{kind}", briefing_data(said, office, briefing))


def briefing_data(said: Voice, office: Office, briefing: Briefing) -> dict[str, Any]:
    """The paper as {org, mark, title, to, blocks, sign, lang}; a block is ["h", text], ["p", text] or ["table", {…}]."""
    moment = moment_name(said, office, briefing)
    blocks: list[list[Any]] = [["p", said.plain("briefing.opening", what=_what(said, briefing), moment=moment)]]
    blocks += [["h", said.plain("briefing.h_total")], ["p", _total_text(said, briefing)]]
    blocks += [["p", text] for text in _stage_texts(said, briefing)]
    blocks += [["h", said.plain("briefing.h_leaders")], ["p", said.plain("briefing.leaders_order")]]
    blocks.append(["table", _leaders_table(said, briefing)])
    blocks += lights_paper.blocks(said, briefing.lights)
    blocks.append(["h", said.plain("briefing.h_behind")])
    blocks += _behind_blocks(said, briefing)
    blocks.append(["h", said.plain("briefing.h_next")])
    blocks += [["p", text] for text in _next_texts(said, briefing)]
    comma = said.plain("terms.comma")
    return {
        "org": office.name,
        "mark": said.plain("briefing.mark"),
        "title": in_lines(said.plain("briefing.title", span=_title_span(said, briefing.span))),
        "to": said.plain("briefing.to", names=comma.join(briefing.addressees) or said.plain("briefing.units")),
        "blocks": blocks,
        "sign": [office.name, terms.full_day(said, office.local(briefing.at).date())],
        "lang": said.lang,
    }


def in_lines(title: str) -> str:
    """A title with its words kept together: broken at its "|" where it is too long for one line, else in one."""
    whole = title.replace("|", "")
    return title.replace("|", "\n") if label_width(whole) > TITLE_ROOM else whole


def _title_span(said: Voice, span: Span) -> str:
    return span_name(said, span) if span.period else said.plain("briefing.year", year=span.day.year)


def _what(said: Voice, briefing: Briefing) -> str:
    return (
        said.plain("briefing.about", title=briefing.title) if briefing.title else said.plain("briefing.tasks_of_year")
    )


def _total_text(said: Voice, briefing: Briefing) -> str:
    f = briefing.total
    text = said.plain("briefing.total_tasks", tasks=briefing.tasks, units=briefing.units)
    if f.all:
        text += said.plain("briefing.total_due", **_values(f))
        text += said.plain("briefing.late_units", n=briefing.late_units) if f.overdue else ""
        text += said.plain("briefing.stop")
    else:
        text += said.plain("briefing.total_none")
    if briefing.span.period is not None:
        text += said.plain("briefing.filed_text" if briefing.filed else "briefing.filed_none", n=briefing.filed)
    return text.strip()


def _stage_texts(said: Voice, briefing: Briefing) -> list[str]:
    if len(briefing.stages) < 2:
        return []
    texts = [
        said.plain("briefing.stage", what=terms.stage(said, sample), **_values(f)) for sample, f in briefing.stages[-6:]
    ]
    return [said.plain("briefing.stages", rows=said.plain("briefing.semicolon").join(texts))]


def _values(f: Figures) -> dict[str, int]:
    return {"all": f.all, "done": f.done, "waiting": f.waiting, "overdue": f.overdue}


def _leaders_table(said: Voice, briefing: Briefing) -> dict[str, Any]:
    head = [said.plain(f"briefing.col_{name}") for name in ("leader", "tasks", "all", "done", "waiting", "overdue")]
    rows = [
        [leader_name(said, row.leader), str(row.tasks), *(str(n) for n in _values(row.figures).values())]
        for row in briefing.leaders
    ]
    f = briefing.total
    rows.append([said.plain("briefing.col_sum"), str(briefing.tasks), *(str(n) for n in _values(f).values())])
    return {"head": head, "rows": rows, "widths": [5, 2, 2, 2, 2, 2], "left": [0], "bold_last": True}


def _behind_blocks(said: Voice, briefing: Briefing) -> list[list[Any]]:
    if not briefing.behind:
        return [["p", said.plain("briefing.none_behind_text")]]
    head = [said.plain(f"briefing.col_{name}") for name in ("ref", "unit", "content", "late", "why")]
    rows = [_behind_row(said, items) for items in by_task(briefing.behind)]
    given, unsaid = _reasons(briefing.behind)
    text = said.plain("briefing.behind_text", n=len(briefing.behind), units=briefing.late_units)
    text += said.plain(f"briefing.reasons_{given}", n=unsaid)
    table = {"head": head, "rows": rows, "widths": [1.8, 2.5, 3.1, 4.8, 4.9], "left": [1, 2, 3, 4], "small": True}
    return [["p", text], ["table", table]]


def _reasons(behind: Sequence[Behind]) -> tuple[str, int]:
    """Whether the units said why: all, some or none; and for how many items nobody did."""
    unsaid = sum(not each.why for each in behind)
    return "some" if 0 < unsaid < len(behind) else "none" if unsaid else "all", unsaid


def by_task(behind: Sequence[Behind]) -> list[list[Behind]]:
    """What one unit owes for one task stands together, in the order of the list."""
    groups: dict[tuple[int, int], list[Behind]] = {}
    for each in behind:
        groups.setdefault((each.obligation.task_id, each.obligation.unit_id), []).append(each)
    return list(groups.values())


def _behind_row(said: Voice, items: Sequence[Behind]) -> list[str]:
    o = items[0].obligation
    why = said.plain("briefing.unsaid")
    if items[0].why and items[0].said_on:
        why = said.plain("briefing.why", why=items[0].why, day=terms.day(said, items[0].said_on, weekday=False))
    late = [
        said.plain(
            "briefing.late_item",
            what=terms.what(said, each.obligation),
            days=each.days,
        )
        for each in items
    ]
    return [o.ref, o.unit, short(o.content, 24), "\n".join(late), why]


def _next_texts(said: Voice, briefing: Briefing) -> list[str]:
    texts = []
    if briefing.behind:
        units = dict.fromkeys(behind.obligation.unit for behind in briefing.behind)
        named = said.plain("terms.comma").join(list(units)[:12])
        more = said.plain("briefing.and_more", n=len(units)) if len(units) > 12 else ""
        given, _ = _reasons(briefing.behind)  # what was said already is not asked for again
        texts.append(said.plain(f"briefing.next_late_{given}", units=named + more, n=len(briefing.behind)))
    plans = [items[0] for items in by_task(briefing.behind) if items[0].next_plan]
    if plans:
        month = terms.whole_month(said, briefing.next_month)
        rows = [
            said.plain("briefing.planned", unit=b.obligation.unit, ref=b.obligation.ref, plan=_clean(b.next_plan))
            for b in plans[:12]
        ]
        texts.append(said.plain("briefing.next_plans", month=month, rows=said.plain("briefing.semicolon").join(rows)))
    coming = _coming_texts(said, briefing)
    if coming:
        texts.append(said.plain("briefing.next_due", rows=said.plain("briefing.semicolon").join(coming)))
    texts.append(said.plain("briefing.next_all"))
    numbers = [said.plain(f"briefing.number_{number}") for number in range(1, len(texts) + 1)]
    return [said.plain("briefing.ordinal", n=number) + text for number, text in zip(numbers, texts, strict=True)]


def _clean(text: str) -> str:
    return short(" ".join(text.split()), 60).rstrip("。；;，,")


def _coming_texts(said: Voice, briefing: Briefing) -> list[str]:
    return [
        said.plain("briefing.due", day=terms.day(said, due, weekday=False), what=terms.stage(said, sample), n=n)
        for due, sample, n in briefing.coming
    ]
