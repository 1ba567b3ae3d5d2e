"""/progress: how far things have come."""

from core.cases.progress import progress
from core.rules.people import Place
from core.rules.scope import scope_of
from core.words import progress as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("progress", words=("进展", "总体进展", "Progress"), past="list")
def show_progress(ask: Ask, work: Work) -> Reply:
    if ask.place is Place.GROUP:
        shown = progress(work, scope_of(ask.person), ask.now)
        return Reply.say(words.group_message(ask.voice, shown.summary, ask.office.local(ask.now), shown.lights))
    return Reply.say(overview(ask, work))


def overview(ask: Ask, work: Work) -> Message:
    scope = scope_of(ask.person)
    shown = progress(work, scope, ask.now)
    return words.progress_message(
        ask.voice,
        shown.summary,
        ask.office.local(ask.now),
        office=ask.person.supervises,
        leaders=scope.everything or bool(scope.leaders),
        lights=shown.lights,
    )
