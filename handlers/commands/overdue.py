"""/overdue [day] [unit or leader]: who is late with what."""

from core.cases.naming import legend
from core.cases.overdue import overdue_page
from core.cases.problem import Problem
from core.cases.progress import find
from core.rules.overdue import Filters, leader_mark
from core.rules.people import Place
from core.rules.scope import scope_of
from core.words import overdue as words
from core.words.message import Message
from core.words.naming import below
from core.words.progress import near
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("overdue", words=("逾期", "逾期清单", "Overdue"), past="named")
def overdue(ask: Ask, work: Work) -> Reply:
    name, filters = ask.args, Filters()
    if any(character.isdigit() for character in name):
        raise Problem("overdue.bad_date", text=name[:30])
    if ask.place is Place.GROUP:
        return Reply.say(_short(ask, work, filters))
    if not name:
        return Reply.say(page(ask, work, filters))
    found = find(work, scope_of(ask.person), name)
    if found.count > 1:
        return Reply.say(words.which(ask.voice, found.units, found.leaders, filters))
    if found.leaders:
        return Reply.say(page(ask, work, Filters(leader=leader_mark(found.leaders[0]))))
    if found.units:
        return Reply.say(page(ask, work, Filters(unit=found.units[0].id)))
    return Reply.say(near(ask.voice, name, found.near_units, found.near_leaders))


def page(ask: Ask, work: Work, filters: Filters) -> Message:
    """One page of the list as this person may see it."""
    listed = overdue_page(work, scope_of(ask.person), ask.now, filters)
    shown = words.overdue_message(ask.voice, listed, _names(ask, work, filters), ask.person.supervises)
    return below(ask.voice, shown, legend(work) if listed.sections else [])


def _names(ask: Ask, work: Work, filters: Filters) -> str:
    """The filters that hold, by name."""
    parts = []
    if filters.leader:
        leaders = {leader_mark(leader): leader for leader in work.rolls.leaders()}
        parts.append(words.leader_name(ask.voice, leaders.get(filters.leader)))
    if filters.unit and (unit := work.notices.unit(filters.unit)):
        parts.append(unit.name)
    if filters.kind:
        parts.append(ask.voice.plain(f"overdue.filter_{filters.kind}"))
    return " · ".join(parts)


def _short(ask: Ask, work: Work, filters: Filters) -> Message:
    listed = overdue_page(work, scope_of(ask.person), ask.now, filters)
    return words.group_message(ask.voice, listed.leaders, listed.total, len(listed.units), listed.day, listed.coming)
