"""Buttons of the overdue list: pages, filters, the sheet."""

from dataclasses import replace

from core.cases.overdue import late_of_leaders, list_overdue, overdue_page
from core.cases.problem import Problem
from core.rules.overdue import Filters
from core.rules.scope import scope_of
from core.words import overdue as words
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.commands.overdue import page
from handlers.registry import button


@button("od", action="overdue", past=True)
def overdue(ask: Ask, work: Work) -> Reply:
    """od:<verb>:<filters>: p page, n a new list, L choose a leader, U choose a unit, x the sheet."""
    verb, filters = ask.fields[0], filters_of(ask.fields[1:])
    if verb == "p":
        return Reply(edit=page(ask, work, filters))
    if verb == "n":
        return Reply.say(page(ask, work, filters))
    scope = scope_of(ask.person)
    if verb == "L":
        return Reply(edit=words.choose_leader(ask.voice, late_of_leaders(work, scope, ask.now), filters))
    if verb == "U":
        units = overdue_page(work, scope, ask.now, replace(filters, leader="")).units
        return Reply(edit=words.choose_unit(ask.voice, units, filters))
    if verb == "x":
        listed = list_overdue(work, scope, ask.now, filters)
        return Reply.say(words.sheet_message(ask.voice, listed.late, listed.total, listed.day, ask.then))
    raise Problem("help.old_button")


def filters_of(fields: list[str]) -> Filters:
    """The filters of a button. Raises Problem for one of an older version."""
    try:
        return Filters.unpack(fields)
    except ValueError as old:
        raise Problem("help.old_button") from old
