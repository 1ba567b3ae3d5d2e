"""/task 2-15: one task with what was handed in and its history."""

from dataclasses import replace

from core.cases.lights import light_of
from core.cases.naming import known_by, legend, named
from core.cases.problem import Problem
from core.rules.obligations import State
from core.rules.tasks import Task
from core.words.html import lines
from core.words.message import Message
from core.words.task_picture import task_picture
from core.words.tasks import task_message
from core.work import Wanted, Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command


@command("task", words=("任务详情",), past="ref")
def task(ask: Ask, work: Work) -> Reply:
    if not ask.args:
        raise Problem("tasks.usage")
    return Reply.say(_card(ask, work, ask.args.split()[0]))


@button("task", action="task", past=True)
def show(ask: Ask, work: Work) -> Reply:
    return Reply.say(_card(ask, work, ask.args))


@button("task_pic", action="task", past=True)
def picture(ask: Ask, work: Work) -> Reply:
    """The plan and what was handed in, month by month."""
    found = _found(ask, work, ask.args)
    owed = work.obligations.find(Wanted(task_id=found.id, states=[State.OPEN, State.HANDED_IN]))
    reports = work.reports.latest([obligation.id for obligation in owed])
    return Reply.say(
        task_picture(ask.voice, ask.office, found, owed, reports, ask.today, light_of(work, found, ask.now))
    )


def _found(ask: Ask, work: Work, ref: str) -> Task:
    """The task that was typed, or pressed (i<id>), if this person may see it; one of a closed notice as it stood."""
    number = ref.removeprefix("i")
    found = work.notices.task(int(number)) if number != ref and number.isdigit() else named(work, ask.person, ref)
    if found is None:
        raise Problem("tasks.unknown", ref=ref)
    if not _may_see(ask, work, found):
        raise Problem("tasks.not_yours", ref=found.ref)
    if found.notice_id in work.notices.closed():
        work.notices.look_at(found.notice_id)
    return found


def _card(ask: Ask, work: Work, ref: str) -> Message:
    found = _found(ask, work, ref)
    owed = work.obligations.find(Wanted(task_id=found.id, states=[State.OPEN, State.HANDED_IN]))
    reports = work.reports.latest([obligation.id for obligation in owed])
    shown = task_message(
        ask.voice,
        found,
        owed,
        reports,
        work.history.of("task", found.id),
        ask.office,
        ask.today,
        ask.person.unit_ids,
        ask.person.supervises,
        light_of(work, found, ask.now),
        found.led_by(ask.person.leads_as),
    )
    card = work.notices.get(found.notice_id)
    if card is None or not legend(work):
        return shown
    return replace(shown, text=lines(shown.text, ask.voice("naming.of", title=known_by(card))))


def _may_see(ask: Ask, work: Work, found: Task) -> bool:
    person = ask.person
    if person.supervises:
        return True
    if found.led_by(person.leads_as):
        return True
    return work.rolls.has_part(found.id, person.unit_ids)
