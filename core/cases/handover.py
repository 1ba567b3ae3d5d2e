"""Knows how a desk is handed over (移交): to a colleague at once, to somebody who has not joined by a one-time link."""

from __future__ import annotations

from datetime import datetime

from core.cases.absence import colleagues, open_of
from core.cases.passing import Passed, pass_on, tell_successor
from core.cases.people import invite, token_hash
from core.cases.problem import Problem
from core.cases.task_state import put_note
from core.rules.handovers import Handover, Inventory
from core.rules.names import named_in, same_name, without_names
from core.rules.people import Person, Post, Role
from core.words.handover import link_lapsed, link_pressed
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


def named(work: Work, by: Person, text: str) -> tuple[list[Person], list[Person], str]:
    """(whose desk, successor, a name that nobody who joined has) of `王五`, or of a supervisor's `张三 王五`.

    Several where a name is borne by several; no successor where the text names none who has joined.
    """
    groups: list[list[Person]] = []
    for person in named_in(text, work.people.all()):
        same = next((group for group in groups if same_name(group[0].name, person.name)), None)
        same.append(person) if same else groups.append([person])
    groups = [[p for p in group if p.posts] or group for group in groups]
    rest = without_names(text, [group[0].name for group in groups])
    unknown = " ".join(word for word in rest.replace("，", " ").replace(",", " ").split() if len(word) > 1)
    desks = [p for p in groups[0] if own_posts(p)] if groups else []
    if by.supervises and desks and (len(groups) > 1 or not own_posts(by)):
        return desks, groups[1] if len(groups) > 1 else [], unknown
    return [by], groups[0] if groups else [], unknown


def candidates(work: Work, person: Person) -> list[Person]:
    """Who can be offered by button: the colleagues of the unit whom something reaches."""
    return [other for other in colleagues(work, person) if other.reachable]


def inventory(work: Work, person: Person, now: datetime) -> Inventory:
    units = dict.fromkeys(post.unit_id for post in own_posts(person) if post.unit_id)
    names = tuple(unit.name for number in units if (unit := work.notices.unit(number)))
    waiting = [o for o in open_of(work, person, now) if o.unit_id in units]
    drafts, pending = work.handovers.counts(person.id)
    leaves, acts = work.absences.of(person.id), work.absences.covered_by(person.id)
    return Inventory(names, len(waiting), drafts, pending, tuple(leaves), tuple(acts))


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
            not_before=work.office.next_open(now),
        )
    return handover


def lapse_handovers(work: Work, now: datetime) -> int:
    """What a tick does: whose link nobody used in time hears of it in office hours. Returns messages put."""
    return sum(_lapse(work, handover, now) for handover in work.handovers.expiring() if not handover.open(now))


def next_lapse(work: Work) -> datetime | None:
    """When the next link is out of date."""
    return min((h.expires_at for h in work.handovers.expiring() if h.expires_at), default=None)


def _lapse(work: Work, handover: Handover, now: datetime) -> int:
    work.handovers.settle(handover.id, "lapsed", None, now)
    work.history.add("handover_lapsed", "person", handover.person_id, now, None, person=handover.person)
    owner = work.people.get(handover.person_id)
    if owner is None or owner.unreachable or not own_posts(owner):
        return 0
    if work.outbox.by_key(f"handover_expired:{handover.id}"):
        return 0  # Somebody came too late with it, which the owner knows.
    put_note(work, f"handover_lapsed:{handover.id}", owner, link_lapsed(voice(owner.lang or work.office.lang)), now)
    return 1


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
