"""Knows how putting a round of inspection together reads, and what the units are told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from core.rules.inspection import Candidate, Draft, Round
from core.rules.office import Office
from core.rules.people import Person
from core.rules.periods import Frequency
from core.rules.tasks import Leader, Task, Unit, short
from core.words import terms
from core.words.classify import FREQUENCIES
from core.words.html import Html, bold, cut, lines, quote
from core.words.message import Button, Message, fit_label
from core.words.paging import paged, turning
from core.words.voice import Voice

PAGE = 8
"""Tasks, units or leaders on one screen."""

LISTED = 20
"""Lines of a list within a message."""

_LETTER = {frequency: letter for letter, frequency in FREQUENCIES.items()}


def name(said: Voice, found: Round) -> str:
    """2023年第2轮督查（3月20日）"""
    return said.plain("inspect.name", year=found.year, n=found.number, day=terms.day(said, found.day, weekday=False))


# -- which tasks -----------------------------------------------------------------------------------------------------


def scopes_message(said: Voice, counts: Mapping[Frequency, int], proposed: int, rounds: int) -> Message:
    """What shall be inspected: a category, what is proposed, a leader, a unit, chosen tasks."""
    cells = [
        Button(said.plain("inspect.category", name=terms.frequency(said, f.value), n=n), f"in:s:a:{_LETTER[f]}")
        for f, n in counts.items()
        if n
    ]
    buttons: list[tuple[Button, ...]] = [tuple(cells[start : start + 2]) for start in range(0, len(cells), 2)]
    if proposed:
        buttons.append((Button(said.plain("inspect.proposed", n=proposed), "in:s:p:"),))
    buttons.append(
        (
            Button(said.plain("classify.by_leader"), "in:L:0"),
            Button(said.plain("classify.by_unit"), "in:U:0"),
            Button(said.plain("inspect.everything"), "in:s:a:"),
        )
    )
    if rounds:
        buttons.append((Button(said.plain("inspect.rounds", n=rounds), "ir:list:0"),))
    return Message(said("inspect.which"), tuple(buttons))


def leaders_message(said: Voice, leaders: Sequence[tuple[Leader, list[Task]]], page: int) -> Message:
    rows = [(leader.label, f"l{tasks[0].id}", len(tasks)) for leader, tasks in leaders]
    return _choices(said, said("classify.choose_leader"), "L", rows, page)


def units_message(said: Voice, units: Sequence[tuple[Unit, list[Task]]], page: int) -> Message:
    rows = [(unit.name, f"u{unit.id}", len(tasks)) for unit, tasks in units]
    return _choices(said, said("classify.choose_unit"), "U", rows, page)


def _choices(said: Voice, title: Html, verb: str, rows: Sequence[tuple[str, str, int]], page: int) -> Message:
    shown, page, pages = paged(rows, page, PAGE)
    buttons: list[tuple[Button, ...]] = [
        (Button(fit_label(said.plain("classify.choice", name=label, n=n)), f"in:s:{scope}:"),)
        for label, scope, n in shown
    ]
    buttons += turning(said, f"in:{verb}", page, pages)
    return Message(title, (*buttons, (Button(said.plain("inspect.back"), "in:home"),)))


def choose_message(said: Voice, draft: Draft, found: Sequence[Candidate], page: int) -> Message:
    """The tasks of the scope with why they are proposed; a press ticks or unticks."""
    shown, page, pages = paged(found, page, PAGE)
    chosen = set(draft.chosen)
    proposed = sum(c.proposed for c in found)
    rows: list[object] = [
        said("inspect.choose", n=len(found), chosen=len(chosen & {c.task.id for c in found}), proposed=proposed),
        said("inspect.why_proposed") if proposed else said("inspect.none_proposed"),
    ]
    buttons: list[tuple[Button, ...]] = []
    for candidate in shown:
        on = candidate.task.id in chosen
        mark = "☑" if on else "☐" if candidate.units else "－"
        parts = [mark, candidate.task.ref, *(said.plain(f"inspect.reason_{why}") for why in candidate.reasons)]
        if candidate.elsewhere is not None:
            parts.append(said.plain("inspect.in_round", n=candidate.elsewhere))
        label = fit_label(" ".join([*parts, short(candidate.task.content, 14)]))
        buttons.append((Button(label, f"in:t:{draft.mark}:{page}:{candidate.task.id}:{int(not on)}"),))
    buttons += turning(said, f"in:c:{draft.mark}", page, pages)
    buttons.append(
        (
            Button(said.plain("inspect.all"), f"in:t:{draft.mark}:{page}:a:1"),
            Button(said.plain("inspect.none"), f"in:t:{draft.mark}:{page}:a:0"),
        )
    )
    buttons.append(
        (
            Button(said.plain("inspect.back"), "in:home"),
            Button(said.plain("inspect.next", n=len(chosen)), f"in:d:{draft.mark}"),
        )
    )
    return Message(lines(*rows), tuple(buttons))


def listed_message(said: Voice, scope: str, letter: str, found: Sequence[Candidate], page: int) -> Message:
    """The tasks of the scope with why each was proposed, as lines to read."""
    shown, page, pages = paged(found, page, LISTED)
    comma = said.plain("terms.comma")
    rows: list[object] = [said("inspect.then", n=len(found), proposed=sum(c.proposed for c in found))]
    for candidate in shown:
        why = [said.plain(f"inspect.reason_{each}") for each in candidate.reasons]
        if candidate.elsewhere is not None:
            why.append(said.plain("inspect.in_round", n=candidate.elsewhere))
        task = candidate.task
        key = "inspect.then_row" if why else "inspect.task_row"
        rows.append(said(key, ref=task.ref, why=comma.join(why), content=short(task.content, 20)))
    return Message(lines(*rows), turning(said, f"in:then:{scope}:{letter}", page, pages))


# -- day and what to have ready --------------------------------------------------------------------------------------


def day_message(said: Voice, prefix: str, days: Sequence[date], back: str) -> Message:
    """On which day? A button for the next working days, else the next text. `prefix` begins the buttons' actions."""
    cells = [Button(terms.day(said, day), f"{prefix}:{day:%Y%m%d}") for day in days]
    rows = tuple(tuple(cells[start : start + 2]) for start in range(0, len(cells), 2))
    return Message(said("inspect.which_day"), (*rows, (Button(said.plain("inspect.back"), back),)))


