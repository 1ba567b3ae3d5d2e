"""Buttons of progress: by unit, by leader, cards."""

from core.cases.problem import Problem
from core.cases.progress import leader_by_mark, leaders, progress
from core.rules.scope import scope_of
from core.words import progress as words
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.commands import leader, unit
from handlers.commands.progress import overview
from handlers.registry import button


@button("pg", action="progress", past=True)
def show(ask: Ask, work: Work) -> Reply:
    """pg:home, pg:units:<page>, pg:unit:<id>, pg:leaders, pg:leader:<mark>:<page>"""
    verb, rest = ask.fields[0], ask.fields[1:]
    scope = scope_of(ask.person)
    if verb == "home":
        return Reply(edit=overview(ask, work))
    if verb == "units":
        return Reply(edit=words.units_message(ask.voice, progress(work, scope, ask.now).units, int(rest[0])))
    if verb == "leaders":
        return Reply(edit=words.leaders_message(ask.voice, leaders(work, scope)))
    if verb == "unit" and (found := work.notices.unit(int(rest[0]))):
        return Reply.say(unit.card(ask, work, found))
    if verb == "leader" and (named := leader_by_mark(work, scope, rest[0])):
        turned = leader.card(ask, work, named, int(rest[1]))
        return Reply(edit=turned)
    raise Problem("help.old_button")
