"""Knows how a briefing reads: the paper as blocks for Word and PDF, and the screen that offers it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from core.rules.briefing import Behind, Briefing, Span, spans
from core.rules.office import Office
from core.rules.summary import Figures
from core.rules.tasks import short
from core.words import lights_paper, terms
from core.words.html import Html, bold, lines
from core.words.lights import counts as light_counts
from core.words.message import Button, Message, Paper, label_width
from core.words.overdue import leader_name
from core.words.voice import Voice

TITLE_ROOM = 38
"""Columns of a title in one line of A4 (22 points, 156 mm; GB/T 9704, 7.3.1: broken where the sense allows it)."""

_STATED = 3
"""Units' own words on the screen; the paper has all."""


def span_name(said: Voice, span: Span) -> str:
    """2023年4月 / 2023年第二季度 / 2023年上半年 / 截至2023年4月10日"""
    if span.period is None:
        return said.plain("briefing.until", day=terms.full_day(said, span.day))
    return said.plain("briefing.period", year=span.period.year, period=terms.period(said, span.period.key))


def moment_name(said: Voice, office: Office, briefing: Briefing) -> str:
    """截至2023年4月10日10:00; of a day that is over, the day."""
    local = office.local(briefing.at)
    day = terms.full_day(said, local.date())
    if not briefing.current or f"{local:%H:%M}" == "23:59":  # asked as of a past day, that is its end
        return said.plain("briefing.as_of_day", day=day)
    return said.plain("briefing.as_of", day=day, time=f"{local:%H:%M}")


# -- the screen ------------------------------------------------------------------------------------------------------


def briefing_message(said: Voice, office: Office, briefing: Briefing, today: date) -> Message:
    """Preview: the figures that the paper will say, and the files by button."""
    f, key = briefing.total, briefing.span.key
    rows: list[object] = [
        bold(said("briefing.screen", span=span_name(said, briefing.span))),
        said("briefing.moment", moment=moment_name(said, office, briefing)),
        said("briefing.total", all=f.all, done=f.done, waiting=f.waiting, overdue=f.overdue),
    ]
    if briefing.span.period is not None:
        rows.append(said("briefing.filed", n=briefing.filed))
    rows.append(light_counts(said, [light for _, light in briefing.lights]))
    rows += _screen_behind(said, briefing)
    rows += _coming_rows(said, briefing)[:2]
    rows += ["", said("briefing.choose")]
    files = (
        Button(said.plain("briefing.word"), f"bf:docx:{key}"),
        Button(said.plain("briefing.pdf"), f"bf:pdf:{key}"),
    )
    pictures = (
        Button(said.plain("briefing.by_leader"), f"bf:leaders:{key}"),
        Button(said.plain("briefing.by_unit"), f"bf:units:{key}"),
    )
    lit = (Button(said.plain("lights.picture_button"), f"bf:lights:{key}"),)
    return Message(lines(*rows), (files, pictures, lit, *_spans(said, briefing.span, today)))


def _screen_behind(said: Voice, briefing: Briefing) -> list[Html]:
    if not briefing.behind:
        return [said("briefing.none_behind")] if briefing.total.all else []
    stated = [items[0] for items in _by_task(briefing.behind) if items[0].why]
    rows = [
        said(
            "briefing.behind",
            n=len(briefing.behind),
            units=briefing.late_units,
            stated=sum(bool(each.why) for each in briefing.behind),
        )
    ]
    rows += [
        said("briefing.quoted", unit=b.obligation.unit, ref=b.obligation.ref, why=short(b.why, 40))
        for b in stated[:_STATED]
    ]
    return rows


def _spans(said: Voice, shown: Span, today: date) -> list[tuple[Button, ...]]:
    """Other spans, three in a row; the one shown is marked."""
    cells = []
    for span in dict.fromkeys(spans(today)):
        mark = "● " if span.key == shown.key else ""
        cells.append(Button(f"{mark}{_short_name(said, span)}", f"bf:see:{span.key}"))
    return [tuple(cells[start : start + 3]) for start in range(0, len(cells), 3)]


def _short_name(said: Voice, span: Span) -> str:
    assert span.period is not None
    return terms.period(said, span.period.key)


def paper_message(said: Voice, office: Office, briefing: Briefing, kind: str) -> Message:
    """`kind` is docx or pdf."""
    text = said("briefing.ready", span=span_name(said, briefing.span), moment=moment_name(said, office, briefing))
    return Message(text, paper=briefing_paper(said, office, briefing, kind))


def ready_message(
    said: Voice, office: Office, briefings: Sequence[Briefing], digests: datetime | None = None
) -> Message:
    """What comes by itself when a period is over: figures, the papers of each, and when the leaders' `digests` go out."""
    first = briefings[-1]
    f = first.total
    rows: list[object] = [
        bold(
            said("briefing.by_itself", span=said.plain("terms.comma").join(span_name(said, b.span) for b in briefings))
        ),
        said("briefing.moment", moment=moment_name(said, office, first)),
        said("briefing.total", all=f.all, done=f.done, waiting=f.waiting, overdue=f.overdue),
        *_screen_behind(said, first)[:1],
    ]
    buttons: list[tuple[Button, ...]] = [
        (
            Button(said.plain("briefing.word_of", span=_short_name(said, b.span)), f"bf:docx:{b.span.key}"),
            Button(said.plain("briefing.pdf_of", span=_short_name(said, b.span)), f"bf:pdf:{b.span.key}"),
        )
        for b in briefings
    ]
    if digests:
        rows.append(said("leader_digest.ready_hint", at=f"{office.local(digests):%H:%M}"))
        buttons.append((Button(said.plain("leader_digest.open"), "dg:home"),))
    return Message(lines(*rows), tuple(buttons))


# -- the paper -------------------------------------------------------------------------------------------------------


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
    text = said.plain(
        "briefing.total_text",
        tasks=briefing.tasks,
        units=briefing.units,
        all=f.all,
        done=f.done,
        waiting=f.waiting,
        overdue=f.overdue,
    )
    if f.overdue:
        text += said.plain("briefing.late_units", n=briefing.late_units)
    text += said.plain("briefing.stop")
    if briefing.span.period is not None:
        text += said.plain("briefing.filed_text", n=briefing.filed)
    return text


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
    rows = [_behind_row(said, items) for items in _by_task(briefing.behind)]
    stated = sum(bool(behind.why) for behind in briefing.behind)
    text = said.plain(
        "briefing.behind_text", n=len(briefing.behind), units=briefing.late_units, unsaid=len(briefing.behind) - stated
    )
    table = {"head": head, "rows": rows, "widths": [1.9, 2.6, 3.1, 4.3, 5.2], "left": [1, 2, 3, 4], "small": True}
    return [["p", text], ["table", table]]


def _by_task(behind: Sequence[Behind]) -> list[list[Behind]]:
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
        texts.append(said.plain("briefing.next_late", units=named + more, n=len(briefing.behind)))
    plans = [items[0] for items in _by_task(briefing.behind) if items[0].next_plan]
    if plans:
        month = terms.month_name(said, briefing.next_month)
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


def _coming_rows(said: Voice, briefing: Briefing) -> list[Html]:
    return [
        said("briefing.screen_due", day=terms.day(said, due), what=terms.stage(said, sample), n=n)
        for due, sample, n in briefing.coming
    ]
