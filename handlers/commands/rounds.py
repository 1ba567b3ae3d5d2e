"""/rounds: what inspections found: a leader on their tasks, a desk at its units."""

from core.cases.inspection_seen import one_seen, rounds_seen
from core.cases.problem import Problem
from core.rules.scope import scope_of
from core.words import inspection_seen as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command


@command("rounds", words=("督查情况",), past="list")
def rounds(ask: Ask, work: Work) -> Reply:
    found = rounds_seen(work, scope_of(ask.person), ask.now)
    if not found:
        raise Problem("inspect.seen_none")
    if len(found) == 1:
        return Reply.say(words.round_seen(ask.voice, ask.office, found[0], ask.now))
    return Reply.say(words.rounds_message(ask.voice, found, 0))


@button("rd", action="rounds", past=True)
def press(ask: Ask, work: Work) -> Reply:
    """rd:<round>, rd:p:<page>"""
    match ask.fields:
        case ["p", page]:
            found = rounds_seen(work, scope_of(ask.person), ask.now)
            shown: Message = words.rounds_message(ask.voice, found, int(page))
        case [number]:
            seen = one_seen(work, scope_of(ask.person), int(number), ask.now)
            shown = words.round_seen(ask.voice, ask.office, seen, ask.now)
        case _:
            raise Problem("help.old_button")
    return Reply(edit=shown)
