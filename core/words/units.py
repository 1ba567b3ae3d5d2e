"""Knows how renaming, merging and splitting a unit read: the list, the previews, what is done, what people hear."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from core.rules.office import Office
from core.rules.tasks import Task, Unit, short
from core.rules.units import Changed, Holding
from core.words import terms
from core.words.html import Html, bold, lines
from core.words.message import Button, Message, fit_label
from core.words.paging import paged, turning
from core.words.voice import Voice
from core.work_history import Event

PAGE = 8
_EVENTS = ("unit_renamed", "unit_merged", "unit_split")


def list_message(said: Voice, units: Sequence[Unit], page: int, to: int = 0) -> Message:
    """Every unit as a button; with `to`, the unit that goes into the one chosen."""
    shown, page, pages = paged(units, page, PAGE)
    verb = f"us:mt:{to}" if to else "us:u"
    rows: list[tuple[Button, ...]] = [(Button(fit_label(u.name), f"{verb}:{u.id}"),) for u in shown]
    rows += turning(said, f"us:mp:{to}" if to else "us:p", page, pages)
    head = said("units.merge_into") if to else said("units.list", n=len(units))
    return Message(lines(head, None if to else said("units.usage")), tuple(rows))


def card_message(said: Voice, office: Office, found: Holding, events: Sequence[Event]) -> Message:
    """One unit, what hangs on it, what it was called, and what can be done."""
    unit = found.unit
    rows: list[object] = [bold(unit.name), _counts(said, found)]
    if found.former:
        rows.append(said("units.former", names=said.plain("terms.comma").join(found.former)))
    for event in [event for event in events if event.what in _EVENTS][-5:]:
        rows.append(
            said(
                f"units.{event.what}",
                at=terms.full_day(said, office.local(event.at).date()),
                who=event.person or said.plain("tasks.system"),
                old=event.data.get("old", ""),
                value=event.data.get("value", ""),
            )
        )
    buttons = (
        (Button(said.plain("units.rename"), f"us:n:{unit.id}"),),
        (Button(said.plain("units.merge"), f"us:m:{unit.id}"), Button(said.plain("units.split"), f"us:s:{unit.id}")),
    )
    return Message(lines(*rows), buttons)


def ask_message(said: Voice, what: str, unit: Unit) -> Message:
    """The new name is typed."""
    return Message(said(f"units.ask_{what}", unit=unit.name))


def choose_tasks(
    said: Voice, unit: Unit, name: str, tasks: Sequence[Task], chosen: Collection[int], page: int
) -> Message:
    """Which tasks go to the new unit: each press puts one in or takes it out."""
    shown, page, pages = paged(tasks, page, PAGE)
    rows: list[tuple[Button, ...]] = []
    for task in shown:
        mark = "☑" if task.id in chosen else "☐"
        rows.append((Button(fit_label(f"{mark} {task.ref} {short(task.content, 14)}"), f"us:t:{task.id}:{page}"),))
    rows += turning(said, "us:tp", page, pages)
    if chosen:
        rows.append((Button(said.plain("units.next", n=len(chosen)), "us:v"),))
    rows.append((Button(said.plain("units.cancel"), "us:no"),))
    return Message(said("units.which_tasks", unit=unit.name, name=name, n=len(chosen)), tuple(rows))


def preview_message(said: Voice, what: str, found: Holding, value: str, extra: Sequence[object], mark: str) -> Message:
    """What a confirmation does; nothing is changed before."""
    rows = [bold(said(f"units.preview_{what}", unit=found.unit.name, value=value)), *extra, said(f"units.after_{what}")]
    buttons = ((Button(said.plain("units.confirm"), f"us:ok:{mark}"), Button(said.plain("units.cancel"), "us:no")),)
    return Message(lines(*rows), buttons)


def split_preview(
    said: Voice, found: Holding, name: str, tasks: Sequence[Task], with_people: bool, mark: str
) -> Message:
    """The split with its tasks, and whether the old unit's people serve the new one for the time being."""
    refs = said.plain("terms.comma").join(task.ref for task in tasks)
    people = said.plain("terms.comma").join(person.name for person in found.people)
    key = "units.people_both" if with_people and people else "units.people_none"
    made = preview_message(
        said, "split", found, name, (said("units.tasks_go", refs=refs), said(key, people=people)), mark
    )
    other = Button(said.plain("units.people_off" if with_people else "units.people_on"), "us:w")
    return Message(made.text, ((other,), *made.buttons) if people else made.buttons)


def merge_rows(said: Voice, source: Holding, target: Holding) -> list[Html]:
    both = {task.id for task in source.tasks} & {task.id for task in target.tasks}
    rows = [said("units.merge_goes", tasks=len(source.tasks), open=source.open, people=len(source.people))]
    return rows + ([said("units.merge_both", n=len(both))] if both else [])


def done_message(said: Voice, what: str, old: str, done: Changed) -> Message:
    """What was done, who is told, and the way to a contact where there is none."""
    rows: list[object] = [
        bold(said(f"units.done_{what}", unit=old, value=done.unit.name, tasks=done.tasks, open=done.open))
    ]
    if done.folded:
        rows.append(said("units.folded", n=done.folded))
    rows.append(said("units.told", n=done.told))
    buttons: tuple[tuple[Button, ...], ...] = ()
    if done.nobody:
        rows.append(said("units.nobody", units=said.plain("terms.comma").join(done.nobody)))
        buttons = ((Button(said.plain("units.invite"), f"invite:contact:{done.unit.id}"),),)
    return Message(lines(*rows), buttons)


def told(said: Voice, what: str, names: tuple[str, str], owed: int, refs: Sequence[str]) -> Message:
    """What the people of the units concerned hear."""
    tasks = said.plain("terms.comma").join(refs)
    text = said(f"units.told_{what}", old=names[0], value=names[1], n=owed, refs=tasks)
    buttons = (Button(said.plain("help.key_tasks"), "tasks:new"), Button(said.plain("help.key_report"), "fills:new"))
    return Message(text, (buttons,))


def _counts(said: Voice, found: Holding) -> Html:
    people = said.plain("terms.comma").join(person.name for person in found.people) or said.plain("units.no_people")
    return said("units.counts", tasks=len(found.tasks), open=found.open, people=people)
