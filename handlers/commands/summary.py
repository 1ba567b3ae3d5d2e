"""/summary: what the groups would read, and the buttons that send it."""

from core.cases.groups import let_go
from core.cases.summary import preview, summarise
from core.rules.people import Place
from core.words import summary as words
from core.words.group import offer
from core.words.message import Message
from core.words.voice import voice
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("summary", words=("通报", "Summary"), past="list")
def summary(ask: Ask, work: Work) -> Reply:
    if ask.place is Place.GROUP:
        # In a group the answer is the summary itself, in the office's language as always there.
        return Reply.say(words.broadcast(voice(ask.office.lang), ask.office, summarise(work, ask.now)))
    if ask.then:
        # Of a past moment it is only read: nothing is sent or corrected from there.
        return Reply.say(words.broadcast(voice(ask.office.lang), ask.office, summarise(work, ask.now)))
    again = () if work.groups.all() else let_go(work, ask.now)
    return Reply.say(*shown(ask, work), *([offer(ask.voice, again)] if again else []))


def shown(ask: Ask, work: Work, changed: bool = False) -> tuple[Message, Message]:
    """Exactly what the groups would get, and below it the choice."""
    seen = preview(work, ask.now)
    correctable = seen.last is not None and seen.last.corrected is not None
    choice = words.choice(
        ask.voice, ask.office, seen.summary, seen.groups, seen.mark, seen.at, ask.now, correctable, changed
    )
    return words.broadcast(voice(ask.office.lang), ask.office, seen.summary), choice
