"""Knows how a desk is handed over (移交): to a colleague at once, to somebody who has not joined by a one-time link."""

from __future__ import annotations

from datetime import datetime

from core.cases.absence import colleagues, open_of
from core.cases.passing import Passed, pass_on, tell_successor
from core.cases.people import invite, token_hash
from core.cases.problem import Problem
from core.rules.absences import named_in
from core.rules.handovers import Handover, Inventory
from core.rules.people import Person, Post, Role
from core.words.handover import link_pressed
from core.words.voice import voice
from core.work import Work


def desk_of(work: Work, by: Person, person_id: int) -> Person:
    """Whose desk it is. Raises Problem where somebody else's is meant without a right to it, or there is none."""
    person = work.people.get(person_id)
    if person is None or (person.id != by.id and not by.supervises):
        raise Problem("handover.not_yours")
    if not own_posts(person):
        raise Problem("handover.no_desk", name=person.name)
    return person


def own_posts(person: Person) -> list[Post]:
    """The posts that pass over: a deputy's belong to who is on leave."""
    return [post for post in person.posts if post.unit_id and post.acting_for is None]


def named(work: Work, by: Person, text: str) -> tuple[Person | None, Person | None, str]:
    """(whose desk, successor, a name that nobody who joined has) of `王五`, or of a supervisor's `张三 王五`.

    Raises Problem where a name is borne by several.
    """
    people = work.people.all()
    found = sorted(named_in(text, people), key=lambda person: text.find(person.name))
    names = [person.name for person in found]
    if len(set(names)) < len(names):
        raise Problem("handover.several", name=next(name for name in names if names.count(name) > 1))
    rest = text
    for name in names:
        rest = rest.replace(name, " ")
    unknown = next((word for word in rest.replace("，", " ").replace(",", " ").split() if len(word) > 1), "")
    if by.supervises and found and own_posts(found[0]) and (len(found) > 1 or not own_posts(by)):
        return found[0], found[1] if len(found) > 1 else None, unknown
    return by, found[0] if found else None, unknown


def candidates(work: Work, person: Person) -> list[Person]:
    """Who can be offered by button: the colleagues of the unit whom something reaches."""
    return [other for other in colleagues(work, person) if other.reachable]


def inventory(work: Work, person: Person, now: datetime) -> Inventory:
    units = dict.fromkeys(post.unit_id for post in own_posts(person) if post.unit_id)
    names = tuple(unit.name for number in units if (unit := work.notices.unit(number)))
    waiting = [o for o in open_of(work, person, now) if o.unit_id in units]
    drafts, pending = work.handovers.counts(person.id)
    return Inventory(names, len(waiting), drafts, pending)


def check_successor(person: Person, successor: Person) -> None:
    """Raises Problem where it is the same person, or nothing would reach the successor."""
    if successor.id == person.id:
        raise Problem("handover.same")
    if successor.unreachable:
        raise Problem("handover.blocked", name=successor.name)
    if successor.away:
        raise Problem("handover.away", name=successor.name)


def hand_over(work: Work, by: Person, person_id: int, successor_id: int, now: datetime) -> Passed:
    """To somebody who has joined: at once. Raises Problem."""
    person, successor = desk_of(work, by, person_id), work.people.get(successor_id)
    if successor is None or not (successor.posts or by.supervises):
        # The office may hand a desk back to who had it before.
        raise Problem("handover.gone")
    check_successor(person, successor)
    revoke_waiting(work, person, by, now)
    handover = work.handovers.add(person.id, successor.id, None, by.id, now)
    done = pass_on(work, handover, successor, by.id, now)
    assert done is not None
    tell_successor(work, done, now)
    return done


def by_link(work: Work, by: Person, person_id: int, now: datetime) -> tuple[Handover, str]:
    """To whoever joins by a new one-time link: (the handover, the token). The old person keeps the desk until then."""
    person = desk_of(work, by, person_id)
    revoke_waiting(work, person, by, now)
    post = next((post for post in own_posts(person) if post.role is Role.CONTACT), own_posts(person)[0])
    made, token = invite(work, Post(post.role, post.unit_id), now, by.id)
    handover = work.handovers.add(person.id, None, made.id, by.id, now)
    work.history.add("handover_link", "person", person.id, now, by.id, person=person.name)
    return handover, token


def expired_link(work: Work, token: str, by: Person, now: datetime) -> Handover | None:
    """The handover of a link that is out of date while nobody took the desk; its owner hears once that somebody came."""
    found = work.people.invite_by_token(token_hash(token))
    if found is None or found.state(now) != "expired" or (handover := work.handovers.by_invite(found.id)) is None:
        return None
    owner = work.people.get(handover.person_id)
    if owner is not None and owner.reachable and owner.id != by.id:
        work.outbox.put(
            f"handover_expired:{handover.id}",
            owner.chat_id,
            link_pressed(voice(owner.lang or work.office.lang)),
            kind="notice",
            now=now,
            person_id=owner.id,
            not_before=work.office.hours.next_open(now, work.office.calendar),
        )
    return handover


def revoke(work: Work, by: Person, handover_id: int, now: datetime) -> Handover:
    """Takes it back while nobody has joined. Raises Problem where it has happened, or is another's."""
    handover = work.handovers.get(handover_id)
    if handover is None or (handover.person_id != by.id and not by.supervises):
        raise Problem("handover.not_yours")
    if not work.handovers.settle(handover.id, "revoked", None, now):
        raise Problem("handover.done_already" if handover.state == "done" else "handover.revoked_already")
    if handover.invite_id:
        work.people.revoke_invite(handover.invite_id, now)
    work.history.add("handover_revoked", "person", handover.person_id, now, by.id, person=handover.person)
    return handover


def revoke_waiting(work: Work, person: Person, by: Person, now: datetime) -> None:
    for old in work.handovers.waiting(person.id):
        revoke(work, by, old.id, now)
