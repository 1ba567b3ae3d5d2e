"""Buttons of setting frequencies: scope, frequency, preview, confirmation, what the plans suggest."""

from contextlib import suppress

from core.cases.classify import classify, overview, preview, scope_tasks
from core.cases.problem import Problem
from core.cases.proposals import AllPreview, accept_all, preview_all, proposals
from core.words import classify as words
from core.words import propose, terms
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.commands.classify import choice, home, label, previewed
from handlers.registry import button


@button("freq", action="classify", past=("home", "L", "U", "T", "s"))
def frequency(ask: Ask, work: Work) -> Reply:
    """freq:home | L, U, T:<page> lists | s:<scope> | p:<scope>:<frequency> | y:<scope>:<frequency>:<mark>;

    by plan: P:<scope>, Y:<scope>:<mark> all; w:<scope>:<place>, A:<scope>:<place>:<frequency>:<mark> one by one.
    """
    match ask.fields:
        case ["home"]:
            return Reply(edit=home(ask, work))
        case ["L", page] if page.isdigit():
            return Reply(edit=words.leaders_message(ask.voice, overview(work).leaders, int(page)))
        case ["U", page] if page.isdigit():
            return Reply(edit=words.units_message(ask.voice, overview(work).units, int(page)))
        case ["T", page] if page.isdigit():
            return Reply(edit=words.tasks_message(ask.voice, overview(work).tasks, int(page), _marks(ask, work)))
        case ["s", scope]:
            return Reply(edit=choice(ask, work, scope))
        case ["p", scope, letter] if letter in words.FREQUENCIES:
            return Reply(edit=previewed(ask, work, scope, words.FREQUENCIES[letter]))
        case ["y", scope, letter, mark] if letter in words.FREQUENCIES:
            return _confirm(ask, work, scope, letter, mark)
        case ["P", scope]:
            return Reply(edit=_all(ask, work, scope, preview_all(work, scope, ask.now)))
        case ["Y", scope, mark]:
            return _accept_all(ask, work, scope, mark)
        case ["w", scope, place] if place.isdigit():
            return Reply(edit=_card(ask, work, scope, int(place)))
        case ["A", scope, place, letter, mark] if letter in words.FREQUENCIES and place.isdigit():
            return _take(ask, work, scope, int(place), letter, mark)
    raise Problem("help.old_button")


def _marks(ask: Ask, work: Work) -> dict[int, str]:
    return {p.task.id: propose.mark(ask.voice, p) for p in proposals(work, "a")}


def _all(ask: Ask, work: Work, scope: str, seen: AllPreview) -> Message:
    return propose.all_message(ask.voice, scope, label(ask, work, scope), seen)


def _accept_all(ask: Ask, work: Work, scope: str, mark: str) -> Reply:
    """Every proposal of the scope, if it still is what was shown."""
    name = label(ask, work, scope)
    done = accept_all(work, scope, mark, ask.person, ask.now)
    if isinstance(done, AllPreview):
        return Reply(edit=_all(ask, work, scope, done), toast=ask.voice.plain("classify.changed_meanwhile"))
    seen, told = done
    return Reply(edit=propose.accepted_message(ask.voice, name, seen, told, len(overview(work).unset)))


def _card(ask: Ask, work: Work, scope: str, place: int) -> Message:
    """One task of the scope beside its plan; the overview where none is left."""
    found = proposals(work, scope)
    if not found:
        return home(ask, work)
    p = found[place % len(found)]
    seen = None
    if p.changes and p.proposal.frequency:
        with suppress(Problem):  # the year is over for it: the plan is shown without the button
            seen = preview(work, [p.task.id], p.proposal.frequency, ask.now)
    return propose.card_message(ask.voice, scope, found, place, seen)


def _take(ask: Ask, work: Work, scope: str, place: int, letter: str, mark: str) -> Reply:
    """The proposal of one card, if it still is what was shown; then the next card."""
    found, wanted = proposals(work, scope), words.FREQUENCIES[letter]
    p = found[place] if place < len(found) else None
    if p is None or preview(work, [p.task.id], wanted, ask.now).mark != mark:
        message = _card(ask, work, scope, place)
        return Reply(edit=message, toast=ask.voice.plain("classify.changed_meanwhile"))
    classify(work, [p.task.id], wanted, ask.person, ask.now)
    left = len(proposals(work, scope))
    toast = ask.voice.plain("propose.taken", ref=p.task.ref, frequency=terms.frequency(ask.voice, wanted.value))
    # Of those not set the next one has moved up into the place of the one just set.
    return Reply(edit=_card(ask, work, scope, place + (left == len(found))), toast=toast)


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
