"""/tasks: all tasks of this person's units, any time."""

from core.rules.people import Role
from core.rules.tasks import Task
from core.words.message import Message
from core.words.tasks import tasks_message
from core.work import Wanted, Work
from handlers.ask import Ask, Reply
from handlers.commands.leader import first_screen
from handlers.registry import button, command


@command("tasks", words=("我的任务", "任务", "My tasks"), past="list")
def tasks(ask: Ask, work: Work) -> Reply:
    if ask.person.roles == {Role.LEADER} and (screens := first_screen(work, ask.voice, ask.person, ask.now)):
        return Reply.say(*screens)
    return Reply.say(_page(ask, work, 0))


@button("tasks", action="tasks", past=True)
def turn(ask: Ask, work: Work) -> Reply:
    """tasks:<page>, tasks:new below another message"""
    if ask.args == "new":
        return Reply.say(_page(ask, work, 0))
    return Reply(edit=_page(ask, work, int(ask.args or 0)))


def _page(ask: Ask, work: Work, page: int) -> Message:
    found = visible(ask, work)
    if not found:
        return Message(ask.voice("tasks.no_notice" if ask.person.supervises else "tasks.none"))
    unit_ids = ask.person.unit_ids
    owed = work.obligations.find(Wanted(unit_ids=unit_ids or None))
    return tasks_message(ask.voice, found, unit_ids, owed, ask.today, page)


def visible(ask: Ask, work: Work) -> list[Task]:
    """The tasks this person may see in a list of their own: a desk's units', a leader's, else all."""
    person = ask.person
    if person.has(Role.CONTACT, Role.HEAD):
        return work.notices.tasks_of_units(person.unit_ids)
    every = work.notices.tasks()
    if person.supervises:
        return every
    return [task for task in every if task.leader and task.leader.name in person.leads_as]
