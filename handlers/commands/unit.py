"""/unit 区经信局: one unit's people, tasks and what is open."""

from core.cases.problem import Problem
from core.cases.progress import find, unit_card, units
from core.rules.scope import scope_of
from core.rules.tasks import Unit
from core.words import progress as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("unit", words=("单位",), past="named")
def show_unit(ask: Ask, work: Work) -> Reply:
    scope = scope_of(ask.person)
    if not ask.args:
        own = [unit for unit in units(work, scope) if unit.id in scope.units]
        if not own:
            raise Problem("progress.unit_usage")
        return Reply.say(card(ask, work, own[0]) if len(own) == 1 else words.which(ask.voice, own, []))
    found = find(work, scope, ask.args, want_leaders=False)
    if found.count > 1:
        return Reply.say(words.which(ask.voice, found.units, []))
    if not found.units:
        return Reply.say(words.near(ask.voice, ask.args, found.near_units, []))
    return Reply.say(card(ask, work, found.units[0]))


def card(ask: Ask, work: Work, unit: Unit) -> Message:
    """The unit's card. Raises Problem where the person has nothing to do with it."""
    shown = unit_card(work, scope_of(ask.person), unit, ask.now)
    if shown is None:
        raise Problem("progress.unit_not_yours")
    return words.unit_message(
        ask.voice,
        shown.unit,
        shown.people,
        shown.leading,
        shown.assisting,
        shown.total,
        shown.late,
        shown.waiting,
        shown.day,
        ask.person.supervises,
        shown.lights,
    )
