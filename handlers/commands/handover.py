"""/handover: a whole desk passes to a successor, by its owner or by a supervisor for somebody."""

from collections.abc import Sequence

from core.cases import handover
from core.cases.namesakes import labels
from core.cases.people import link
from core.cases.problem import Problem
from core.cases.report import open_now
from core.rules.offering import likely
from core.rules.people import INVITE_DAYS, Person, Role
from core.words import handover as words
from core.words.html import Html
from core.words.message import Message
from core.words.report import choice_message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command

_PENDING = 5
"""Kept texts that are asked about at once; the next press brings the others."""


@command("handover", words=("移交", "工作移交", "Handover"))
def begin(ask: Ask, work: Work) -> Reply:
    """/handover, /handover 王五; a supervisor: /handover 张三, /handover 张三 王五"""
    if not ask.args:
        if not handover.own_posts(ask.person):
            return Reply.say(words.whose_message(ask.voice, _desks(ask, work), 0))
        waiting = work.handovers.waiting(ask.person.id)
        if waiting:
            valid = waiting[-1].open(ask.now)
            return Reply.say(words.waiting_message(ask.voice, ask.office, waiting[-1], True, valid))
        return Reply.say(_choose(ask, work, ask.person))
    whose, successors, unknown = handover.named(work, ask.person, ask.args)
    if len(whose) > 1:
        why = ask.voice("handover.several", name=whose[0].name)
        return Reply.say(words.whose_message(ask.voice, _names(ask, work, whose), 0, why))
    person = handover.desk_of(work, ask.person, whose[0].id)
    if len(successors) > 1:
        why = ask.voice("handover.several", name=successors[0].name)
        return Reply.say(_choose(ask, work, person, why, successors))
    if not successors:
        unclear = ask.voice("handover.unknown", name=unknown[:20]) if unknown else None
        return Reply.say(_choose(ask, work, person, unclear))
    return Reply.say(_preview(ask, work, person, successors[0]))


@button("ho", action="handover")
def press(ask: Ask, work: Work) -> Reply:
    """ho:w:<page>, ho:f:<whose>, ho:t:<whose>:<to whom>, ho:ok:<whose>:<to whom>, ho:l:<whose> link, ho:r:<handover> revoke,
    ho:p kept texts, ho:no"""
    match ask.fields:
        case ["w", page]:
            return Reply(edit=words.whose_message(ask.voice, _desks(ask, work), int(page)))
        case ["f", whose]:
            return Reply(edit=_choose(ask, work, handover.desk_of(work, ask.person, int(whose))))
        case ["t", whose, to]:
            person, successor = handover.desk_of(work, ask.person, int(whose)), work.people.get(int(to))
            if successor is None:
                raise Problem("handover.gone")
            return Reply(edit=_preview(ask, work, person, successor))
        case ["ok", whose, to]:
            done = handover.hand_over(work, ask.person, int(whose), int(to), ask.now)
            own = done.old.id == ask.person.id
            return Reply(edit=words.done_message(ask.voice, done.old.name, done.new.name, done.units, own))
        case ["l", whose]:
            made, token = handover.by_link(work, ask.person, int(whose), ask.now)
            return Reply.say(words.link_message(ask.voice, made, link(ask.bot, token), INVITE_DAYS))
        case ["r", number]:
            gone = handover.revoke(work, ask.person, int(number), ask.now)
            return Reply.say(Message(ask.voice("handover.revoked", name=gone.person)))
        case ["p"]:
            return _pending(ask, work)
        case ["no"]:
            return Reply(edit=Message(ask.voice("handover.cancelled")))
    raise Problem("help.old_button")


def _desks(ask: Ask, work: Work) -> list[tuple[int, str]]:
    return _names(ask, work, [p for p in work.people.with_role(Role.CONTACT, Role.HEAD) if handover.own_posts(p)])


def _names(ask: Ask, work: Work, people: Sequence[Person]) -> list[tuple[int, str]]:
    return list(labels(work, ask.voice, people).items())


def _choose(ask: Ask, work: Work, person: Person, why: Html | None = None, people: Sequence[Person] = ()) -> Message:
    """`people`: whom the text may mean; without them the colleagues are offered."""
    found = handover.inventory(work, person, ask.now)
    own = person.id == ask.person.id
    offered = _names(ask, work, people or handover.candidates(work, person))
    return words.to_whom_message(ask.voice, person, own, found, offered, why)


def _preview(ask: Ask, work: Work, person: Person, successor: Person) -> Message:
    handover.check_successor(person, successor)
    found = handover.inventory(work, person, ask.now)
    return words.preview_message(ask.voice, person, person.id == ask.person.id, successor, found)


def _pending(ask: Ask, work: Work) -> Reply:
    """The texts that the predecessor sent and nobody has said the task of, each with its choices."""
    kept = work.handovers.pending(ask.person.id)
    if not kept:
        raise Problem("handover.no_pending")
    choices = open_now(work, ask.person, ask.now)
    messages = []
    for number in kept[:_PENDING]:
        pending = work.talks.pending(number)
        if pending is not None:
            meant = likely(pending.text, choices, ask.today)
            messages.append(choice_message(ask.voice, pending, meant, ask.today, 0, "offer"))
    return Reply.say(*messages)
