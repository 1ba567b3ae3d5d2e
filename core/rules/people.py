"""Knows the roles of a supervision office and the one table of who may do what, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from core.rules.own_hours import OwnHours


class Role(StrEnum):
    OWNER = "owner"
    SUPERVISOR = "supervisor"
    LEADER = "leader"
    HEAD = "head"
    CONTACT = "contact"
    STRANGER = "stranger"


class Place(StrEnum):
    """Where something is said: a private chat with the bot or a group."""

    PRIVATE = "private"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Post:
    """One role a person holds; heads and contacts hold it for a unit, leaders for the leader of a notice."""

    role: Role
    unit_id: int | None = None
    leader_name: str | None = None
    acting_for: int | None = field(default=None, compare=False)
    """The person on leave whose deputy holds it meanwhile; None for one's own post."""


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    office_id: int
    telegram_id: int
    chat_id: int
    name: str
    posts: tuple[Post, ...] = ()
    lang: str | None = None
    unreachable: str | None = None
    away: date | None = None
    """The last day of the leave under way; nothing unasked goes to the person until it is over."""
    hours: OwnHours | None = None
    """Their own hours within the office's; None where the office's hold."""

    @property
    def reachable(self) -> bool:
        """Whether something that they did not ask for may be said to them now."""
        return not self.unreachable and self.away is None

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(post.role for post in self.posts) or frozenset({Role.STRANGER})

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def supervises(self) -> bool:
        return self.has(Role.OWNER, Role.SUPERVISOR)

    @property
    def unit_ids(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(post.unit_id for post in self.posts if post.unit_id is not None))

    @property
    def reports_for(self) -> tuple[int, ...]:
        """Units this person answers for as contact or head."""
        return self.unit_ids

    @property
    def leads_as(self) -> tuple[str, ...]:
        return tuple(post.leader_name for post in self.posts if post.leader_name)


@dataclass(frozen=True, slots=True)
class Invite:
    """A one-time link. `token` is only known when it is made; storage keeps its hash."""

    id: int
    role: Role
    unit_id: int | None
    leader_name: str | None
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def state(self, now: datetime) -> str:
        """open | used | revoked | expired"""
        if self.used_at:
            return "used"
        if self.revoked_at:
            return "revoked"
        return "expired" if now >= self.expires_at else "open"


INVITE_DAYS = 14
"""Days an invitation stays open (issue: People)."""

OFFICE = frozenset({Role.OWNER, Role.SUPERVISOR})
DESK = frozenset({Role.CONTACT, Role.HEAD})
MEMBERS = OFFICE | DESK | {Role.LEADER}
EVERYBODY = MEMBERS | {Role.STRANGER}

ALLOWED: dict[str, dict[Place, frozenset[Role]]] = {
    # action: who may do it in a private chat, who in a group. What isn't named here nobody may do.
    "start": {Place.PRIVATE: EVERYBODY, Place.GROUP: EVERYBODY},
    "help": {Place.PRIVATE: EVERYBODY, Place.GROUP: MEMBERS},
    "tasks": {Place.PRIVATE: DESK | OFFICE | {Role.LEADER}},
    "task": {Place.PRIVATE: MEMBERS},
    "history": {Place.PRIVATE: MEMBERS},
    "plan": {Place.PRIVATE: DESK},
    "report": {Place.PRIVATE: DESK},
    "undo": {Place.PRIVATE: DESK},
    "cancel": {Place.PRIVATE: EVERYBODY},
    "receipt": {Place.PRIVATE: DESK},
    "say": {Place.PRIVATE: DESK},
    "figures": {Place.PRIVATE: DESK | OFFICE},
    "language": {Place.PRIVATE: MEMBERS},
    "overdue": {Place.PRIVATE: MEMBERS, Place.GROUP: OFFICE},
    "progress": {Place.PRIVATE: MEMBERS, Place.GROUP: OFFICE},
    "unit": {Place.PRIVATE: MEMBERS},
    "leader": {Place.PRIVATE: OFFICE | {Role.LEADER}},
    "urge": {Place.PRIVATE: OFFICE},
    "extend": {Place.PRIVATE: DESK | OFFICE},
    "extension": {Place.PRIVATE: DESK | OFFICE},
    "ladder": {Place.PRIVATE: OFFICE},
    "digest": {Place.PRIVATE: OFFICE},
    "instruct": {Place.PRIVATE: frozenset({Role.LEADER})},
    "instructions": {Place.PRIVATE: MEMBERS},
    "instructed": {Place.PRIVATE: DESK},
    "escalate": {Place.PRIVATE: OFFICE},
    "handover": {Place.PRIVATE: DESK | OFFICE},
    "away": {Place.PRIVATE: DESK | OFFICE},
    "hours": {Place.PRIVATE: MEMBERS},
    "collect": {Place.PRIVATE: DESK | OFFICE},
    "done": {Place.PRIVATE: DESK | OFFICE},
    "completion": {Place.PRIVATE: DESK},
    "adjust": {Place.PRIVATE: OFFICE},
    "review": {Place.PRIVATE: OFFICE},
    "inspect": {Place.PRIVATE: OFFICE},
    "rounds": {Place.PRIVATE: MEMBERS},
    "inspected": {Place.PRIVATE: DESK},
    "doubt": {Place.PRIVATE: OFFICE},
    "receipts": {Place.PRIVATE: OFFICE},
    "notice": {Place.PRIVATE: OFFICE},
    "close": {Place.PRIVATE: OFFICE},
    "retention": {Place.PRIVATE: OFFICE},
    "classify": {Place.PRIVATE: OFFICE},
    "invites": {Place.PRIVATE: OFFICE},
    "invite_owner": {Place.PRIVATE: frozenset({Role.OWNER})},
    "reach": {Place.PRIVATE: OFFICE},
    "units": {Place.PRIVATE: OFFICE},
    "people": {Place.PRIVATE: OFFICE},
    "rehearse": {Place.PRIVATE: OFFICE},
    "summary": {Place.PRIVATE: OFFICE, Place.GROUP: OFFICE},
    "export": {Place.PRIVATE: MEMBERS},
    "briefing": {Place.PRIVATE: OFFICE},
    "link": {Place.GROUP: OFFICE},
    "unlink": {Place.GROUP: OFFICE},
}


def may(roles: frozenset[Role], action: str, place: Place) -> bool:
    """Whether one of these roles may do this here: the only place where it is decided."""
    return not roles.isdisjoint(ALLOWED.get(action, {}).get(place, frozenset()))


def elsewhere(roles: frozenset[Role], action: str, place: Place) -> bool:
    """Whether it would be allowed in the other kind of chat, so that the answer can say so."""
    other = Place.GROUP if place is Place.PRIVATE else Place.PRIVATE
    return not may(roles, action, place) and may(roles, action, other)
