"""Figures against targets: confirmed by a press, corrected by a press or by typing."""

from core.cases import figures
from core.cases.problem import Problem
from core.cases.report import by_task, open_now, stored
from core.rules.figures_said import Sense
from core.rules.reports import Report, Talk
from core.words import figures as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.conversations.report import stored_screen, text
from handlers.registry import button, conversation

TALK = "figure"
LONGEST = 40
"""Characters of a typed figure; a longer text is no answer to the question for one."""

_SENSES = {"t": Sense.TOTAL, "s": Sense.STEP}


@button("fg", action="figures")
def press(ask: Ask, work: Work) -> Reply:
    """fg:ok:<report> all is right, v:<figure>:<choice>:<t|s>, fix:<report>, one:<figure>, no:<figure>, task:<task>"""
    match ask.fields:
        case ["ok", number]:
            done = figures.confirm(work, ask.person, int(number), ask.now)
            return Reply(edit=_again(ask, work, done), toast=ask.voice.plain("figures.confirmed"))
        case ["v", number, choice, sense] if sense in _SENSES:
            found = figures.choose(work, ask.person, int(number), int(choice), _SENSES[sense], ask.now)
            work.talks.end(ask.person.id, TALK)
            return Reply(edit=_again(ask, work, found), toast=ask.voice.plain("figures.confirmed"))
        case ["fix", number]:
            return _which(ask, work, int(number))
        case ["one", number]:
            return _ask_for(ask, work, int(number))
        case ["no", number]:
            work.talks.end(ask.person.id, TALK)
            return Reply(edit=words.done_message(ask.voice, figures.refuse(work, ask.person, int(number), ask.now)))
        case ["task", number] if task := work.notices.task(int(number)):
            seen = [u for u in figures.of_task(work, task) if ask.person.supervises or _own(ask, u.figure.unit_id)]
            return Reply.say(words.task_message(ask.voice, task, seen))
    raise Problem("help.old_button")


@conversation(TALK, action="figures")
def typed(ask: Ask, work: Work) -> Reply:
    """The figure that a person types; what can't be read is said, and the next text is tried again."""
    talk = work.talks.get(ask.person.id, TALK)
    assert talk is not None
    if not ask.text.strip():
        raise Problem("report.no_text")
    named = by_task(ask.text, open_now(work, ask.person, ask.now), ask.today)
    if named or len(ask.text) > LONGEST:
        # Something else is meant: a report that names its task, or more words than a figure takes.
        work.talks.end(ask.person.id, TALK)
        return text(ask, work)
    seen = figures.correct(work, ask.person, talk.data["figure"], ask.text, ask.now)
    work.talks.end(ask.person.id, TALK)
    return Reply.say(words.done_message(ask.voice, seen))


def _which(ask: Ask, work: Work, report_id: int) -> Reply:
    report = work.reports.get(report_id)
    seen = figures.understood(work, [report]).get(report_id, []) if report else []
    if not seen:
        raise Problem("figures.gone")
    if len(seen) == 1:
        return _ask_for(ask, work, seen[0].figure.id)
    figures.one(work, ask.person, seen[0].figure.id)
    return Reply.say(words.which_message(ask.voice, seen))


def _ask_for(ask: Ask, work: Work, figure_id: int) -> Reply:
    seen = figures.one(work, ask.person, figure_id)
    work.talks.put(ask.person.id, Talk(TALK, "typing", {"figure": figure_id}), ask.now)
    return Reply.say(words.ask_message(ask.voice, seen))


def _again(ask: Ask, work: Work, reports: list[Report]) -> Message:
    """The confirmation of these reports as it stands now."""
    return stored_screen(ask, work, stored(work, reports))


def _own(ask: Ask, unit_id: int) -> bool:
    return unit_id in ask.person.unit_ids
