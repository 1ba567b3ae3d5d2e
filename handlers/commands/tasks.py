"""/tasks: all tasks of this person's units, any time."""

from core.cases.naming import legend
from core.rules.obligations import State
from core.rules.people import Role
from core.words.message import Message
from core.words.naming import below
from core.words.tasks import PAGE, tasks_message
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
    """A desk's units' tasks, a leader's, else all."""
    person, unit_ids = ask.person, ask.person.unit_ids
    if person.has(Role.CONTACT, Role.HEAD):
        listed = work.rolls.page_of_units(unit_ids, page, PAGE)
    else:
        listed = work.rolls.page_of(None if person.supervises else person.leads_as, page, PAGE)
    if not listed.total:
        return Message(ask.voice("tasks.no_notice" if person.supervises else "tasks.none"))
    owed = work.obligations.find(Wanted(task_ids=listed.ids, unit_ids=unit_ids or None, states=[State.OPEN]))
    page_of = tasks_message(ask.voice, listed, work.notices.tasks_by_id(listed.ids), unit_ids, owed, ask.today)
    return below(ask.voice, page_of, legend(work))
