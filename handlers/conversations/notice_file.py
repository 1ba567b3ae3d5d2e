"""A file that a supervisor sends: read as a notice, shown as a draft."""

from core.cases.notice import discard, take_notice
from core.cases.problem import Problem
from core.cases.review_sheet import receive
from core.cases.revision import base_of
from core.cases.settled import with_settled
from core.rules.notice.revision import compare
from core.words.intake import draft_message
from core.words.message import Message
from core.words.revision import sheet_message
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
    if "review" in prepared:
        _, found = receive(work, prepared["review"], ask.person, ask.now)
        if not found.clauses:
            return Reply.say(Message(ask.voice("correction.sheet_same")))
        return Reply.say(sheet_message(ask.voice, found, 0))
    if not prepared["reading"]["tasks"]:
        raise Problem("intake.no_tasks")
    reading = prepared["reading"]
    base = base_of(work, reading)
    if base:
        reading = with_settled(base, reading, ask.voice.lang)
    taken = take_notice(work, reading, prepared["hash"], ask.person, ask.now, base.id if base else None)
    if taken.new and base and compare(base.reading, reading).empty:
        discard(work, taken.card.id, ask.person, ask.now)
        return Reply.say(Message(ask.voice("revision.same", title=base.title or base.number)))
    if taken.new:
        return Reply.say(draft_message(ask.voice, taken.card))
    if taken.card.state != "draft":
        return Reply.say(Message(ask.voice("intake.known_active")))
    return Reply.say(Message(ask.voice("intake.known_draft")), draft_message(ask.voice, taken.card))
