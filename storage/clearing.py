"""Knows how a closed notice's data is taken out for good, or its people are made nameless; what of others stays."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, select, update
from sqlalchemy.orm import Session

from core.rules.retention_text import HIDDEN, Nameless
from core.work_clearing import Cleared
from storage.agenda import look_now
from storage.attribution import notices_of
from storage.base import Base
from storage.belongings import Belongings, in_parts
from storage.heads import further
from storage.inbox import InboxEntry
from storage.outbox import OutboxEntry
from storage.tables.groups import GroupRow
from storage.tables.notices import TaskRow, UnitNameRow, UnitRow
from storage.tables.past import PersonPastRow
from storage.tables.people import PersonRow, PostRow
from storage.tables.talks import PendingRow, TalkRow

WORDS_KEPT = timedelta(days=30)
"""What was said lately is left as it is: replies and corrections to it still come (as in the inbox)."""

TEXTS = {
    "report": ("text", "goal", "months"),
    "review": ("reason",),
    "extension": ("reason", "answer"),
    "collect_call": ("question",),
    "collect_input": ("text",),
    "figure": ("text", "choices"),
    "finding": ("text",),
    "finding_past": ("text",),
    "inspection": ("ready",),
    "instruction": ("text",),
    "instruction_reply": ("text",),
    "obligation": ("asks",),
    "obligation_past": ("asks",),
    "event": ("data",),
}
"""Columns in which people wrote: names and telephone numbers are taken out of them."""

_READ = {"notice": ("reading",), "notice_past": ("reading",)}
"""What was read from a published paper: telephone numbers go, the rest is the paper's."""

_WHO = ("person_id", "by_id", "head_id", "decided_by", "confirmed_by", "sent_by", "opened_by")
_ONLY_WHO = ("receipt", "receipt_reminder", "inspection_call")
"""Tables that say nothing but who."""

_ELSEWHERE = frozenset({"post", "person_past", "talk", "pending", "absence", "handover", "invite"})
"""Tables about people themselves: standing in them keeps nobody's name."""


