"""Buttons of setting frequencies: scope, frequency, preview, confirmation."""

from core.cases.classify import classify, overview, preview, scope_tasks
from core.cases.problem import Problem
from core.words import classify as words
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.commands.classify import choice, label, previewed
from handlers.registry import button


@button("freq", action="classify")
def frequency(ask: Ask, work: Work) -> Reply:
    """freq:home | L, U, T:<page> lists | s:<scope> | p:<scope>:<frequency> | y:<scope>:<frequency>:<mark>."""
    match ask.fields:
        case ["home"]:
            return Reply(edit=words.overview_message(ask.voice, overview(work)))
        case ["L", page] if page.isdigit():
            return Reply(edit=words.leaders_message(ask.voice, overview(work).leaders, int(page)))
        case ["U", page] if page.isdigit():
            return Reply(edit=words.units_message(ask.voice, overview(work).units, int(page)))
        case ["T", page] if page.isdigit():
            return Reply(edit=words.tasks_message(ask.voice, overview(work).tasks, int(page)))
        case ["s", scope]:
            return Reply(edit=choice(ask, work, scope))
        case ["p", scope, letter] if letter in words.FREQUENCIES:
            return Reply(edit=previewed(ask, work, scope, words.FREQUENCIES[letter]))
        case ["y", scope, letter, mark] if letter in words.FREQUENCIES:
            return _confirm(ask, work, scope, letter, mark)
    raise Problem("help.old_button")


def _confirm(ask: Ask, work: Work, scope: str, letter: str, mark: str) -> Reply:
    """Does what was previewed, and nothing else: if it would be something else by now, the new preview comes first."""
    ids, wanted = scope_tasks(work, scope), words.FREQUENCIES[letter]
    # "The ones not set" are others once some are set, and none when the button is pressed a second time.
    if not ids or preview(work, ids, wanted, ask.now).mark != mark:
        message = previewed(ask, work, scope, wanted)
        return Reply(edit=message, toast=ask.voice.plain("classify.changed_meanwhile"))
    name = label(ask, work, scope)
    done = classify(work, ids, wanted, ask.person, ask.now)
    return Reply(edit=words.done_message(ask.voice, name, done.preview, done.told, len(overview(work).unset)))
