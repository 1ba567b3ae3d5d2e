"""All versions of one obligation, with what changed between them."""

from core.cases.problem import Problem
from core.rules.scope import scope_of
from core.words.review import versions_message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button


@button("versions", action="task", past=True)
def versions(ask: Ask, work: Work) -> Reply:
    obligation = work.obligations.get(int(ask.args))
    if obligation is None or not scope_of(ask.person).holds(obligation):
        raise Problem("help.old_button")
    found = work.reports.of(obligation.id)
    return Reply.say(versions_message(ask.voice, ask.office, obligation, found, work.reviews.of(obligation.id)))
