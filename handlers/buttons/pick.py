"""Which task a kept text is for, and moving a report to another one."""

from dataclasses import replace

from core.cases import report
from core.ports import FileRef
from core.rules.obligations import Kind
from core.rules.offering import likely
from core.words.message import Message
from core.words.report import choice_message, move_message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.commands.plan import take_files, take_text
from handlers.conversations.report import stored_screen
from handlers.registry import button


@button("pick", action="say")
def pick(ask: Ask, work: Work) -> Reply:
    pending_id, obligation_id = (int(field) for field in ask.fields)
    pending = report.pending_of(work, pending_id, ask.person)
    if not obligation_id:
        work.talks.settle(pending.id, ask.now)
        return Reply(edit=Message(ask.voice("report.not_taken")))
    target = report.mine(work, ask.person, [obligation_id])
    if target and target[0].kind is Kind.PLAN:
        work.talks.settle(pending.id, ask.now)
        files = tuple(FileRef(**file) for file in pending.files)
        kept = replace(ask, text=pending.text, source=replace(ask.source, message_id=pending.message_id, files=files))
        return (take_files if files else take_text)(kept, work, obligation_id)
    stored = report.take_pending(work, pending, obligation_id, ask.person, ask.now)
    return Reply(edit=stored_screen(ask, work, [stored]), about=[obligation_id])


@button("picks", action="say")
def turn(ask: Ask, work: Work) -> Reply:
    pending_id, page = (int(field) for field in ask.fields)
    pending = report.pending_of(work, pending_id, ask.person)
    choices = likely(pending.text, report.open_now(work, ask.person, ask.now), ask.today)
    return Reply(edit=choice_message(ask.voice, pending, choices, ask.today, page, "offer"))


@button("move", action="say")
def move(ask: Ask, work: Work) -> Reply:
    report_id, page = (int(field) for field in ask.fields)
    choices = likely("", report.open_now(work, ask.person, ask.now), ask.today)
    choices = [o for o in choices if o.kind is Kind.REPORT]
    return Reply.say(move_message(ask.voice, report_id, choices, page))


@button("moveto", action="say")
def move_to(ask: Ask, work: Work) -> Reply:
    report_id, obligation_id = (int(field) for field in ask.fields)
    stored = report.move(work, report_id, obligation_id, ask.person, ask.now)
    return Reply(edit=stored_screen(ask, work, [stored]), about=[obligation_id])