class SqlClearing:
    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id

    def look_again(self) -> None:
        """The next tick works out anew when something is to go."""
        look_now(self._session, self._office_id)

    def delete(self, notice_id: int, closed_at: datetime, now: datetime) -> Cleared:
        """Everything of the notice, and the names of people who had left and have a part in nothing else."""
        mine = Belongings(self._session, self._office_id, notice_id)
        tasks, reports = len(mine.ids.get("task", ())), len(mine.ids.get("report", ()))
        messages = self._messages(mine, notice_id, closed_at, now)
        for table in reversed(mine.tables):
            for where in list(mine.conditions(table.name)):
                self._session.execute(delete(table).where(where))
        self._session.expire_all()
        return Cleared(tasks, reports, messages, self._forget_people(()))

    def make_nameless(self, notice_id: int, closed_at: datetime, now: datetime) -> Cleared:
        """The notice stays with its tasks, dates and figures; who did what, names, numbers and files go."""
        mine = Belongings(self._session, self._office_id, notice_id)
        messages = self._messages(mine, notice_id, closed_at, now)
        nobody = self._nobody(now)
        said, read = self._names(), Nameless((), ())
        for table in mine.tables:
            conditions = list(mine.conditions(table.name))
            if table.name in _ONLY_WHO:
                for where in conditions:
                    self._session.execute(delete(table).where(where))
                continue
            self._without_who(table, conditions, nobody)
            self._without_words(table, TEXTS.get(table.name, ()), mine, said)
            self._without_words(table, _READ.get(table.name, ()), mine, read)
        self._session.expire_all()
        tasks, reports = len(mine.ids.get("task", ())), len(mine.ids.get("report", ()))
        return Cleared(tasks, reports, messages, self._forget_people((nobody,)))

    def _without_who(self, table: Table, conditions: Sequence[ColumnElement[bool]], nobody: int) -> None:
        values: dict[str, Any] = {"files": []} if "files" in table.c else {}
        if "message_id" in table.c:
            empty = None if table.c.message_id.nullable else 0
            values |= {"chat_id": empty, "message_id": empty}
        for where in conditions:
            for name in _WHO:
                if name in table.c:
                    column = table.c[name]
                    self._session.execute(update(table).where(where, column.is_not(None)).values({name: nobody}))
            if values:
                self._session.execute(update(table).where(where).values(values))

    def _without_words(self, table: Table, names: Sequence[str], mine: Belongings, hide: Nameless) -> None:
        for row in list(mine.rows(table)) if names else ():
            old = {name: row._mapping[name] for name in names}
            new = {name: hide(value) for name, value in old.items()}
            if new != old:
                self._session.execute(update(table).where(table.c.id == row._mapping["id"]).values(new))

    def _messages(self, mine: Belongings, notice_id: int, closed_at: datetime, now: datetime) -> int:
        """What was said for the notice goes; what people wrote towards it, and drafts from before its closing, too."""
        entry, gone, last = OutboxEntry, 0, 0
        query = select(entry).where(entry.office_id == self._office_id).order_by(entry.id).limit(1000)
        while part := self._session.scalars(query.where(entry.id > last)).all():
            last = part[-1].id
            known = notices_of(self._session, part)
            ids = [row.id for row in part if known.get(row.id) == {notice_id}]
            closing = f"closing:{notice_id}:"
            ids += [row.id for row in part if row.id not in known and row.key.startswith(closing)]
            self._session.execute(delete(entry).where(entry.id.in_(ids)), execution_options=_QUIET)
            gone += len(ids)
            for row in part:
                over = row.ended_at is not None and row.created_at < min(closed_at, now - WORDS_KEPT)
                if over and row.id not in ids and row.payload.get("text"):
                    buttons = row.payload.get("buttons", [])
                    row.payload = {"text": "", **({"buttons": buttons} if buttons else {})}
            self._session.flush()
            self._session.expire_all()
        self._drafts(closed_at)
        return gone + _forget(self._session, self._chats(), self._said(mine), closed_at)

    def _said(self, mine: Belongings) -> set[tuple[int, int]]:
        """(chat, message) of what people wrote towards the notice."""
        found: set[tuple[int, int]] = set()
        for table in mine.tables:
            if "message_id" in table.c:
                found |= mine.values(table, table.c.chat_id, table.c.message_id)
        return {pair for pair in found if pair[0] and pair[1]}

    def _chats(self) -> list[int]:
        people = select(PersonRow.chat_id).where(PersonRow.office_id == self._office_id)
        groups = select(GroupRow.chat_id).where(GroupRow.office_id == self._office_id)
        return sorted({*self._session.scalars(people), *self._session.scalars(groups)})

    def _drafts(self, closed_at: datetime) -> None:
        people = select(PersonRow.id).where(PersonRow.office_id == self._office_id)
        self._session.execute(delete(TalkRow).where(TalkRow.person_id.in_(people), TalkRow.updated_at <= closed_at))
        old = PendingRow.office_id == self._office_id, PendingRow.at <= closed_at
        self._session.execute(delete(PendingRow).where(*old))

    def _names(self) -> Nameless:
        here, past = PersonRow.office_id == self._office_id, PersonPastRow.office_id == self._office_id
        names = {*self._session.scalars(select(PersonRow.name).where(here))}
        names |= {*self._session.scalars(select(PersonPastRow.name).where(past))}
        stay = {*self._session.scalars(select(UnitRow.name).where(UnitRow.office_id == self._office_id))}
        stay |= {*self._session.scalars(select(UnitNameRow.name).where(UnitNameRow.office_id == self._office_id))}
        leaders = select(TaskRow.leader_name).where(TaskRow.office_id == self._office_id).distinct()
        stay |= {name for name in self._session.scalars(leaders) if name}
        stay |= {leader.name for also in further(self._session, self._office_id).values() for leader in also}
        return Nameless(names, stay)

    def _nobody(self, now: datetime) -> int:
        """The one person without a name who stands for all of them."""
        found = select(PersonRow.id).where(PersonRow.office_id == self._office_id, PersonRow.telegram_id == 0)
        if (number := self._session.scalar(found)) is not None:
            return number
        row = PersonRow(
            office_id=self._office_id, telegram_id=0, chat_id=0, name=HIDDEN, joined_at=now, unreachable="left"
        )
        self._session.add(row)
        self._session.flush()
        return row.id

    def _forget_people(self, others: Collection[int]) -> int:
        """Who holds no post any more and has a part in nothing that is kept loses name, number and chat."""
        held = select(PostRow.person_id).where(PostRow.office_id == self._office_id, PostRow.until.is_(None))
        left = select(PersonRow).where(
            PersonRow.office_id == self._office_id, PersonRow.id.not_in(held), PersonRow.telegram_id > 0
        )
        rows = [row for row in self._session.scalars(left) if row.id not in others]
        busy = self._busy([row.id for row in rows])
        for row in rows:
            if row.id in busy:
                continue
            row.telegram_id, row.chat_id, row.name, row.unreachable = -row.id, 0, HIDDEN, "left"
            row.unreachable_at, row.hours = None, None
            self._session.execute(delete(PersonPastRow).where(PersonPastRow.person_id == row.id))
        self._session.flush()
        return sum(row.id not in busy for row in rows)

    def _busy(self, people: Sequence[int]) -> set[int]:
        """Those of them who stand in what is kept of other notices."""
        found: set[int] = set()
        for table in Base.metadata.sorted_tables:
            for key in table.foreign_keys if table.name not in _ELSEWHERE else ():
                if key.column.table.name == "person":
                    for part in in_parts(people):
                        found |= {*self._session.scalars(select(key.parent).where(key.parent.in_(part)).distinct())}
        return found


def _forget(session: Session, chats: Sequence[int], messages: Collection[tuple[int, int]], before: datetime) -> int:
    """Empties what was received from these chats by a moment, and later of these (chat, message) pairs. How many."""
    emptied = 0
    for part in in_parts(chats):
        wordy = select(InboxEntry).where(
            InboxEntry.chat_id.in_(part),
            InboxEntry.state.in_(("done", "aside")),
            InboxEntry.payload != "",
        )
        for entry in session.scalars(wordy).all():
            if entry.received_at <= before or (entry.chat_id, _message_of(entry.payload)) in messages:
                entry.payload, entry.state, emptied = "", "done", emptied + 1
    session.flush()
    return emptied


def _message_of(payload: str) -> int | None:
    """The message that an update brought or changed; None for one without."""
    update = json.loads(payload)
    held = update.get("message") or update.get("edited_message") or (update.get("callback_query") or {}).get("message")
    return held.get("message_id") if held else None


_QUIET: dict[str, Any] = {"synchronize_session": False}
