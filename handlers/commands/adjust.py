"""/adjust 2-15: a supervisor completes, suspends, drops, resumes or changes a task, with a reason, after a preview."""

from core.cases.adjust import CHANGES, change, checked
from core.cases.problem import Problem
from core.cases.task_state import check, concerned, open_of, set_state, task_of
from core.rules.reports import Talk
from core.rules.tasks import Task
from core.words import adjust as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command, conversation

TALK = "adjust"
REASON_MOST = 500


@command("adjust", words=("调整任务", "调整"))
def adjust(ask: Ask, work: Work) -> Reply:
    if not ask.args:
        raise Problem("adjust.usage")
    return Reply.say(words.choose_message(ask.voice, task_of(work, ask.person, ask.args.split()[0])))


@button("ad", action="adjust")
def press(ask: Ask, work: Work) -> Reply:
    """ad:c:<task> choose, ad:s:<task>:<state>, ad:v:<task>:<what>, ad:ok:<preview>, ad:no"""
    match ask.fields:
        case ["c", number]:
            return Reply.say(words.choose_message(ask.voice, _task(work, int(number))))
        case ["s", number, new]:
            task = _task(work, int(number))
            check(work, task, new)
            start(ask, work, task, new)
            return Reply(edit=words.reason_message(ask.voice, task, new))
        case ["v", number, what] if what in CHANGES:
            task = _task(work, int(number))
            if not task.active:
                raise Problem("adjust.not_active", ref=task.ref)
            work.talks.put(ask.person.id, Talk(TALK, "value", {"task": task.id, "what": what}), ask.now)
            return Reply(edit=words.value_message(ask.voice, task, what))
        case ["ok", mark]:
            return _confirm(ask, work, mark)
        case ["no"]:
            work.talks.end(ask.person.id, TALK)
            return Reply(edit=Message(ask.voice("adjust.cancelled")))
    raise Problem("help.old_button")


def start(ask: Ask, work: Work, task: Task, what: str, value: str = "") -> None:
    """The next text is the reason."""
    data = {"task": task.id, "what": what, "value": value}
    work.talks.put(ask.person.id, Talk(TALK, "reason", data), ask.now)


@conversation(TALK, action="adjust")
def typed(ask: Ask, work: Work) -> Reply:
    """The new value, then the reason, then the preview."""
    talk = work.talks.get(ask.person.id, TALK)
    assert talk is not None
    task, what = _task(work, talk.data["task"]), talk.data["what"]
    if talk.step == "value":
        value = checked(work, task, what, ask.text)
        start(ask, work, task, what, value)
        return Reply.say(words.reason_message(ask.voice, task, what))
    reason = ask.text.strip()
    if len(reason) < 2:
        raise Problem("adjust.no_reason")
    if len(reason) > REASON_MOST:
        raise Problem("adjust.long_reason", most=REASON_MOST)
    mark = str(ask.source.message_id)
    work.talks.put(ask.person.id, Talk(TALK, "preview", {**talk.data, "reason": reason, "mark": mark}), ask.now, False)
    people, nobody = concerned(work, task)
    stops = len(open_of(work, task)) if what in ("done", "suspended", "dropped", "lead") else 0
    at = ask.office.next_open(ask.now)
    return Reply.say(
        words.preview_message(
            ask.voice, ask.office, task, what, talk.data["value"], reason, people, nobody, stops, at, ask.now, mark
        )
    )


def _confirm(ask: Ask, work: Work, mark: str) -> Reply:
    talk = work.talks.get(ask.person.id, TALK)
    if talk is None or talk.data.get("mark") != mark:
        raise Problem("adjust.gone")
    task, what, reason = _task(work, talk.data["task"]), talk.data["what"], talk.data["reason"]
    if what in CHANGES:
        told = change(work, task, what, talk.data["value"], reason, ask.person, ask.now)
    else:
        told = set_state(work, task, what, reason, ask.person, ask.now)
    work.talks.end(ask.person.id, TALK)
    return Reply(edit=words.done_message(ask.voice, told.task, what, len(told.people), told.nobody))


def _task(work: Work, task_id: int) -> Task:
    found = work.notices.task(task_id)
    if found is None:
        raise Problem("help.old_button")
    return found
