"""/history 2-15 | 区水利局 | 王芳: who did what when, by which message, page by page."""

from core.cases import history as case
from core.cases.naming import named
from core.cases.problem import Problem
from core.rules.refs import typed
from core.rules.tasks import Task, Unit
from core.words import history as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command

PAGE = words.PAGE


@command("history", words=("办理记录", "记录", "History"), past="either")
def history(ask: Ask, work: Work) -> Reply:
    if not ask.args:
        own = [unit for number in ask.person.unit_ids if (unit := work.notices.unit(number))]
        if not own:
            raise Problem("history.usage")
        return Reply.say(_unit(ask, work, own[0], 0) if len(own) == 1 else words.which_message(ask.voice, own, []))
    ref = typed(ask.args.split()[0])
    if (task := named(work, ask.person, ref)) is not None:
        return Reply.say(_task(ask, work, task, 0))
    if ref[:1].isdigit() and "-" in ref:
        raise Problem("tasks.unknown", ref=ref[:20])
    found = case.meant(work, ask.person, ask.args)
    if len(found.units) + len(found.people) > 1:
        return Reply.say(words.which_message(ask.voice, found.units, found.people))
    if found.units:
        return Reply.say(_unit(ask, work, found.units[0], 0))
    if found.people:
        return Reply.say(_person(ask, work, found.people[0].id, 0))
    if not found.near:
        raise Problem("history.unknown", text=ask.args[:30])
    near = words.which_message(ask.voice, found.near, [])
    return Reply.say(Message(ask.voice("history.near", text=ask.args[:30]), near.buttons))


@button("hs", action="history", past=True)
def turn(ask: Ask, work: Work) -> Reply:
    """hs:t:<task>:<page>, hs:u:<unit>:<page>, hs:p:<person>:<page>; with :e behind it turns the page where it stands"""
    match ask.fields:
        case ["t", number, page, *_] if task := work.notices.task(int(number)):
            shown = _task(ask, work, task, int(page))
        case ["u", number, page, *_] if unit := work.notices.unit(int(number)):
            shown = _unit(ask, work, unit, int(page))
        case ["p", number, page, *_]:
            shown = _person(ask, work, int(number), int(page))
        case _:
            raise Problem("help.old_button")
    return Reply(edit=shown) if ask.fields[-1] == "e" else Reply.say(shown)


def _task(ask: Ask, work: Work, task: Task, page: int) -> Message:
    return _said(ask, case.of_task(work, ask.person, task, page, PAGE), f"hs:t:{task.id}")


def _unit(ask: Ask, work: Work, unit: Unit, page: int) -> Message:
    return _said(ask, case.of_unit(work, ask.person, unit, page, PAGE), f"hs:u:{unit.id}")


def _person(ask: Ask, work: Work, person_id: int, page: int) -> Message:
    whose = case.known_person(work, person_id)
    return _said(ask, case.of_person(work, ask.person, whose, page, PAGE), f"hs:p:{whose.id}")


def _said(ask: Ask, shown: case.Shown, button: str) -> Message:
    facts = (shown.refs, shown.names, shown.quotes)
    return words.history_message(ask.voice, ask.office, shown.title, shown.found, button, *facts)
