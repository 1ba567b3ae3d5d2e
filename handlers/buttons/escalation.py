"""Buttons of escalation: see what a leader would be told, send it, leave it."""

from core.cases.escalation import cancel, confirm, preview
from core.cases.problem import Problem
from core.words import escalation as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button


@button("es", action="escalate")
def escalate(ask: Ask, work: Work) -> Reply:
    """es:see, es:ok:<preview>, es:no"""
    match ask.fields:
        case ["see"]:
            said = work.outbox.sent(ask.chat_id, ask.source.message_id)
            seen = preview(work, ask.person, said.about if said else (), ask.now)
            rows = [(row.leader, len(row.obligations), row.state) for row in seen.rows]
            return Reply.say(
                words.preview_message(ask.voice, ask.office, rows, seen.before, seen.mark, seen.at, ask.now)
            )
        case ["ok", mark]:
            done = confirm(work, ask.person, mark, ask.now)
            return Reply(edit=words.sent_message(ask.voice, ask.office, done.leaders, done.items, done.at, ask.now))
        case ["no"]:
            cancel(work, ask.person)
            return Reply(edit=Message(ask.voice("escalation.cancelled")))
    raise Problem("help.old_button")
