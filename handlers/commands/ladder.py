"""/ladder: who is reminded when; a ladder.toml sent to the bot changes it after confirmation."""

from typing import Any

from core.cases.ladder import in_force, own, set_ladders
from core.cases.problem import Problem
from core.rules.ladder import load_ladders
from core.rules.reports import Talk
from core.words import ladder as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command

TALK = "ladder"


@command("ladder", words=("提醒档",), now="setting")
def ladder(ask: Ask, work: Work) -> Reply:
    return Reply.say(words.ladder_message(ask.voice, in_force(work), own(work)))


def proposed(ask: Ask, work: Work, prepared: dict[str, Any]) -> Reply:
    """What the file says, kept until it is confirmed; or what is wrong with it."""
    if fault := prepared.get("fault"):
        return Reply.say(Message(ask.voice("ladder.bad", why=words.fault(ask.voice, fault))))
    work.talks.put(ask.person.id, Talk(TALK, "preview", {"ladders": prepared["ladders"]}), ask.now, awaits=False)
    return Reply.say(words.proposed_message(ask.voice, load_ladders(prepared["ladders"])))


@button("ladder", action="ladder")
def decide(ask: Ask, work: Work) -> Reply:
    """ladder:yes, ladder:no, ladder:reset"""
    if ask.args == "reset":
        set_ladders(work, None, ask.person.id, ask.now)
        return Reply(edit=Message(ask.voice("ladder.reset_done")))
    talk = work.talks.get(ask.person.id, TALK)
    if talk is None:
        raise Problem("ladder.gone")
    work.talks.end(ask.person.id, TALK)
    if ask.args == "no":
        return Reply(edit=Message(ask.voice("ladder.cancelled")))
    set_ladders(work, talk.data["ladders"], ask.person.id, ask.now)
    return Reply(edit=Message(ask.voice("ladder.set")))