def day_off_message(said: Voice, prefix: str, day: date, before: date | None, after: date) -> Message:
    """The day named is a day off: which one is meant?"""
    cells = [
        Button(said.plain("inspect.on_day", day=terms.day(said, d)), f"{prefix}:{d:%Y%m%d}")
        for d in (before, after)
        if d
    ]
    keep = (Button(said.plain("inspect.keep_day", day=terms.day(said, day)), f"{prefix}:{day:%Y%m%d}:x"),)
    return Message(said("inspect.day_off", day=terms.day(said, day)), (*((cell,) for cell in cells), keep))


def ready_message(said: Voice, draft: Draft) -> Message:
    """What the units are to have ready: the next text, or the usual."""
    usual = said.plain("inspect.usual")
    return Message(
        lines(said("inspect.which_ready"), quote(usual)),
        ((Button(said.plain("inspect.take_usual"), f"in:r:{draft.mark}"),),),
    )


# -- preview ---------------------------------------------------------------------------------------------------------


def preview_message(
    said: Voice,
    office: Office,
    draft: Draft,
    stops: Sequence[tuple[Unit, Task]],
    people: Sequence[tuple[Person, Sequence[Task]]],
    nobody: Sequence[str],
    without_unit: Sequence[Task],
    elsewhere: Sequence[Candidate],
    at: datetime,
    now: datetime,
    digest: str,
    changed: bool,
) -> Message:
    """Units, tasks, who is told when and who can't be, before anything happens."""
    assert draft.day is not None
    units: dict[str, list[str]] = {}
    for unit, task in stops:
        units.setdefault(unit.name, []).append(task.ref)
    comma = said.plain("terms.comma")
    rows: list[object] = [said("inspect.changed_meanwhile")] if changed else []
    rows += [
        said("inspect.preview", n=len({task.id for _, task in stops}), units=len(units)),
        said("inspect.day", day=terms.day(said, draft.day)),
        said("inspect.ready", ready=draft.ready),
    ]
    listed = [said("inspect.unit_row", unit=unit, refs=comma.join(refs)) for unit, refs in units.items()]
    rows += listed[:LISTED]
    if len(listed) > LISTED:
        rows.append(said("inspect.more_units", n=len(listed) - LISTED))
    names = comma.join(person.name for person, _ in people[:LISTED])
    if len(people) > LISTED:
        names = said.plain("inspect.and_others", names=names, n=len(people))
    when = said.plain("inspect.now") if at <= now else terms.moment(said, office.local(at))
    rows.append(said("inspect.told", n=len(people), names=names, at=when) if people else said("inspect.told_nobody"))
    if nobody:
        rows.append(said("inspect.nobody", units=comma.join(nobody)))
    if without_unit:
        rows.append(said("inspect.without_unit", refs=comma.join(task.ref for task in without_unit)))
    if elsewhere:
        refs = comma.join(said.plain("inspect.ref_in", ref=c.task.ref, n=c.elsewhere) for c in elsewhere[:LISTED])
        rows.append(said("inspect.elsewhere", refs=refs))
    rows += [said("calendar.year_unknown", year=draft.day.year)] if not office.calendar.knows(draft.day.year) else []
    buttons = (
        (Button(said.plain("inspect.open"), f"in:ok:{draft.mark}:{digest}"),),
        (
            Button(said.plain("inspect.change_tasks"), f"in:c:{draft.mark}:0"),
            Button(said.plain("inspect.change_day"), f"in:d:{draft.mark}"),
            Button(said.plain("inspect.change_ready"), f"in:R:{draft.mark}"),
        ),
        (Button(said.plain("inspect.give_up"), "in:no"),),
    )
    return Message(lines(*rows), buttons)


