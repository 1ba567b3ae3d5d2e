"""/invites: one-time links, as a sheet for every unit or one by one."""

from core.cases.people import invite, link, reach
from core.cases.problem import Problem
from core.cases.progress import find
from core.rules.people import INVITE_DAYS, Invite, Post, Role
from core.rules.scope import scope_of
from core.rules.tasks import Unit
from core.words import terms
from core.words.message import Message
from core.words.people import (
    invite_message,
    invite_sheet,
    invites_menu,
    leader_choice,
    open_list,
    revoked_message,
    role_of,
    unit_choice,
)
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command

_WITHOUT = ("never", "left")
"""States of a unit that nobody has joined for, or nobody any more."""


@command("invites", words=("邀请", "邀请链接", "Invites"), now="links")
def invites(ask: Ask, work: Work) -> Reply:
    if ask.args:
        return _named(ask, work)
    units = _units(work)
    missing = [row for row in reach(work) if row.state in _WITHOUT]
    return Reply.say(invites_menu(ask.voice, len(missing), len(units), ask.person.has(Role.OWNER)))


@button("invites", action="invites")
def choose(ask: Ask, work: Work) -> Reply:
    what, _, page = ask.args.partition(":")
    number = int(page or 0)
    if what in ("all", "missing"):
        never = {row.unit.id for row in reach(work) if row.state in _WITHOUT}
        return _sheet(ask, work, [unit for unit in _units(work) if what == "all" or unit.id in never])
    if what == "one":
        return Reply(edit=unit_choice(ask.voice, [(unit.id, unit.name) for unit in _units(work)], number))
    if what == "leader":
        return Reply(edit=leader_choice(ask.voice, list(enumerate(_leaders(work)))))
    if what == "open":
        return Reply(edit=_open(ask, work, number))
    return _supervisor(ask, work)


@button("invite", action="invites")
def one(ask: Ask, work: Work) -> Reply:
    role, number = ask.fields
    if role == "leader":
        names = _leaders(work)
        post = Post(Role.LEADER, leader_name=names[int(number)]) if int(number) < len(names) else None
    else:
        post = Post(Role(role), int(number)) if work.notices.unit(int(number)) else None
    if post is None:
        raise Problem("help.old_button")
    return Reply.say(_link(ask, work, post))


@button("invite_owner", action="invite_owner")
def owner(ask: Ask, work: Work) -> Reply:
    return Reply.say(_link(ask, work, Post(Role.OWNER)))


@button("revoke", action="invites")
def revoke(ask: Ask, work: Work) -> Reply:
    """From the link's own message, or from the list of links (`revoke:7:list`): each shows at once how it is now."""
    number, _, listed = ask.args.partition(":")
    found = next((row for row in work.people.open_invites(ask.now) if row.id == int(number)), None)
    if found is None:
        return Reply(toast=ask.voice.plain("people.revoke_late"), alert=True)
    work.people.revoke_invite(found.id, ask.now)
    work.history.add("invite_revoked", "invite", found.id, ask.now, ask.person.id, ask.source)
    edit = _open(ask, work, 0) if listed else revoked_message(ask.voice, _role(ask, work, found))
    return Reply(edit=edit, toast=ask.voice.plain("people.revoked"))


def _named(ask: Ask, work: Work) -> Reply:
    """`/invites 区教育局`: the unit, those whose names hold the words, or those that look like it."""
    found = find(work, scope_of(ask.person), ask.args, want_leaders=False)
    units = [unit for unit in found.units or found.near_units if not unit.group]
    if not units:
        raise Problem("overdue.unknown", text=ask.args[:30])
    return Reply.say(unit_choice(ask.voice, [(unit.id, unit.name) for unit in units[:8]]))


def _supervisor(ask: Ask, work: Work) -> Reply:
    if not ask.person.has(Role.OWNER):
        raise Problem("help.not_allowed")
    return Reply.say(_link(ask, work, Post(Role.SUPERVISOR)))


def _link(ask: Ask, work: Work, post: Post) -> Message:
    made, token = invite(work, post, ask.now, ask.person.id)
    return invite_message(ask.voice, _role(ask, work, made), link(ask.bot, token), made.id, INVITE_DAYS)


def _sheet(ask: Ask, work: Work, units: list[Unit]) -> Reply:
    if not units:
        raise Problem("people.reach_all" if work.notices.units() else "people.no_units")
    rows = []
    for unit in units:
        _, token = invite(work, Post(Role.CONTACT, unit.id), ask.now, ask.person.id)
        rows.append((unit.name, role_of(ask.voice, Post(Role.CONTACT), ""), link(ask.bot, token)))
    return Reply.say(invite_sheet(ask.voice, rows, INVITE_DAYS))


def _open(ask: Ask, work: Work, page: int) -> Message:
    rows = [
        (row.id, _role(ask, work, row), terms.day(ask.voice, ask.office.local(row.expires_at).date(), weekday=False))
        for row in work.people.open_invites(ask.now)
    ]
    return open_list(ask.voice, rows, page)


def _role(ask: Ask, work: Work, row: Invite) -> str:
    unit = work.notices.unit(row.unit_id) if row.unit_id else None
    return role_of(ask.voice, Post(row.role, row.unit_id, row.leader_name), unit.name if unit else "")


def _units(work: Work) -> list[Unit]:
    return [unit for unit in work.notices.units() if not unit.group]


def _leaders(work: Work) -> list[str]:
    return list(dict.fromkeys(leader.name for task in work.notices.tasks() for leader in task.leaders))
