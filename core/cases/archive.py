"""Knows what is handed over of a notice: its reading, lists, plans, history, briefings and every row, as papers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from core.cases.briefing import make_briefing
from core.cases.closing import closed_event, looking_at
from core.cases.export import TABLES, Facts, facts
from core.cases.plan_form import form_of, plans_of_units
from core.papers.packing import packed
from core.papers.steps import step
from core.rules.briefing import Span, span_of
from core.rules.periods import Frequency, Period
from core.rules.scope import Scope
from core.rules.tasks import NoticeCard
from core.words import archive as words
from core.words import export
from core.words.briefing_paper import briefing_paper
from core.words.message import Paper
from core.words.plan_form import form_paper, standard_labels
from core.words.voice import Voice, voice
from core.work import Work
from core.work_history import Event

PART = 40_000_000
"""Bytes of data in one file of the chat: drawn and compressed it is smaller, and Telegram takes 50 MB from a bot."""


def archive(work: Work, notice_id: int, now: datetime, every_pdf: bool = False) -> list[Paper]:
    """Everything of one notice, in force or closed, in the office's language. Raises Problem for an unknown one.

    `every_pdf`: each month's briefing as PDF too; one takes seconds to draw, too long for the chat's queue.
    Of files that came with reports the names are in it; the files themselves stay in Telegram.
    """
    said = voice(work.office.lang)
    with looking_at(work, notice_id) as card:
        event = closed_event(work, notice_id)
        found = _own(facts(work, Scope(everything=True), now, history=True, rounds=True), card)
        papers = [Paper("office.json", words.name(said, "notice", "json"), packed(card.reading))]
        for name in TABLES:
            data = export.table_data(said, work.office, found, name)
            papers.append(Paper("table.xlsx", words.name(said, name, "xlsx"), packed(data)))
        papers += _forms(work, said)
        last = work.office.today(event.at if event else now)
        papers += _briefings(work, said, card, last, now, every_pdf)
        tables = work.archive.tables(card.id)
    for name, rows in tables.items():
        data = export.everything_data(work.office, now, {name: rows})
        papers.append(Paper("office.json", words.name(said, "data", f"{name}.json"), packed(data)))
    return [
        Paper("plain.txt", words.name(said, "readme", "txt"), words.readme(said, work.office, card, papers, now)),
        *papers,
    ]


def parts(papers: Sequence[Paper]) -> list[list[Paper]]:
    """The papers in as many files as the chat needs; the order stays."""
    out: list[list[Paper]] = [[]]
    size = 0
    for paper in papers:
        own = len(json.dumps(paper.data))
        if out[-1] and size + own > PART:
            out.append([])
            size = 0
        out[-1].append(paper)
        size += own
    return out


def _own(found: Facts, card: NoticeCard) -> Facts:
    """The facts without what others of the office's notices have: their history, their stops in rounds."""
    tasks = {task.id for task in found.tasks}
    rounds = [replace(seen, stops=[stop for stop in seen.stops if stop.task_id in tasks]) for seen in found.rounds]
    return replace(
        found,
        events=tuple(_events(found.events, card, tasks)),
        rounds=tuple(seen for seen in rounds if seen.stops),
    )


def _events(events: Sequence[Event], card: NoticeCard, tasks: set[int]) -> Iterator[Event]:
    for event in events:
        if (event.subject == "task" and event.subject_id in tasks) or (
            event.subject == "notice" and event.subject_id == card.id
        ):
            yield event


def _forms(work: Work, said: Voice) -> list[Paper]:
    plans = plans_of_units(work, None)
    if not plans:
        return []
    labels = standard_labels(said)
    paper = form_paper(said, [form_of(work, plan, labels, None) for plan in plans], "docx", "")
    return [Paper(paper.kind, words.name(said, "forms", "docx"), packed(paper.data))]


def _briefings(work: Work, said: Voice, card: NoticeCard, last: date, now: datetime, every_pdf: bool) -> list[Paper]:
    """The briefing of every month that was over as Word, the final one of the last day as PDF too."""
    confirmed = next((e.at for e in work.history.of("notice", card.id) if e.what == "notice_confirmed"), None)
    spans: list[Span] = []
    if confirmed is not None:
        period = Period.holding(Frequency.MONTHLY, work.office.today(confirmed))
        while period.last_day < last:
            spans.append(span_of(period, last))
            period = period.following()
    out = []
    for number, span in enumerate(wanted := [*spans, Span(None, last)], start=1):
        step("gather", number, len(wanted))
        made = make_briefing(work, span, now)
        name = span.period.key if span.period else last.isoformat()
        for kind in ("docx", "pdf") if every_pdf or not span.period else ("docx",):
            paper = briefing_paper(said, work.office, made, kind)
            out.append(Paper(paper.kind, words.name(said, "briefing", f"{name}.{kind}"), packed(paper.data)))
    return out