# -- what the units are told -----------------------------------------------------------------------------------------


def called_message(said: Voice, found: Round, tasks: Sequence[Task], confirmed: bool = False) -> Message:
    """All that one person is to expect: the day, their tasks, what to have ready; one button confirms it."""
    rows: list[object] = [
        said("inspect.called", day=terms.day(said, found.day), n=len(tasks)),
        *(said("inspect.task_row", ref=task.ref, content=short(task.content, 24)) for task in tasks[:LISTED]),
    ]
    if len(tasks) > LISTED:
        rows.append(said("inspect.more_tasks", n=len(tasks) - LISTED))
    rows += [said("inspect.have_ready", ready=found.ready), said("inspect.confirmed" if confirmed else "inspect.how")]
    button = () if confirmed else ((Button(said.plain("inspect.confirm"), f"inspected:{found.id}"),),)
    return Message(lines(*rows), button)


def moved_message(said: Voice, found: Round, old: date) -> Message:
    text = said("inspect.moved", old=terms.day(said, old, weekday=False), day=terms.day(said, found.day))
    return Message(
        lines(text, said("inspect.have_ready", ready=found.ready)),
        ((Button(said.plain("inspect.confirm"), f"inspected:{found.id}"),),),
    )


def cancelled_message(said: Voice, found: Round) -> Message:
    return Message(said("inspect.cancelled", day=terms.day(said, found.day)))


def answered_message(
    said: Voice, found: Round, units: Sequence[str], who: str, text: str, files: Sequence[Any]
) -> Message:
    """What a unit wrote back to the call, as the supervisor gets it."""
    rows: list[object] = [
        said("inspect.answered", name=name(said, found), unit=said.plain("terms.comma").join(units), who=who)
    ]
    if text.strip():
        rows.append(quote(cut(text.strip(), 2_000)))
    if files:
        rows.append(said("inspect.answered_files", n=len(files)))
    return Message(lines(*rows), ((Button(said.plain("inspect.see_round"), f"ir:n:{found.id}"),),))


def opened_message(said: Voice, found: Round, told: int, nobody: Sequence[str]) -> Message:
    rows: list[object] = [bold(said("inspect.opened", name=name(said, found))), said("inspect.opened_told", n=told)]
    if nobody:
        rows.append(said("inspect.nobody", units=said.plain("terms.comma").join(nobody)))
    return Message(lines(*rows), ((Button(said.plain("inspect.see_round"), f"ir:r:{found.id}"),),))
