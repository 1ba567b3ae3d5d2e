"""Knows which notices a message of the outbox belongs to: by what it is about, else by what its key names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from storage.outbox import OutboxEntry
from storage.tables.calls import CallRow
from storage.tables.inspections import StopRow
from storage.tables.instructions import InstructionRow
from storage.tables.notices import TaskRow
from storage.tables.obligations import ObligationRow, ReportRow
from storage.tables.offices import EventRow
from storage.tables.reviews import ExtensionRow, ReviewRow

_KEYS = (
    (re.compile(r"(?:assign|receipt|revised):(\d+):"), "notice"),
    (re.compile(r"(?:task|changed):(\d+):"), "task"),
    (re.compile(r"(?:completion|mended):(\d+):"), "report"),
    (re.compile(r"returned:(\d+):"), "review"),
    (re.compile(r"extension:(\d+):"), "extension"),
    (re.compile(r"instruction:(\d+):"), "instruction"),
    (re.compile(r"(?:inspection|finding):(\d+):"), "inspection"),
    (re.compile(r"call:(?:text|card):(\d+):"), "call"),
    (re.compile(r"call:auto:\d+:(\d+):"), "obligation"),
    (re.compile(r"answer:(-?\d+):(\d+):"), "message"),
    (re.compile(r"inspection-answer:(-?\d+):(\d+):"), "inspected"),
)
"""What the keys of messages that are about no obligation begin with, and what their number names."""

Named = tuple[str, tuple[int, ...]]


def notices_of(session: Session, entries: Iterable[OutboxEntry]) -> dict[int, set[int]]:
    """{outbox row: its notices}; nothing for one that belongs to none, or to all."""
    named = {entry.id: _named(entry) for entry in entries}
    known = _notices(session, {name for names in named.values() for name in names})
    found = {number: {notice for name in names for notice in known[name]} for number, names in named.items()}
    return {number: notices for number, notices in found.items() if notices}


def _named(entry: OutboxEntry) -> list[Named]:
    if entry.about:
        return [("obligation", (int(number),)) for number in entry.about]
    for pattern, kind in _KEYS:
        if match := pattern.match(entry.key):
            return [(kind, tuple(int(part) for part in match.groups()))]
    return []


def _notices(session: Session, names: set[Named]) -> dict[Named, set[int]]:
    out: dict[Named, set[int]] = defaultdict(set)
    by_kind: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for kind, key in names:
        by_kind[kind].append(key)
    for kind, keys in by_kind.items():
        if kind == "notice":
            for key in keys:
                out[kind, key] = {key[0]}
            continue
        for row in session.execute(_query(kind, keys)):
            out[kind, tuple(row)[:-1]].add(row[-1])
    return out


def _query(kind: str, keys: list[tuple[int, ...]]) -> Any:
    """(key, notice) rows."""
    ids = [key[0] for key in keys]
    owed = TaskRow.id == ObligationRow.task_id
    query: Any
    row: Any
    match kind:
        case "task":
            query = select(TaskRow.id, TaskRow.notice_id).where(TaskRow.id.in_(ids))
        case "obligation":
            query = select(ObligationRow.id, TaskRow.notice_id).join(TaskRow, owed).where(ObligationRow.id.in_(ids))
        case "instruction" | "inspection":
            row, key = (
                (InstructionRow, InstructionRow.id) if kind == "instruction" else (StopRow, StopRow.inspection_id)
            )
            query = select(key, TaskRow.notice_id).join(TaskRow, TaskRow.id == row.task_id).where(key.in_(ids))
        case "message":
            where = tuple_(ReportRow.chat_id, ReportRow.message_id).in_(keys)
            query = (
                select(ReportRow.chat_id, ReportRow.message_id, TaskRow.notice_id)
                .join(ObligationRow, ObligationRow.id == ReportRow.obligation_id)
                .join(TaskRow, owed)
                .where(where)
            )
        case "inspected":
            query = (
                select(EventRow.chat_id, EventRow.message_id, TaskRow.notice_id)
                .join(StopRow, StopRow.inspection_id == EventRow.subject_id)
                .join(TaskRow, TaskRow.id == StopRow.task_id)
                .where(EventRow.subject == "inspection", tuple_(EventRow.chat_id, EventRow.message_id).in_(keys))
            )
        case _:
            row = {"report": ReportRow, "review": ReviewRow, "extension": ExtensionRow, "call": CallRow}[kind]
            query = (
                select(row.id, TaskRow.notice_id)
                .join(ObligationRow, ObligationRow.id == row.obligation_id)
                .join(TaskRow, owed)
                .where(row.id.in_(ids))
            )
    return query.distinct()
