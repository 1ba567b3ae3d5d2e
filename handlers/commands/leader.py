"""/leader 夏泉: one leader's tasks and how they stand."""

from datetime import datetime

from core.cases.problem import Problem
from core.cases.progress import find, leader_card, leaders
from core.rules.people import Person
from core.rules.scope import scope_of
from core.rules.tasks import Leader
from core.words import progress as words
from core.words.message import Message
from core.words.voice import Voice
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("leader", words=("区领导",), past="named")
def show_leader(ask: Ask, work: Work) -> Reply:
    scope = scope_of(ask.person)
    here = leaders(work, scope)
    if not here:
        raise Problem("progress.no_leaders")
    if not ask.args:
        only = here[0] if len(here) == 1 else None
        return Reply.say(card(ask, work, only, 0) if only else words.leaders_message(ask.voice, here))
    found = find(work, scope, ask.args, want_units=False)
    if found.count > 1:
        return Reply.say(words.which(ask.voice, [], found.leaders))
    if not found.leaders:
        return Reply.say(words.near(ask.voice, ask.args, [], found.near_leaders or here))
    return Reply.say(card(ask, work, found.leaders[0], 0))


def card(ask: Ask, work: Work, leader: Leader, page: int) -> Message:
    shown = leader_card(work, scope_of(ask.person), leader, ask.now)
    return words.leader_message(ask.voice, shown.leader, shown.total, shown.tasks, page, shown.lights)


def first_screen(work: Work, said: Voice, person: Person, now: datetime) -> list[Message]:
    """What a leader sees first: counts and lights of each post's tasks, a page at a time, one tap to a task."""
    scope = scope_of(person)
    mine = [leader for leader in leaders(work, scope) if leader.name in person.leads_as]
    cards = [leader_card(work, scope, leader, now) for leader in mine]
    return [words.leader_message(said, card.leader, card.total, card.tasks, 0, card.lights) for card in cards]
