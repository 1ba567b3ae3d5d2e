"""Knows how people, their posts and their invitations are kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, select, update
from sqlalchemy.orm import Session

from core.rules.own_hours import OwnHours
from core.rules.people import INVITE_DAYS, Invite, Person, Post, Role
from core.work_people import Holder
from storage.agenda import look_now
from storage.keeping import keep_person
from storage.prepared import rows
from storage.tables.notices import AssignmentRow, NoticeRow, TaskRow, UnitRow
from storage.tables.people import InviteRow, PersonRow, PostRow
from storage.view import in_view

_PERSON = PersonRow.__table__.c
"""Plain columns: an object of the mapper for each would cost more than the query."""


class SqlPeople:
    def __init__(self, session: Session, office_id: int) -> None:
        self._session = session
        self._office_id = office_id

    def by_telegram(self, telegram_id: int) -> Person | None:
        return self._one(PersonRow.telegram_id == telegram_id)

    def get(self, person_id: int) -> Person | None:
        return self._one(PersonRow.id == person_id)

    def all(self) -> list[Person]:
        return self._many(PersonRow.id.is_not(None))

    def with_role(self, *roles: Role) -> list[Person]:
        return self._holding(PostRow.role.in_([str(role) for role in roles]))

    def of_units(self, unit_ids: Collection[int], *roles: Role) -> list[Person]:
        if not unit_ids:
            return []
        return self._holding(PostRow.unit_id.in_(unit_ids), PostRow.role.in_([str(role) for role in roles]))

    def at_desks(self) -> list[Holder]:
        """Every contact and head of the office, in the order of joining, without loading a person."""
        query = (
            select(PostRow.unit_id, PersonRow.name)
            .join(PersonRow, PersonRow.id == PostRow.person_id)
            .where(PostRow.office_id == self._office_id, PostRow.until.is_(None), PostRow.unit_id.is_not(None))
            .where(PostRow.role.in_([str(Role.CONTACT), str(Role.HEAD)]))
            .order_by(PersonRow.id, PostRow.id)
        )
        return [Holder(row[0] or 0, row[1]) for row in self._session.execute(query)]

    def desks_since(self, before: datetime) -> set[int]:
        """The units with a contact who had the post before that moment already."""
        query = select(PostRow.unit_id).where(
            PostRow.office_id == self._office_id,
            PostRow.role == str(Role.CONTACT),
            PostRow.unit_id.is_not(None),
            PostRow.since < before,
            self._held(),
        )
        return {number for number in self._session.scalars(query.distinct()) if number is not None}

    def join(
        self, telegram_id: int, chat_id: int, name: str, post: Post, invite_id: int | None, now: datetime
    ) -> Person:
        """The person with the new post added; a person who is known keeps what they had."""
        look_now(self._session, self._office_id)
        row = self._session.scalar(
            select(PersonRow).where(PersonRow.office_id == self._office_id, PersonRow.telegram_id == telegram_id)
        )
        if row is None:
            row = PersonRow(
                office_id=self._office_id, telegram_id=telegram_id, chat_id=chat_id, name=name, joined_at=now
            )
            self._session.add(row)
            self._session.flush()
        if row.name != name or row.unreachable:
            keep_person(self._session, row, now)
        row.chat_id, row.name, row.unreachable, row.unreachable_at = chat_id, name, None, None
        known = self._one(PersonRow.id == row.id)
        if known is None or not any(own == post and own.acting_for is None for own in known.posts):
            self._session.add(
                PostRow(
                    office_id=self._office_id,
                    person_id=row.id,
                    role=str(post.role),
                    unit_id=post.unit_id,
                    leader_name=post.leader_name,
                    since=now,
                    invite_id=invite_id,
                )
            )
        self._session.flush()
        person = self._one(PersonRow.id == row.id)
        assert person is not None
        return person

    def leave_post(self, person_id: int, post: Post, now: datetime) -> bool:
        look_now(self._session, self._office_id)
        ended = self._session.execute(
            update(PostRow)
            .where(
                PostRow.office_id == self._office_id,
                PostRow.person_id == person_id,
                PostRow.role == str(post.role),
                PostRow.unit_id.is_(None) if post.unit_id is None else PostRow.unit_id == post.unit_id,
                PostRow.until.is_(None),
            )
            .values(until=now)
            .returning(PostRow.id)
        ).all()
        return bool(ended)

    def speak(self, person_id: int, lang: str) -> None:
        self._change(PersonRow.id == person_id, lang=lang)

    def set_hours(self, person_id: int, hours: OwnHours | None) -> None:
        self._change(PersonRow.id == person_id, hours=hours.to_data() if hours else None)
        self._session.info.pop("own_hours", None)
        self._session.expire_all()

    def mark_unreachable(self, chat_id: int, why: str, now: datetime) -> None:
        self._reach(PersonRow.chat_id == chat_id, why, now)

    def mark_reachable(self, person_id: int, now: datetime) -> None:
        look_now(self._session, self._office_id)
        self._reach(PersonRow.id == person_id, None, now)

    def _reach(self, where: ColumnElement[bool], why: str | None, now: datetime) -> None:
        for row in self._session.scalars(select(PersonRow).where(PersonRow.office_id == self._office_id, where)):
            if row.unreachable != why:
                keep_person(self._session, row, now)
                row.unreachable, row.unreachable_at = why, now if why else None
        self._session.flush()

    def add_invite(self, token_hash: str, post: Post, made_by: int | None, now: datetime) -> Invite:
        row = InviteRow(
            office_id=self._office_id,
            token_hash=token_hash,
            role=str(post.role),
            unit_id=post.unit_id,
            leader_name=post.leader_name,
            made_by=made_by,
            made_at=now,
            expires_at=now + timedelta(days=INVITE_DAYS),
        )
        self._session.add(row)
        self._session.flush()
        return _invite(row)

    def invite_by_token(self, token_hash: str) -> Invite | None:
        row = self._session.scalar(
            select(InviteRow).where(InviteRow.office_id == self._office_id, InviteRow.token_hash == token_hash)
        )
        return _invite(row) if row else None

    def open_invites(self, now: datetime) -> list[Invite]:
        found = self._session.scalars(
            select(InviteRow)
            .where(
                InviteRow.office_id == self._office_id,
                InviteRow.used_at.is_(None),
                InviteRow.revoked_at.is_(None),
                InviteRow.expires_at > now,
            )
            .order_by(InviteRow.id)
        )
        return [_invite(row) for row in found]

    def use_invite(self, invite_id: int, person_id: int, now: datetime) -> None:
        self._change_invite(invite_id, used_by=person_id, used_at=now)

    def revoke_invite(self, invite_id: int, now: datetime) -> None:
        self._change_invite(invite_id, revoked_at=now)

    def unreached(self) -> dict[int, str]:
        """{unit: why} of the units with a part in a notice in view none of whose contacts can be reached now.

        away: somebody is on leave without a deputy; blocked: the bot was blocked; left: nobody has the post any more;
        never: nobody ever had it. Counted in the database, whatever the office's size.
        """
        here = (PostRow.office_id == self._office_id, PostRow.role == str(Role.CONTACT), PostRow.unit_id.is_not(None))
        there = and_(PersonRow.unreachable.is_(None), PersonRow.away_until.is_(None))
        query = (
            select(
                PostRow.unit_id,
                func.sum(case((and_(PostRow.until.is_(None), there), 1), else_=0)),
                func.sum(case((and_(PostRow.until.is_(None), PersonRow.away_until.is_not(None)), 1), else_=0)),
                func.sum(case((PostRow.until.is_(None), 1), else_=0)),
            )
            .join(PersonRow, PersonRow.id == PostRow.person_id)
            .where(*here)
            .group_by(PostRow.unit_id)
        )
        found = {row[0]: row[1:] for row in self._session.execute(query)}
        units = (
            select(AssignmentRow.unit_id)
            .join(UnitRow, UnitRow.id == AssignmentRow.unit_id)
            .join(TaskRow, TaskRow.id == AssignmentRow.task_id)
            .join(NoticeRow, NoticeRow.id == TaskRow.notice_id)
            .where(UnitRow.office_id == self._office_id, UnitRow.is_group.is_(False), in_view(self._session))
            .distinct()
        )
        out = {}
        for unit_id in self._session.scalars(units):
            reached, away, held = found.get(unit_id, (0, 0, 0))
            if not reached:
                out[unit_id] = "away" if away else "blocked" if held else "left" if unit_id in found else "never"
        return out

    def _change_invite(self, invite_id: int, **values: object) -> None:
        where = (InviteRow.id == invite_id, InviteRow.office_id == self._office_id)
        self._session.execute(update(InviteRow).where(*where).values(**values))

    def _change(self, where: ColumnElement[bool], **values: object) -> None:
        self._session.execute(update(PersonRow).where(PersonRow.office_id == self._office_id, where).values(**values))

    def _held(self) -> ColumnElement[bool]:
        return PostRow.until.is_(None)

    def _one(self, where: ColumnElement[bool]) -> Person | None:
        return next(iter(self._many(where)), None)

    def _holding(self, *where: ColumnElement[bool]) -> list[Person]:
        holders = select(PostRow.person_id).where(PostRow.office_id == self._office_id, self._held(), *where)
        return self._many(PersonRow.id.in_(holders))

    def _many(self, where: ColumnElement[bool]) -> list[Person]:
        mine = select(*_PERSON).where(PersonRow.office_id == self._office_id, where)
        found = rows(self._session, mine.order_by(PersonRow.id), {})
        posts = self._posts([row.id for row in found])
        return [person_of(row, posts.get(row.id, ())) for row in found]

    def _posts(self, person_ids: Iterable[int]) -> dict[int, tuple[Post, ...]]:
        ids = list(person_ids)
        out: dict[int, tuple[Post, ...]] = {}
        if not ids:
            return out
        held = (
            select(PostRow.person_id, PostRow.role, PostRow.unit_id, PostRow.leader_name, PostRow.acting_for)
            .where(PostRow.person_id.in_(ids), self._held())
            .order_by(PostRow.id)
        )
        for person_id, role, unit_id, leader_name, acting_for in rows(self._session, held, {}):
            out[person_id] = (*out.get(person_id, ()), Post(Role(role), unit_id, leader_name, acting_for))
        return out


def person_of(row: PersonRow | Row[Any], posts: tuple[Post, ...]) -> Person:
    return Person(
        id=row.id,
        office_id=row.office_id,
        telegram_id=row.telegram_id,
        chat_id=row.chat_id,
        name=row.name,
        posts=posts,
        lang=row.lang,
        unreachable=row.unreachable,
        away=row.away_until,
        hours=OwnHours.from_data(row.hours) if row.hours else None,
    )


def _invite(row: InviteRow) -> Invite:
    return Invite(
        row.id,
        Role(row.role),
        row.unit_id,
        row.leader_name,
        row.made_at,
        row.expires_at,
        row.used_at,
        row.revoked_at,
    )
