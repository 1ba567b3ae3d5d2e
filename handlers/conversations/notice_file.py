"""A file that a supervisor sends: read as a notice, shown as a draft."""

from core.cases.notice import take_notice
from core.cases.problem import Problem
from core.words.intake import draft_message
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.commands.ladder import proposed
from handlers.registry import fallback


@fallback("file", action="notice")
def notice_file(ask: Ask, work: Work) -> Reply:
    """`ask.prepared` is {"reading", "hash"}, or {"problem", "values"} where the file can't be read; {"ladder"} of a .toml file."""
    prepared = ask.prepared
    if "ladder" in prepared:
        return proposed(ask, work, prepared["ladder"])
    if "problem" in prepared:
        raise Problem(prepared["problem"], **prepared["values"])
    if not prepared["reading"]["tasks"]:
        raise Problem("intake.no_tasks")
    taken = take_notice(work, prepared["reading"], prepared["hash"], ask.person, ask.now)
    if taken.new:
        return Reply.say(draft_message(ask.voice, taken.card))
    if taken.card.state == "active":
        return Reply.say(Message(ask.voice("intake.known_active")))
    return Reply.say(Message(ask.voice("intake.known_draft")), draft_message(ask.voice, taken.card))
