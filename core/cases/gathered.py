"""Knows the papers whose facts are gathered only when they are drawn: they read so much that nobody should wait behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.cases.archive import archive, parts
from core.cases.closing import looking_at
from core.words import export
from core.words.archive import part_message
from core.words.message import Message, Paper
from core.words.voice import voice
from core.work import Work

KIND = "gathered"
"""The kind of such a paper in the outbox: its data says only what is wanted."""


def archive_wanted(name: str, notice_id: int, lang: str) -> Paper:
    """The archive of a notice, in force or closed."""
    return Paper(KIND, name, {"what": "archive", "notice": notice_id, "lang": lang})


def everything_wanted(name: str, lang: str) -> Paper:
    """Every row of the office."""
    return Paper(KIND, name, {"what": "all", "lang": lang})


def gather(work: Work, wanted: Mapping[str, Any], now: datetime) -> list[Message]:
    """The messages that carry what was wanted, as the office is now. Changes nothing.

    Raises core.cases.problem.Problem where the notice is gone, KeyError for what nobody gathers.
    """
    said = voice(wanted["lang"])
    match wanted["what"]:
        case "archive":
            found = parts(archive(work, wanted["notice"], now))
            with looking_at(work, wanted["notice"]) as card:
                return [part_message(said, card, one, n, len(found)) for n, one in enumerate(found, start=1)]
        case "all":
            data = export.everything_data(work.office, now, work.archive.tables())
            return [export.everything_message(said, work.office.today(now).isoformat(), data)]
    raise KeyError(wanted["what"])
