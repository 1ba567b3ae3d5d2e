"""Knows how progress reads: overall, for one unit, for one leader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from core.rules.lights import Light, TaskLight
from core.rules.obligations import Kind, Obligation
from core.rules.overdue import Filters, leader_mark
from core.rules.people import Person, Role
from core.rules.summary import Figures, Summary
from core.rules.tasks import Leader, Task, Unit, short
from core.words import lights as light_words
from core.words import terms
from core.words.html import Html, bold, lines
from core.words.message import Button, Message
from core.words.overdue import item, leader_name
from core.words.paging import paged, turning
from core.words.voice import Voice

UNITS = 10
"""Units on one screen; each is a button."""

LISTED = 6
"""Open items of each sort on a unit's card; the rest is a number."""

TASKS = 12
"""Tasks on one page of a leader's card."""

REFS = 5
"""Task buttons side by side."""


def progress_message(
    said: Voice, summary: Summary, at: datetime, office: bool, leaders: bool, lights: Mapping[Light, int]
) -> Message:
    """The figures by stage and by leader, at the local time of asking. `leaders`: the asker may open their cards."""
    if not summary.total.all:
        return Message(lines(said("progress.title", at=terms.moment(said, at)), _empty(said, summary)))
    rows: list[object] = [said("progress.title", at=terms.moment(said, at)), counts(said, summary.total)]
    rows.append(light_words.counts_of(said, lights))
    years = sum(sample.kind is Kind.PLAN for sample, _ in summary.stages) > 1
    rows += [stage_row(said, sample, f, years) for sample, f in summary.stages]
    if len(summary.leaders) > 1:
        rows += ["", bold(said("progress.by_leader"))]
    rows += [leader_row(said, leader, f) for leader, f in summary.leaders]
    row = [
        Button(said.plain("progress.units"), "pg:units:0"),
        Button(said.plain("progress.overdue"), f"od:p:{Filters().pack()}"),
    ]
    choose = [Button(said.plain("progress.leaders"), "pg:leaders")] if leaders else []
    if office:
        choose.append(Button(said.plain("progress.summary"), "sm:see"))
    return Message(lines(*rows), tuple(tuple(r) for r in (row, choose) if r))


def group_message(said: Voice, summary: Summary, at: datetime, lights: Mapping[Light, int]) -> Message:
    """The short form for a group: figures only."""
    message = progress_message(said, summary, at, office=False, leaders=False, lights=lights)
    return Message(message.text)


def _empty(said: Voice, summary: Summary) -> Html:
    if summary.coming:
        due, n = summary.coming
        return said("progress.nothing_yet", due=terms.day(said, due), n=n)
    return said("progress.nothing")


def counts(said: Voice, f: Figures) -> Html:
    return said("progress.counts", all=f.all, done=f.done, waiting=f.waiting, overdue=f.overdue)


def stage_row(said: Voice, sample: terms.Named, f: Figures, years: bool = False) -> Html:
    """推进计划：应报82，已报70 · 待报0 · 逾期12; `years`: plans of several years are told apart."""
    what = terms.stage(said, sample)
    if years and sample.kind is Kind.PLAN:
        what = said.plain("progress.of_year", year=sample.period, what=what)
    return said("progress.stage", what=what, all=f.all, done=f.done, waiting=f.waiting, overdue=f.overdue)


def leader_row(said: Voice, leader: Leader | None, f: Figures) -> Html:
    return said(
        "progress.leader", name=leader_name(said, leader), done=f.done, waiting=f.waiting, overdue=f.overdue, all=f.all
    )


def units_message(said: Voice, units: Sequence[tuple[int, str, Figures]], page: int) -> Message:
    """The units in the order of the notice, each a button with its figures."""
    shown, page, pages = paged(units, page, UNITS)
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                said.plain("progress.unit_button", name=short(name, 20), done=f.done, all=f.all, overdue=f.overdue)
                if f.overdue
                else said.plain("progress.unit_button_fine", name=short(name, 20), done=f.done, all=f.all),
                f"pg:unit:{unit_id}",
            ),
        )
        for unit_id, name, f in shown
    ]
    rows += turning(said, "pg:units", page, pages)
    rows.append((Button(said.plain("progress.back"), "pg:home"),))
    return Message(said("progress.units_title", n=len(units)), tuple(rows))


