"""Knows how people join, by one-time links only, and how far the office reaches."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from core.cases.absence import settle_acting
from core.cases.passing import Passed, pass_on
from core.cases.problem import Problem
from core.rules.people import Invite, Person, Post, Role
from core.rules.tasks import Unit
from core.work import Work


def token_hash(token: str) -> str:
    """What storage keeps of a link's token: who reads the database can't join with it."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(work: Work, post: Post, now: datetime, by: int | None = None) -> tuple[Invite, str]:
    """A new one-time link: the invitation and its token (24 characters of A-Za-z0-9_-)."""
    token = secrets.token_urlsafe(18)
    return work.people.add_invite(token_hash(token), post, by, now), token


def link(bot: str, token: str) -> str:
    """The deep link of a token (Bot API, deep linking: start parameters of at most 64 characters)."""
    return f"https://t.me/{bot}?start={token}"


@dataclass(frozen=True, slots=True)
class Joined:
    person: Person
    post: Post
    unit: Unit | None
    again: bool
    passed: Passed | None = None
    """What came with it where the link was a handover's."""


def join_unit(work: Work, token: str, telegram_id: int, chat_id: int, name: str, now: datetime) -> Joined:
    """Joins by a link. Raises Problem where it is unknown, used, revoked or out of date."""
    found = work.people.invite_by_token(token_hash(token))
    if found is None:
        raise Problem("people.link_unknown")
    post = Post(found.role, found.unit_id, found.leader_name)
    known = work.people.by_telegram(telegram_id)
    unit = work.notices.unit(found.unit_id) if found.unit_id else None
    state = found.state(now)
    handover = work.handovers.by_invite(found.id)
    if handover and known and known.id == handover.person_id:
        raise Problem("handover.same")
    if not handover and known and any(own == post and own.acting_for is None for own in known.posts):
        # Pressing one's own link twice is no mistake worth a refusal, and must not use up a second link.
        return Joined(known, post, unit, again=True)
    if state != "open":
        raise Problem(f"people.link_{state}")
    person = work.people.join(telegram_id, chat_id, name, post, found.id, now)
    settle_acting(work, now)
    work.people.use_invite(found.id, person.id, now)
    passed = pass_on(work, handover, person, person.id, now) if handover else None
    work.history.add(
        "joined",
        "person",
        person.id,
        now,
        person.id,
        role=str(post.role),
        unit=unit.name if unit else "",
        unit_id=post.unit_id,
    )
    return Joined(passed.new if passed else person, post, unit, again=False, passed=passed)


def undo_join(work: Work, person_id: int, post: Post, by: Person, now: datetime) -> Person:
    """Takes a post back. Raises Problem where it is gone already or would leave the office without an owner."""
    person = work.people.get(person_id)
    if person is None or post not in person.posts:
        raise Problem("people.not_there")
    if post.role is Role.OWNER and len(work.people.with_role(Role.OWNER)) == 1:
        raise Problem("people.last_owner")
    work.people.leave_post(person_id, post, now)
    settle_acting(work, now)
    work.history.add("removed", "person", person_id, now, by.id, role=str(post.role), unit_id=post.unit_id)
    return person


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who joined today; `gone` where the post was taken back since."""

    person: Person
    post: Post
    unit: str
    gone: bool


def joined_today(work: Work, now: datetime) -> list[Newcomer]:
    """Who joined since local midnight, in the order of joining, each post once."""
    found: dict[tuple[int, Role, int | None], Newcomer] = {}
    for event in work.history.since("joined", work.office.midnight(now)):
        person = work.people.get(event.subject_id)
        if person is None:
            continue
        role, unit_id = Role(event.data["role"]), event.data.get("unit_id")
        held = next((post for post in person.posts if (post.role, post.unit_id) == (role, unit_id)), None)
        newcomer = Newcomer(person, held or Post(role, unit_id), event.data.get("unit", ""), held is None)
        found[person.id, role, unit_id] = newcomer
    return list(found.values())


def owner_link(work: Work, now: datetime) -> str:
    """A one-time owner's token; earlier ones that were not used die with it."""
    for old in work.people.open_invites(now):
        if old.role is Role.OWNER:
            work.people.revoke_invite(old.id, now)
    return invite(work, Post(Role.OWNER), now)[1]


@dataclass(frozen=True, slots=True)
class Reach:
    """Who of a unit can be reached, and what hangs on it. state: joined | never | left | blocked | away"""

    unit: Unit
    state: str
    people: tuple[str, ...]
    """Names of everybody at its desk."""
    leading: int
    assisting: int


def reach(work: Work) -> list[Reach]:
    """Every unit of the active notices: reached, never joined, or lost; units with most tasks first.

    By the unit's contacts alone: a head is told late, so a unit that has nobody else isn't reached.
    """
    names: dict[int, list[str]] = {}
    for holder in work.people.at_desks():
        names.setdefault(holder.unit_id, []).append(holder.name)
    why = work.people.unreached()
    rows = [
        Reach(
            row.unit,
            why.get(row.unit.id, "joined"),
            tuple(dict.fromkeys(names.get(row.unit.id, []))),
            row.leading,
            row.assisting,
        )
        for row in work.rolls.parts()
    ]
    return sorted(rows, key=lambda row: (-row.leading, -row.assisting, row.unit.name))


def continuity(work: Work, now: datetime) -> tuple[int, list[str]] | None:
    """Of the newest notice in view: (units that go on with contacts of before it, new units that nobody joined for).

    None for the office's first notice, and where nobody was there before it.
    """
    cards = work.notices.active()
    if not cards:
        return None
    newest = max(cards, key=lambda card: card.id)
    confirmed = next((e.at for e in work.history.of("notice", newest.id) if e.what == "notice_confirmed"), now)
    began = work.notices.began()
    if not (began and began < confirmed) and work.history.last("notice_cleared") is None:
        return None
    before = work.people.desks_since(confirmed)
    why = work.people.unreached()
    named = {a.unit.id: a.unit for task in work.notices.tasks(newest.id) for a in task.assignments if not a.unit.group}
    kept = [unit for unit in named.values() if unit.id in before and unit.id not in why]
    new = [unit.name for unit in named.values() if why.get(unit.id) == "never"]
    return (len(kept), new) if kept or new else None


def audience(work: Work, unit_ids: set[int], *roles: Role) -> list[Person]:
    """The people of these units who hold one of the roles and can be reached."""
    return [person for person in work.people.of_units(unit_ids, *roles) if person.reachable]
