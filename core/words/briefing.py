"""Knows how the screen reads that offers a briefing, and what comes by itself when a period is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from core.rules.briefing import Briefing, Span, spans
from core.rules.office import Office
from core.rules.tasks import short
from core.words import terms
from core.words.briefing_paper import briefing_paper, by_task, moment_name, span_name
from core.words.html import Html, bold, lines
from core.words.lights import counts as light_counts
from core.words.message import Button, Message
from core.words.voice import Voice

_STATED = 3
"""Units' own words on the screen; the paper has all."""


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
    stated = [items[0] for items in by_task(briefing.behind) if items[0].why]
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


def _coming_rows(said: Voice, briefing: Briefing) -> list[Html]:
    return [
        said("briefing.screen_due", day=terms.day(said, due), what=terms.stage(said, sample), n=n)
        for due, sample, n in briefing.coming
    ]