def leaders_message(said: Voice, leaders: Sequence[Leader]) -> Message:
    """The leaders as buttons."""
    buttons = [Button(leader.label, f"pg:leader:{leader_mark(leader)}:0") for leader in leaders]
    rows = [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
    return Message(said("progress.choose_leader"), (*rows, (Button(said.plain("progress.back"), "pg:home"),)))


def which(said: Voice, units: Sequence[Unit], leaders: Sequence[Leader]) -> Message:
    """Several names fit, or these come near to what was typed."""
    rows = [(Button(leader.label, f"pg:leader:{leader_mark(leader)}:0"),) for leader in leaders]
    rows += [(Button(short(unit.name, 24), f"pg:unit:{unit.id}"),) for unit in units]
    return Message(said("overdue.which"), tuple(rows))


def near(said: Voice, text: str, units: Sequence[Unit], leaders: Sequence[Leader]) -> Message:
    """Nothing fits; what looks like it is offered."""
    if not units and not leaders:
        return Message(
            said("overdue.unknown", text=text[:30]), ((Button(said.plain("progress.units"), "pg:units:0"),),)
        )
    return Message(said("overdue.near", text=text[:30]), which(said, units, leaders).buttons)


def unit_message(
    said: Voice,
    unit: Unit,
    people: Sequence[Person],
    leading: Sequence[Task],
    assisting: Sequence[Task],
    total: Figures,
    late: Sequence[Obligation],
    waiting: Sequence[Obligation],
    day: date,
    office: bool,
    lights: Mapping[int, TaskLight],
) -> Message:
    """A unit's card: who is there, what it leads with its lights, what is open. `office` adds the urging button."""
    rows: list[object] = [bold(unit.name)]
    rows += [_people(said, unit, people, role) for role in (Role.CONTACT, Role.HEAD) if _wanted(people, unit, role)]
    rows.append(said("progress.tasks", leading=len(leading), assisting=len(assisting)))
    rows.append(counts(said, total) if total.all else said("progress.unit_nothing"))
    rows.append(light_words.counts(said, lights.values()))
    lit = [task for task in leading if task.id in lights and lights[task.id].light is not Light.NONE]
    rows += [
        said("progress.unit_light", ref=t.ref, content=short(t.content, 14), light=light_words.mark(said, lights[t.id]))
        for t in lit[:TASKS]
    ]
    if len(lit) > TASKS:
        rows.append(said("progress.more", n=len(lit) - TASKS))
    for key, items in (("progress.late", late), ("progress.waiting", waiting)):
        if items:
            rows.append(bold(said(key, n=len(items))))
            rows += [item(said, o, day) for o in items[:LISTED]]
        if len(items) > LISTED:
            rows.append(said("progress.more", n=len(items) - LISTED))
    buttons: list[tuple[Button, ...]] = []
    if office and late:
        buttons.append((Button(said.plain("progress.urge", n=len(late)), f"ug:see:{Filters(unit=unit.id).pack()}"),))
    tasks = dict.fromkeys([(o.task_id, o.ref) for o in (*late, *waiting)] + [(task.id, task.ref) for task in leading])
    history = (Button(said.plain("history.unit_button"), f"hs:u:{unit.id}:0"),)
    return Message(lines(*rows), (*buttons, *_refs(list(tasks)[: 2 * REFS]), history))


def leader_message(
    said: Voice,
    leader: Leader,
    total: Figures,
    tasks: Sequence[tuple[Task, Figures]],
    page: int,
    lights: Mapping[int, TaskLight],
) -> Message:
    """A leader's card: figures, then each task with its lead unit, its light and what it owes."""
    shown, page, pages = paged(tasks, page, TASKS)
    rows: list[object] = [said("progress.leader_title", name=leader.label, n=len(tasks), page=page + 1, pages=pages)]
    rows.append(counts(said, total) if total.all else said("progress.unit_nothing"))
    rows.append(light_words.counts(said, lights.values()))
    for task, f in shown:
        units = said.plain("terms.comma").join(unit.name for unit in task.leads) or said.plain("progress.no_lead")
        rows.append(
            said(
                "progress.task",
                ref=task.ref,
                content=short(task.content, 14),
                units=units,
                state=_light(said, f, lights.get(task.id)),
            )
        )
    buttons = _refs((task.id, task.ref) for task, _ in shown)
    if total.overdue:
        key = Filters(leader=leader_mark(leader)).pack()
        buttons.append((Button(said.plain("progress.overdue"), f"od:n:{key}"),))
    buttons += turning(said, f"pg:leader:{leader_mark(leader)}", page, pages)
    return Message(lines(*rows), tuple(buttons))


def _light(said: Voice, f: Figures, light: TaskLight | None) -> str:
    """🟡 滞后 · ○ 待报1: the light, and behind it what is owed just now where that isn't what the light says."""
    if light is None or light.light is Light.NONE:
        return _state(said, f)
    mark = light_words.mark(said, light)
    return said.plain("progress.light_and", light=mark, state=_state(said, f)) if f.open else mark


def _state(said: Voice, f: Figures) -> str:
    """A light in words: 逾期 / 待报 / 已报 / 暂无应报"""
    if not f.all:
        return said.plain("progress.light_none")
    key = "late" if f.overdue else "waiting" if f.waiting else "done"
    return said.plain(f"progress.light_{key}", n=f.overdue or f.waiting or f.done)


def _wanted(people: Sequence[Person], unit: Unit, role: Role) -> bool:
    """A missing contact is worth a line, a missing head is not."""
    return role is Role.CONTACT or bool(_holders(people, unit, role))


def _named(said: Voice, person: Person) -> str:
    if person.unreachable:
        return said.plain("progress.person_lost", name=person.name)
    if person.away:
        return said.plain("progress.person_away", name=person.name, until=terms.day(said, person.away, weekday=False))
    return person.name


def _people(said: Voice, unit: Unit, people: Sequence[Person], role: Role) -> Html:
    names = [_named(said, person) for person in _holders(people, unit, role)]
    if not names:
        return said("progress.nobody")
    return said(f"progress.{role}", names=said.plain("terms.comma").join(names))


def _holders(people: Sequence[Person], unit: Unit, role: Role) -> list[Person]:
    return [p for p in people if any(post.role is role and post.unit_id == unit.id for post in p.posts)]


def _refs(tasks: Iterable[tuple[int, str]]) -> list[tuple[Button, ...]]:
    """(id, ref) of tasks, each once, as buttons."""
    cells = [Button(ref, f"task:i{number}") for number, ref in dict.fromkeys(tasks)]
    return [tuple(cells[start : start + REFS]) for start in range(0, len(cells), REFS)]
