"""Knows which past moment a question is about, and refuses those of which nothing can be known."""

from __future__ import annotations

from datetime import datetime

from core.cases.problem import Problem
from core.rules.dates_past import AsOf, ToCome, split_moment
from core.rules.refs import opens
from core.work import Work


def asked_moment(work: Work, text: str, now: datetime, first: bool = False) -> tuple[AsOf | None, str]:
    """(the moment, the rest of the text); None means now. `first`: the first word is a number (2-15), never a day.

    Raises Problem for a moment to come and for one before the office's first notice was confirmed.
    """
    head, _, tail = text.strip().partition(" ") if first else ("", "", text)
    try:
        asked, rest = split_moment(tail, work.office.local(now))
    except ToCome:
        raise Problem("as_of.future") from None
    check_known(work, asked)
    return asked, f"{head} {rest}".strip()


def moment_alone(work: Work, text: str, now: datetime) -> AsOf | None:
    """The past moment that the text is and nothing else; None where it is something else, or hasn't come yet.

    What reads like a task's number (2-15) is one, never a day.
    """
    if opens(text):
        return None
    try:
        asked, rest = split_moment(text, work.office.local(now))
    except ToCome:
        return None
    return None if rest.strip() else asked


def check_known(work: Work, asked: AsOf | None) -> None:
    """Raises Problem for a moment before the first notice was confirmed."""
    if asked is None:
        return
    began = work.notices.began()
    if began is None:
        raise Problem("as_of.nothing")
    if asked.moment(work.office.zone) < began:
        raise Problem("as_of.before", day=f"{work.office.local(began):%Y-%m-%d %H:%M}")
