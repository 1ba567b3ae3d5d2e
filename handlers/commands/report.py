"""/report: what can be handed in now, and the choice of a task for it."""

from core.cases import report
from core.cases.problem import Problem
from core.rules.reports import Talk
from core.words.message import Message
from core.words.report import fill_message, open_message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command


@command("report", words=("填报", "报送", "Report"), now="form")
def reports(ask: Ask, work: Work) -> Reply:
    owed = report.open_now(work, ask.person, ask.now)
    if not owed:
        return Reply.say(Message(ask.voice("report.open_none")))
    return Reply.say(open_message(ask.voice, owed, ask.today, 0))


@button("fills", action="report")
def turn(ask: Ask, work: Work) -> Reply:
    """fills:<page>, fills:new below another message"""
    if ask.args == "new":
        return reports(ask, work)
    return Reply(
        edit=open_message(ask.voice, report.open_now(work, ask.person, ask.now), ask.today, int(ask.args or 0))
    )


@button("fill", action="report")
def fill(ask: Ask, work: Work) -> Reply:
    found = report.mine(work, ask.person, [int(ask.args)])
    if not found:
        raise Problem("report.not_owed")
    work.talks.put(ask.person.id, Talk("fill", "typing", {"obligation": found[0].id}), ask.now)
    return Reply.say(fill_message(ask.voice, found[0], ask.today), about=[found[0].id])
