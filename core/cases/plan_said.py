"""Knows what each message put into a plan, so that a message that is edited afterwards corrects what came from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.ports import Source
from core.rules.people import Person
from core.rules.plan_draft import Draft
from core.rules.reports import Talk
from core.work import Work

TALK = "said_plan"
_MOST = 200
"""Messages of one person that are remembered: some fifteen plans, filled in month by month."""


def remember(work: Work, person: Person, source: Source, before: Draft, after: Draft, now: datetime) -> None:
    """Notes what this message changed in a draft. One that went to several plans is not an edit's to divide: it is left out."""
    known = _known(work, person)
    key = str(source.message_id)
    if key in known and known[key].get("obligation") != before.obligation_id:
        known[key] = {}
    else:
        took = {part: [before.part(part), words] for part, words in after.since(before)}
        known[key] = {"obligation": before.obligation_id, "asking": before.asking, "took": took}
    _keep(work, person, known, now)


def said(work: Work, person: Person, source: Source) -> dict[str, Any] | None:
    """{"obligation", "asking", "took": {part: [before, words]}} of one message; None where it went to no plan, or to several."""
    return _known(work, person).get(str(source.message_id)) or None


def relearn(work: Work, person: Person, source: Source, before: Draft, after: Draft, now: datetime) -> None:
    """The message says something else now; a further edit starts from it."""
    known = _known(work, person)
    known.pop(str(source.message_id), None)
    _keep(work, person, known, now)
    remember(work, person, source, before, after, now)


def _known(work: Work, person: Person) -> dict[str, Any]:
    talk = work.talks.get(person.id, TALK)
    return dict(talk.data) if talk else {}


def _keep(work: Work, person: Person, known: dict[str, Any], now: datetime) -> None:
    work.talks.put(person.id, Talk(TALK, "said", dict(list(known.items())[-_MOST:])), now, awaits=False)
