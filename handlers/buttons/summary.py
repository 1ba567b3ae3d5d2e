"""Buttons of the summary: see it, send it, correct the last one, cancel."""

from core.cases.problem import Problem
from core.cases.summary import correct, send
from core.words import summary as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.commands.summary import shown
from handlers.registry import button


@button("sm", action="summary")
def summary(ask: Ask, work: Work) -> Reply:
    """sm:see, sm:send:<preview>:<digest>, sm:fix:<preview>, sm:no"""
    verb, rest = ask.fields[0], ask.fields[1:]
    if verb == "see":
        return Reply.say(*shown(ask, work))
    if verb == "send":
        return _send(ask, work, rest[0], rest[1])
    if verb == "fix":
        count = correct(work, ask.person, rest[0], ask.now)
        return Reply(edit=Message(ask.voice("summary.fixed", n=count)))
    if verb == "no":
        return Reply(edit=Message(ask.voice("summary.cancelled")))
    raise Problem("help.old_button")


def _send(ask: Ask, work: Work, mark: str, digest: str) -> Reply:
    groups = send(work, ask.person, mark, digest, ask.now)
    if groups is None:
        return Reply(messages=shown(ask, work, changed=True), edit=Message(ask.voice("summary.old")))
    opening = ask.office.next_open(ask.now)
    return Reply(edit=words.sent(ask.voice, ask.office, groups, opening, ask.now))
