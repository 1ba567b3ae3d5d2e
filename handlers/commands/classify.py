"""/classify [which] [frequency]: how often tasks are reported on."""

from core.cases.classify import overview, preview, scope_of_text, scope_tasks
from core.cases.problem import Problem
from core.cases.proposals import proposals
from core.rules.frequency_text import split_order
from core.rules.periods import Frequency
from core.words import classify as words
from core.words import propose
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("classify", words=("定频次", "频次", "Frequencies"), past="free")
def classify(ask: Ask, work: Work) -> Reply:
    which, frequency = split_order(ask.args)
    if not which and frequency is None:
        return Reply.say(home(ask, work))
    if frequency and ask.then:
        raise Problem("as_of.not_this")
    scope = scope_of_text(work, which) if which else "a"
    return Reply.say(previewed(ask, work, scope, frequency) if frequency else choice(ask, work, scope))


def choice(ask: Ask, work: Work, scope: str) -> Message:
    """Which frequency the tasks of this scope shall have."""
    ids = set(scope_tasks(work, scope))
    tasks = [task for task in overview(work).tasks if task.id in ids]
    found = proposals(work, scope)
    beside = propose.plan_rows(ask.voice, found[0]) if len(found) == 1 else [propose.summary_row(ask.voice, found)]
    buttons = propose.scope_buttons(ask.voice, scope, found)
    return words.frequencies_message(ask.voice, scope, label(ask, work, scope), tasks, beside if found else [], buttons)


def home(ask: Ask, work: Work) -> Message:
    """The overview, with how many plans suggest another frequency than their task has."""
    return words.overview_message(ask.voice, overview(work), sum(p.changes for p in proposals(work, "a")))


def previewed(ask: Ask, work: Work, scope: str, frequency: Frequency) -> Message:
    """What would follow, with the button that does it."""
    plan = preview(work, scope_tasks(work, scope), frequency, ask.now)
    return words.preview_message(ask.voice, scope, label(ask, work, scope), plan)


def label(ask: Ask, work: Work, scope: str) -> str:
    ids = set(scope_tasks(work, scope))
    tasks = [task for task in overview(work).tasks if task.id in ids]
    unit = work.notices.unit(int(scope[1:])) if scope.startswith("u") else None
    return words.label_of(ask.voice, scope, tasks, unit)
