"""Knows the outbox as one office sees it: what it puts there, and what its messages were about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlalchemy.orm import Session

from core.rules.courtesy import UNASKED_KINDS, UNASKED_OF_ALL_SORTS
from core.rules.office import Office
from core.rules.own_hours import OwnHours, arrival
from core.rules.people import Person
from core.words.message import Message
from core.work import Letter, Said, Waiting
from storage import outbox
from storage.attribution import notices_of
from storage.base import Moment
from storage.mailing import put_all
from storage.outbox import OutboxEntry
from storage.prepared import Prepared, rows
from storage.tables.people import PersonRow

_OVERVIEWS = ("summary:", "briefing:", "classify:", "leader_digest:")
"""Keys of messages about all that is in force."""


class SqlOutbox:
    def __init__(self, session: Session, office: Office) -> None:
        self._session = session
        self._office = office
        self._office_id = office.id

    def put(
        self,
        key: str,
        chat_id: int,
        message: Message,
        *,
        kind: str,
        now: datetime,
        person_id: int | None = None,
        about: Sequence[int] = (),
        not_before: datetime | None = None,
        topic_id: int | None = None,
        reply_to: int | None = None,
        edit_message_id: int | None = None,
        edits_id: int | None = None,
    ) -> bool:
        """Whether it is new; a key that was used before changes nothing.

        What a person didn't ask for is held until the office's hours and their own, whoever says it; an edit makes no
        sound.
        """
        if person_id is not None and kind in UNASKED_OF_ALL_SORTS and edits_id is None and edit_message_id is None:
            own = self._own_hours().get(person_id)
            not_before = arrival(own, self._office, max(now, not_before or now))
        new = outbox.put(
            self._session,
            key,
            chat_id,
            message,
            kind=kind,
            now=now,
            office_id=self._office_id,
            person_id=person_id,
            topic_id=topic_id,
            about=about,
            reply_to=reply_to,
            edit_message_id=edit_message_id,
            edits_id=edits_id,
            not_before=not_before,
        )
        return new is not None

    def put_all(self, letters: Sequence[Letter], *, kind: str, now: datetime) -> int:
        """`put` for each of them in one statement. Returns how many are new."""
        own = self._own_hours() if kind in UNASKED_OF_ALL_SORTS else {}
        at_once = [letter for letter in letters if letter.person_id not in own]
        new = put_all(self._session, at_once, kind=kind, now=now, office_id=self._office_id)
        for letter in letters:
            if letter.person_id in own:
                new += self.put(
                    letter.key,
                    letter.chat_id,
                    letter.message,
                    kind=kind,
                    now=now,
                    person_id=letter.person_id,
                    about=letter.about,
                )
        return new

    def _own_hours(self) -> dict[int, OwnHours]:
        """The few people of the office who set hours of their own; asked for once in a transaction."""
        known: dict[int, dict[int, OwnHours]] = self._session.info.setdefault("own_hours", {})
        if self._office_id not in known:
            found = rows(self._session, _OWN_HOURS, {"office": self._office_id})
            known[self._office_id] = {number: OwnHours.from_data(h) for number, h in found if h}
        return known[self._office_id]

    def retime(self, person_id: int, own: OwnHours) -> None:
        """What is held already comes within these hours, never sooner than before."""
        query = select(OutboxEntry).where(
            OutboxEntry.office_id == self._office_id,
            OutboxEntry.person_id == person_id,
            OutboxEntry.kind.in_(UNASKED_OF_ALL_SORTS),
            OutboxEntry.state == "held",
            OutboxEntry.not_before.is_not(None),
        )
        for row in self._session.scalars(query):
            if row.not_before is not None:
                row.not_before = arrival(own, self._office, row.not_before)
        self._session.flush()

    def waiting_for(self, person_id: int) -> list[Waiting]:
        """What is held for this person until a moment, soonest first."""
        query = select(OutboxEntry).where(
            OutboxEntry.office_id == self._office_id,
            OutboxEntry.person_id == person_id,
            OutboxEntry.state == "held",
            OutboxEntry.not_before.is_not(None),
            ~OutboxEntry.key.contains("/"),
        )
        return _waiting(self._session.scalars(query.order_by(OutboxEntry.not_before, OutboxEntry.id)))

    def held(self, ids: Collection[int]) -> list[Waiting]:
        """Those of these messages that wait for their hour."""
        query = select(OutboxEntry).where(
            OutboxEntry.office_id == self._office_id, OutboxEntry.id.in_(ids), OutboxEntry.state == "held"
        )
        return _waiting(self._session.scalars(query.order_by(OutboxEntry.id)))

    def sent(self, chat_id: int, message_id: int) -> Said | None:
        """What this message of the bot said; an edit of it counts as the newer word."""
        entry = outbox.find_sent(self._session, chat_id, message_id)
        return _said(entry) if entry is not None and entry.office_id == self._office_id else None

    def by_key(self, prefix: str) -> list[Said]:
        query = select(OutboxEntry).where(
            OutboxEntry.office_id == self._office_id, OutboxEntry.key.startswith(prefix, autoescape=True)
        )
        return [_said(entry) for entry in self._session.scalars(query.order_by(OutboxEntry.id))]

    def unasked_today(self, person_ids: Collection[int], since: datetime) -> dict[int, int]:
        """{person: messages since then that they didn't ask for}."""
        if not person_ids:
            return {}
        day = {"since": since, "until": since + timedelta(days=1)}
        return dict(rows(self._session, _unasked(), {"people": person_ids, **day}))

    def told_of_desk(self, person_ids: Collection[int], since: datetime) -> dict[int, set[int]]:
        """{person: the obligations that a message about their whole desk told them of on the day that began then}."""
        if not person_ids:
            return {}
        day = {"since": since, "until": since + timedelta(days=1)}
        out: dict[int, set[int]] = {}
        for person, about in rows(self._session, _of_desk(), {"people": person_ids, **day}):
            out.setdefault(person, set()).update(about)
        return out

    def redirect(self, person_id: int, to: Person | None, later: datetime | None, now: datetime) -> None:
        """What waits for somebody and was not asked for goes to another person, or is held until `later`.

        Reminders are dropped: whoever takes over hears of everything that is open anyway.
        """
        waiting = select(OutboxEntry).where(
            OutboxEntry.office_id == self._office_id,
            OutboxEntry.person_id == person_id,
            OutboxEntry.kind.in_(
                ("assignment", "inspection", "finding", "nudge", "urge", "notice", "handover", "takeover")
            ),
            OutboxEntry.state.in_(("waiting", "held")),
            OutboxEntry.edit_message_id.is_(None),
            OutboxEntry.edits_id.is_(None),
        )
        theirs = list(self._session.scalars(waiting.with_for_update()))
        if nudges := [row.id for row in theirs if row.kind == "nudge"]:
            outbox.drop(self._session, "somebody else has the desk", now, ids=nudges)
        for row in theirs:
            if row.kind == "nudge":
                continue
            if to is not None:
                row.person_id, row.chat_id, row.reply_to = to.id, to.chat_id, None
            elif later is not None and later > now:
                row.state, row.not_before = "held", later
        self._session.flush()

    def take_back(self, outbox_id: int, why: str, now: datetime) -> None:
        """Drops it if it is not on its way yet."""
        outbox.drop(self._session, why, now, ids=[outbox_id], office_id=self._office_id)

    def take_all_back(self, prefix: str, why: str, now: datetime) -> bool:
        """Drops every message whose key begins so; False, and nothing dropped, where one is on its way already."""
        mine = (OutboxEntry.office_id == self._office_id, OutboxEntry.key.startswith(prefix, autoescape=True))
        every = self._session.scalars(select(OutboxEntry).where(*mine).with_for_update()).all()
        if any(row.state not in ("held", "waiting", "dropped") for row in every):
            return False
        outbox.drop(self._session, why, now, key_prefix=prefix, office_id=self._office_id)
        return True

    def drop_of_notice(
        self, notice_id: int, others: bool, why: str, now: datetime
    ) -> list[tuple[int, datetime | None]]:
        """Takes back what waits and was not asked for, if it belongs to this notice and no other.

        `others`: whether another notice is in force; without one the overviews of all notices are over too.
        Returns what was taken back and until when it was held, for `bring_back`.
        """
        waiting = select(OutboxEntry).where(
            OutboxEntry.office_id == self._office_id,
            OutboxEntry.state.in_(("waiting", "held")),
            OutboxEntry.kind != "reply",
        )
        there = self._session.scalars(waiting).all()
        known = notices_of(self._session, there)
        over = [row.id for row in there if known.get(row.id) == {notice_id}]
        if not others:
            over += [row.id for row in there if row.id not in known and row.key.startswith(_OVERVIEWS)]
        taken = [(row.id, row.not_before) for row in there if row.id in over]
        if over:
            outbox.drop(self._session, why, now, ids=over)
        return taken

    def bring_back(self, taken: Sequence[tuple[int, datetime]], why: str, now: datetime) -> None:
        """What was dropped for this reason waits again, each until its moment."""
        for number, until in taken:
            row = self._session.get(OutboxEntry, number)
            if row is not None and row.office_id == self._office_id and (row.state, row.why) == ("dropped", why):
                row.state, row.why, row.ended_at = "held" if until > now else "waiting", None, None
                row.not_before = until if until > now else None
        self._session.flush()

    def drop_nudges(self, obligation_ids: Collection[int], why: str, now: datetime) -> None:
        """Takes back reminders not yet on their way that are about nothing but these obligations."""
        waiting = select(OutboxEntry).where(
            OutboxEntry.office_id == self._office_id,
            OutboxEntry.kind.in_(("nudge", "urge", "input")),
            OutboxEntry.state.in_(("waiting", "held")),
        )
        gone = set(obligation_ids)
        over = [entry.id for entry in self._session.scalars(waiting) if entry.about and set(entry.about) <= gone]
        if over:
            outbox.drop(self._session, why, now, ids=over)


# What every tick asks is built once.

_OWN_HOURS = Prepared(
    select(PersonRow.id, PersonRow.hours).where(
        PersonRow.office_id == bindparam("office"), PersonRow.hours.is_not(None)
    )
)


def _that_day() -> ColumnElement[bool]:
    """Of messages to `people`: they count on the day between `since` and `until`, and were not taken back."""
    # A message held overnight counts on the day on which it arrives.
    day = func.coalesce(OutboxEntry.ended_at, OutboxEntry.not_before, OutboxEntry.created_at)
    return and_(
        OutboxEntry.person_id.in_(bindparam("people", expanding=True)),
        day >= bindparam("since", type_=Moment),
        day < bindparam("until", type_=Moment),
        OutboxEntry.state != "dropped",
    )


@cache
def _unasked() -> Prepared:
    mine = _that_day(), OutboxEntry.kind.in_(UNASKED_KINDS), ~OutboxEntry.key.contains("/")
    return Prepared(select(OutboxEntry.person_id, func.count()).where(*mine).group_by(OutboxEntry.person_id))


@cache
def _of_desk() -> Prepared:
    of_desk = OutboxEntry.kind.in_(("handover", "takeover"))
    return Prepared(select(OutboxEntry.person_id, OutboxEntry.about).where(_that_day(), of_desk))


def _waiting(entries: Iterable[OutboxEntry]) -> list[Waiting]:
    return [
        Waiting(row.kind, row.not_before, tuple(row.about), row.id, row.key, row.person_id)
        for row in entries
        if row.not_before
    ]


def _said(entry: OutboxEntry) -> Said:
    actions = tuple(cell[1] for row in entry.payload.get("buttons", ()) for cell in row)
    return Said(
        entry.id, entry.kind, tuple(entry.about), entry.key, entry.chat_id, entry.message_id, entry.state, actions
    )
