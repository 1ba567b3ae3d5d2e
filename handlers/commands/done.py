"""/done 2-15: the lead reports a task done with evidence; a supervisor completes it."""

from dataclasses import replace

from core.cases import completion
from core.cases.problem import Problem
from core.cases.task_state import check as check_state
from core.cases.task_state import task_of
from core.ports import Source
from core.rules.people import Role
from core.rules.reports import Talk
from core.rules.tasks import Task
from core.words import adjust as adjust_words
from core.words import completion as words
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.commands.adjust import start
from handlers.registry import button, command, conversation

TALK = "done"


@command("done", words=("办结", "销号", "申报办结"))
def done(ask: Ask, work: Work) -> Reply:
    desk = ask.person.has(Role.CONTACT, Role.HEAD)
    if ask.args:
        task = task_of(work, ask.person, ask.args.split()[0])
        mine = desk and task.part_of(ask.person.unit_ids) is not None
        if ask.person.supervises and not mine:
            check_state(work, task, "done")
            start(ask, work, task, "done")
            return Reply.say(adjust_words.reason_message(ask.voice, task, "done"))
        return _begin(ask, work, task)
    if not desk:
        raise Problem("completion.usage")
    tasks = completion.reportable(work, ask.person)
    if not tasks:
        raise Problem("completion.none")
    return Reply.say(words.choose_message(ask.voice, tasks, 0))


@button("dones", action="completion")
def turn(ask: Ask, work: Work) -> Reply:
    return Reply(edit=words.choose_message(ask.voice, completion.reportable(work, ask.person), int(ask.args)))


@button("done", action="completion")
def begin(ask: Ask, work: Work) -> Reply:
    return _begin(ask, work, _task(work, int(ask.args)))


@button("done_bare", action="completion")
def bare(ask: Ask, work: Work) -> Reply:
    """Reported with words alone: the office decides whether that is enough."""
    task = _task(work, int(ask.args))
    talk = work.talks.get(ask.person.id, TALK)
    if talk is None or talk.data.get("task") != task.id or not talk.data.get("text"):
        raise Problem("completion.gone")
    where = talk.data["source"]
    source = replace(ask.source, chat_id=where[0], message_id=where[1])
    return _report(ask, work, task, talk.data["text"], source=source)


@conversation(TALK, action="completion", files=True)
def typed(ask: Ask, work: Work) -> Reply:
    """Words, then evidence; or both in one message."""
    talk = work.talks.get(ask.person.id, TALK)
    assert talk is not None
    task = _task(work, talk.data["task"])
    text = "\n".join(part for part in (talk.data.get("text", ""), ask.text.strip()) if part)
    if ask.source.files:
        return _report(ask, work, task, text)
    if not ask.text.strip():
        raise Problem("report.no_voice")
    completion.check(work, ask.person, task)
    data = {"task": task.id, "text": text, "source": [ask.source.chat_id, ask.source.message_id]}
    work.talks.put(ask.person.id, Talk(TALK, "evidence", data), ask.now)
    return Reply.say(words.evidence_message(ask.voice, task))


def _begin(ask: Ask, work: Work, task: Task) -> Reply:
    completion.check(work, ask.person, task)
    work.talks.put(ask.person.id, Talk(TALK, "words", {"task": task.id}), ask.now)
    return Reply.say(words.ask_message(ask.voice, task, completion.waiting(work, task) is not None))


def _report(ask: Ask, work: Work, task: Task, text: str, source: Source | None = None) -> Reply:
    stored = completion.report_done(work, ask.person, task, source or ask.source, text, ask.now, ask.album)
    work.talks.end(ask.person.id, TALK)
    message = words.reported_message(ask.voice, task, stored.report.version, len(stored.report.files), stored.report.id)
    return Reply.say(message, about=[stored.obligation.id])


def _task(work: Work, task_id: int) -> Task:
    found = work.notices.task(task_id)
    if found is None:
        raise Problem("help.old_button")
    return found
