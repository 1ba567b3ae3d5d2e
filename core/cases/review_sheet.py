"""Knows how the edited sheet of a draft is compared with it and, once confirmed, becomes its reading."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.cases.notice import draft
from core.cases.problem import Problem
from core.rules.notice.acts import edited
from core.rules.notice.model import Notice
from core.rules.notice.review import ReviewFault
from core.rules.notice.revision import Revision, compare
from core.rules.people import Person
from core.rules.reports import Talk
from core.rules.tasks import NoticeCard
from core.work import Work

TALK = "review_sheet"


def receive(work: Work, sheet: Mapping[str, Any], by: Person, now: datetime) -> tuple[NoticeCard, Revision]:
    """Keeps the rows and says what saving would change. Raises Problem for a row that can't be used; nothing is kept then."""
    card = draft(work, sheet["notice"])
    found = compare(card.reading, _reading(work, card, sheet, now))
    if found.clauses:
        work.talks.put(by.id, Talk(TALK, "preview", dict(sheet)), now, False)
    return card, found


def look(work: Work, by: Person, now: datetime) -> tuple[NoticeCard, Revision]:
    """The sheet against the draft as it is now. Raises Problem where it was saved or dropped."""
    sheet = _kept(work, by)
    card = draft(work, sheet["notice"])
    return card, compare(card.reading, _reading(work, card, sheet, now))


def save(work: Work, seen: str, by: Person, now: datetime) -> NoticeCard | None:
    """The draft as the sheet has it; None where saving would do something else than what was `seen`."""
    sheet = _kept(work, by)
    card, found = look(work, by, now)
    if found.digest != seen:
        return None
    reading = _reading(work, card, sheet, now)
    work.notices.save_reading(card.id, {**reading, "revises": card.revises}, now)
    work.history.add("notice_reviewed", "notice", card.id, now, by.id, clauses=len(found.clauses))
    work.talks.end(by.id, TALK)
    return draft(work, card.id)


def drop(work: Work, by: Person) -> None:
    work.talks.end(by.id, TALK)


def _kept(work: Work, by: Person) -> dict[str, Any]:
    talk = work.talks.get(by.id, TALK)
    if talk is None:
        raise Problem("correction.sheet_gone")
    return dict(talk.data)


def _reading(work: Work, card: NoticeCard, sheet: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    try:
        return edited(Notice.from_json(card.reading), sheet["rows"], work.office.today(now).year).to_json()
    except ReviewFault as fault:
        raise Problem(f"correction.row_{fault.kind}", row=fault.row, text=fault.text) from fault
