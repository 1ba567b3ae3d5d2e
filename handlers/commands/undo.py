"""/undo: takes back what was handed in last; the button takes back one version."""

from core.cases.problem import Problem
from core.cases.report import withdraw
from core.words.report import withdrawn_message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command


@command("undo", words=("撤回", "Undo"))
def undo(ask: Ask, work: Work) -> Reply:
    last = work.reports.last_by(ask.person.id)
    if last is None:
        raise Problem("report.nothing_to_undo")
    return _take_back(ask, work, last.id)


@button("undo", action="undo")
def take_back(ask: Ask, work: Work) -> Reply:
    return _take_back(ask, work, int(ask.args))


def _take_back(ask: Ask, work: Work, report_id: int) -> Reply:
    obligation = withdraw(work, report_id, ask.person, ask.now)
    return Reply.say(withdrawn_message(ask.voice, obligation, ask.today), about=[obligation.id])
