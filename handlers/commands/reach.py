"""/reach: which units can be reached, and what hangs on the others."""

from core.cases.people import continuity, reach
from core.words.message import Message
from core.words.people import reach_message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command


@command("reach", words=("联络情况", "Reach"), past="list")
def show_reach(ask: Ask, work: Work) -> Reply:
    rows = reach(work)
    if not rows:
        return Reply.say(Message(ask.voice("people.reach_none")))
    return Reply.say(reach_message(ask.voice, rows, kept=continuity(work, ask.now)))


@button("reach", action="reach", past=True)
def turn(ask: Ask, work: Work) -> Reply:
    """reach:<page>, reach:new below another message"""
    if ask.args == "new":
        return show_reach(ask, work)
    return Reply(edit=reach_message(ask.voice, reach(work), int(ask.args or 0)))
