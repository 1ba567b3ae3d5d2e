"""/units: a supervisor renames, merges or splits a unit, after a preview."""

from typing import Any

from core.cases import units as case
from core.cases.adjust import unit_named
from core.cases.problem import Problem
from core.rules.reports import Talk
from core.rules.tasks import Unit
from core.words import units as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command, conversation

TALK = "units"
_VERBS = {
    "改名": "rename", "更名": "rename", "rename": "rename",
    "合并": "merge", "并入": "merge", "merge": "merge",
    "拆分": "split", "拆出": "split", "split": "split",
}  # fmt: skip


@command("units", words=("单位调整", "Units"), past="free")
def units(ask: Ask, work: Work) -> Reply:
    """/units, /units 区经信局, /units 改名 旧 新, /units 合并 甲 乙, /units 拆分 甲 新"""
    if not ask.words:
        return Reply.say(words.list_message(ask.voice, _units(work), 0))
    verb = _VERBS.get(ask.words[0].lower())
    if verb and ask.then:
        raise Problem("as_of.not_this")
    if verb is None:
        return Reply.say(_card(ask, work, unit_named(work, ask.args).id))
    if len(ask.words) < 3:
        raise Problem("units.how")
    unit, value = unit_named(work, ask.words[1]), " ".join(ask.words[2:])
    if verb == "merge":
        return Reply.say(_merge(ask, work, unit.id, unit_named(work, value).id))
    return Reply.say(_named(ask, work, verb, unit.id, value))


@button("us", action="units", past=("p", "u"))
def press(ask: Ask, work: Work) -> Reply:
    """us:p:<page>, us:u:<unit> card, us:n rename, us:m merge, us:mp:<unit>:<page>, us:mt:<unit>:<other>, us:s split,
    us:t:<task>:<page> a task in or out, us:tp:<page>, us:v preview, us:w people, us:ok:<preview>, us:no"""
    match ask.fields:
        case ["p", page]:
            return Reply(edit=words.list_message(ask.voice, _units(work), int(page)))
        case ["u", number]:
            return Reply(edit=_card(ask, work, int(number)))
        case ["n" | "s" as which, number]:
            return Reply(edit=_ask_name(ask, work, "rename" if which == "n" else "split", int(number)))
        case ["m", number] | ["mp", number, _]:
            case.holding(work, int(number))
            others = [unit for unit in _units(work) if unit.id != int(number)]
            turned = int(ask.fields[2]) if len(ask.fields) > 2 else 0
            return Reply(edit=words.list_message(ask.voice, others, turned, int(number)))
        case ["mt", number, other]:
            return Reply(edit=_merge(ask, work, int(number), int(other)))
        case ["t" | "tp" | "v" | "w", *_]:
            return Reply(edit=_split(ask, work))
        case ["ok", mark]:
            return Reply(edit=_confirm(ask, work, mark))
        case ["no"]:
            work.talks.end(ask.person.id, TALK)
            return Reply(edit=Message(ask.voice("units.cancelled")))
    raise Problem("help.old_button")


@conversation(TALK, action="units")
def typed(ask: Ask, work: Work) -> Reply:
    """The new name; one that can't be used leaves the question open."""
    data = _kept(ask, work)
    return Reply.say(_named(ask, work, data["what"], data["unit"], ask.text))


def _ask_name(ask: Ask, work: Work, what: str, number: int) -> Message:
    found = case.holding(work, number)
    if what == "split" and len(found.tasks) < 2:
        raise Problem("units.one_task", unit=found.unit.name)
    work.talks.put(ask.person.id, Talk(TALK, "name", {"what": what, "unit": number}), ask.now)
    return words.ask_message(ask.voice, what, found.unit)


def _named(ask: Ask, work: Work, what: str, number: int, text: str) -> Message:
    """The name is there: a preview of the new name, or the tasks that go to the new unit."""
    found = case.holding(work, number)
    name = case.new_name(work, text)
    if what == "rename":
        mark = _keep(ask, work, {"what": what, "unit": number, "value": name, "old": found.unit.name})
        return words.preview_message(ask.voice, what, found, name, (), mark)
    if len(found.tasks) < 2:
        raise Problem("units.one_task", unit=found.unit.name)
    data = {"what": what, "unit": number, "value": name, "old": found.unit.name, "tasks": [], "people": True}
    _keep(ask, work, data)
    return words.choose_tasks(ask.voice, found.unit, name, found.tasks, (), 0)


def _merge(ask: Ask, work: Work, number: int, other: int) -> Message:
    if number == other:
        raise Problem("units.same")
    source, target = case.holding(work, number), case.holding(work, other)
    mark = _keep(ask, work, {"what": "merge", "unit": number, "other": other, "old": source.unit.name})
    rows = words.merge_rows(ask.voice, source, target)
    return words.preview_message(ask.voice, "merge", source, target.unit.name, rows, mark)


def _split(ask: Ask, work: Work) -> Message:
    """Chooses tasks by their buttons, then shows what a confirmation does."""
    data = _kept(ask, work)
    if data.get("what") != "split" or "tasks" not in data:
        raise Problem("units.changed")
    found = case.holding(work, data["unit"])
    verb = ask.fields[0]
    chosen = [number for number in data["tasks"] if any(task.id == number for task in found.tasks)]
    if verb == "t":
        number = int(ask.fields[1])
        chosen = [n for n in chosen if n != number] if number in chosen else [*chosen, number]
    people = not data["people"] if verb == "w" else data["people"]
    mark = _keep(ask, work, {**data, "tasks": chosen, "people": people})
    if verb in ("t", "tp"):
        page = int(ask.fields[-1])
        return words.choose_tasks(ask.voice, found.unit, data["value"], found.tasks, chosen, page)
    if not chosen:
        raise Problem("units.no_tasks")
    if len(chosen) == len(found.tasks):
        raise Problem("units.all_tasks")
    tasks = [task for task in found.tasks if task.id in chosen]
    return words.split_preview(ask.voice, found, data["value"], tasks, people, mark)


def _confirm(ask: Ask, work: Work, mark: str) -> Message:
    """Does exactly what the preview showed. Raises Problem where it was used, or another supervisor was faster."""
    data = _kept(ask, work)
    if data.get("mark") != mark or case.holding(work, data["unit"]).unit.name != data["old"]:
        raise Problem("units.changed")
    work.talks.end(ask.person.id, TALK)
    what, number = data["what"], data["unit"]
    if what == "rename":
        done = case.rename(work, number, data["value"], ask.person, ask.now)
    elif what == "merge":
        done = case.merge(work, number, data["other"], ask.person, ask.now)
    else:
        done = case.split(work, number, data["value"], data["tasks"], data["people"], ask.person, ask.now)
    return words.done_message(ask.voice, what, data["old"], done)


def _card(ask: Ask, work: Work, number: int) -> Message:
    found = case.holding(work, number)
    return words.card_message(ask.voice, ask.office, found, work.history.of("unit", number))


def _keep(ask: Ask, work: Work, data: dict[str, Any]) -> str:
    """Keeps what is being prepared; its mark names the preview in the button."""
    mark = f"{ask.source.message_id}-{ask.source.update_id}"
    work.talks.put(ask.person.id, Talk(TALK, "preview", {**data, "mark": mark}), ask.now, awaits=False)
    return mark


def _kept(ask: Ask, work: Work) -> dict[str, Any]:
    talk = work.talks.get(ask.person.id, TALK)
    if talk is None:
        raise Problem("units.changed")
    return talk.data


def _units(work: Work) -> list[Unit]:
    return [unit for unit in work.notices.units() if not unit.group]
