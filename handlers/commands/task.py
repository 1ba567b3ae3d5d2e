"""/task 2-15: one task with what was handed in and its history."""

from core.cases.problem import Problem
from core.rules.tasks import Task
from core.words.message import Message
from core.words.tasks import task_message
from core.work import Wanted, Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command


@command("task", words=("任务详情",))
def task(ask: Ask, work: Work) -> Reply:
    if not ask.args:
        raise Problem("tasks.usage")
    return Reply.say(_card(ask, work, _ref(ask.args)))


@button("task", action="task")
def show(ask: Ask, work: Work) -> Reply:
    return Reply.say(_card(ask, work, ask.args))


def _ref(text: str) -> str:
    """2-15 however its dash was typed."""
    return text.split()[0].translate(str.maketrans("—–－.．", "-----"))


def _card(ask: Ask, work: Work, ref: str) -> Message:
    found = work.notices.task_by_ref(ref)
    if found is None:
        raise Problem("tasks.unknown", ref=ref)
    if not _may_see(ask, work, found):
        raise Problem("tasks.not_yours", ref=ref)
    owed = work.obligations.find(Wanted(task_id=found.id))
    reports = work.reports.latest([obligation.id for obligation in owed])
    events = work.history.of("task", found.id)
    return task_message(ask.voice, found, owed, reports, events, ask.office, ask.today, ask.person.unit_ids)


def _may_see(ask: Ask, work: Work, found: Task) -> bool:
    person = ask.person
    if person.supervises:
        return True
    if found.leader and found.leader.name in person.leads_as:
        return True
    return any(task.id == found.id for task in work.notices.tasks_of_units(person.unit_ids))
