"""A supervisor decides about a message that may not have arrived: say it again, or leave it."""

from core.cases.daily_note import decide
from core.words.watch import doubts_message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button


@button("doubt", action="doubt")
def settle(ask: Ask, work: Work) -> Reply:
    """doubt:<outbox id>:again|leave"""
    number, what = ask.fields
    left = decide(work, int(number), what == "again", ask.person, ask.now)
    return Reply(edit=doubts_message(ask.voice, left, ask.office))
