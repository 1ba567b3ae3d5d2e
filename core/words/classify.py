"""Knows how setting reporting frequencies reads: the overview, the choices, the preview, the note to contacts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from core.rules.classification import Overview, Preview
from core.rules.periods import DueRow, Frequency
from core.rules.tasks import Leader, Task, Unit, ref_order, short
from core.words import terms
from core.words.html import Html, lines
from core.words.message import Button, Message
from core.words.paging import paged, turning
from core.words.voice import Voice

ALL = frozenset({"全部", "所有", "all"})
UNSET = frozenset({"未定", "未定的", "unset"})

PAGE = 8
"""Leaders, units or tasks on one screen."""

REFS = 12
"""Refs named in one line before it says how many more."""

_LETTER = {Frequency.MONTHLY: "m", Frequency.QUARTERLY: "q", Frequency.HALF_YEARLY: "h"}
FREQUENCIES = {letter: frequency for frequency, letter in _LETTER.items()}


def overview_message(said: Voice, known: Overview, by_plan: int = 0) -> Message:
    """How many tasks have which frequency, and the choice of what to set. `by_plan`: tasks whose plan suggests another."""
    counts = Counter(task.frequency for task in known.able if task.frequency)
    rows: list[object] = [said("classify.title", n=len(known.able), unset=len(known.unset))]
    rows += [
        said("classify.count", frequency=terms.frequency(said, f.value), n=counts[f.value])
        for f in Frequency
        if counts[f.value]
    ]
    rows += _without_lead(said, known.without_lead)
    rows += ["", said("classify.how")]
    buttons: list[tuple[Button, ...]] = [(Button(said.plain("classify.all", n=len(known.able)), "freq:s:a"),)]
    if known.unset and len(known.unset) < len(known.able):
        buttons.append((Button(said.plain("classify.unset", n=len(known.unset)), "freq:s:n"),))
    if by_plan:
        buttons.append((Button(said.plain("propose.by_plan", n=by_plan), "freq:P:a"),))
    buttons.append(
        (
            Button(said.plain("classify.by_leader"), "freq:L:0"),
            Button(said.plain("classify.by_unit"), "freq:U:0"),
            Button(said.plain("classify.by_task"), "freq:T:0"),
        )
    )
    return Message(lines(*rows), tuple(buttons))


def leaders_message(said: Voice, leaders: Sequence[tuple[Leader, list[Task]]], page: int) -> Message:
    rows = [(leader.label, f"l{tasks[0].id}", tasks) for leader, tasks in leaders]
    return _choices(said, said("classify.choose_leader"), "L", rows, page)


def units_message(said: Voice, units: Sequence[tuple[Unit, list[Task]]], page: int) -> Message:
    rows = [(unit.name, f"u{unit.id}", tasks) for unit, tasks in units]
    return _choices(said, said("classify.choose_unit"), "U", rows, page)


def tasks_message(said: Voice, tasks: Sequence[Task], page: int, marks: Mapping[int, str]) -> Message:
    """The tasks one by one with the frequency each has and what its plan suggests; a button for each."""
    shown, page, pages = paged(tasks, page, PAGE)
    rows = [
        said(
            "classify.task",
            ref=task.ref,
            content=short(task.content),
            state=terms.frequency(said, task.frequency) + marks.get(task.id, "")
            if task.leads
            else said.plain("classify.no_lead_here"),
        )
        for task in shown
    ]
    cells = [Button(task.ref, f"freq:s:t{task.id}") for task in shown if task.leads]
    buttons = [tuple(cells[start : start + 4]) for start in range(0, len(cells), 4)]
    return Message(lines(said("classify.choose_task"), *rows), (*buttons, *_foot(said, "T", page, pages)))


def frequencies_message(
    said: Voice,
    scope: str,
    label: str,
    tasks: Sequence[Task],
    beside: Sequence[Html],
    proposed: tuple[tuple[Button, ...], ...],
) -> Message:
    """Which of the three it shall be; `beside` is what the plans say, `proposed` the buttons that follow them."""
    counts = Counter(task.frequency for task in tasks if task.leads)
    now = said.plain("terms.comma").join(
        said.plain("classify.count_short", frequency=terms.frequency(said, value), n=n)
        for value, n in sorted(counts.items(), key=lambda row: row[0] or "")
    )
    choices = tuple(
        Button(terms.frequency(said, frequency.value), f"freq:p:{scope}:{letter}")
        for letter, frequency in FREQUENCIES.items()
    )
    text = lines(said("classify.choose_frequency", label=label, n=len(tasks)), said("classify.now", now=now), *beside)
    return Message(text, (*proposed, choices, (Button(said.plain("classify.back"), "freq:home"),)))


def preview_message(said: Voice, scope: str, label: str, seen: Preview) -> Message:
    """The due dates that follow and what arises and ends, before anything is changed."""
    name = terms.frequency(said, seen.frequency.value)
    rows: list[object] = [said("classify.preview", label=label, n=len(seen.tasks), frequency=name)]
    rows += [said("classify.due", period=terms.period(said, row.period.key), due=due(said, row)) for row in seen.dues]
    rows += [said("calendar.year_unknown", year=year) for year in seen.unknown_years]
    rows += ["", said("classify.arise", n=seen.arise)]
    if seen.drop:
        rows.append(said("classify.drop", n=seen.drop))
    if seen.late:
        rows.append(said("classify.late", n=seen.late))
    if seen.handed_in:
        rows.append(said("classify.handed_in", n=seen.handed_in))
    if seen.same:
        rows.append(said("classify.same", n=seen.same, frequency=name))
    rows += _without_lead(said, seen.without_lead)
    if not seen.changes:
        rows.append(said("classify.nothing_changes"))
    letter = _LETTER[seen.frequency]
    confirm = Button(said.plain("classify.confirm", frequency=name), f"freq:y:{scope}:{letter}:{seen.mark}")
    back = Button(said.plain("classify.other"), f"freq:s:{scope}")
    return Message(lines(*rows), ((confirm,), (back,)) if seen.changes else ((back,),))


def done_message(said: Voice, label: str, done: Preview, told: int, unset: int) -> Message:
    name = terms.frequency(said, done.frequency.value)
    rows: list[object] = [said("classify.done", label=label, n=len(done.tasks), frequency=name)]
    rows.append(said("classify.done_counts", arise=done.arise, drop=done.drop))
    rows.append(said("classify.told", n=told) if told else said("classify.told_nobody"))
    rows.append(said("classify.left", n=unset) if unset else said("classify.all_set"))
    more = ((Button(said.plain("classify.more"), "freq:home"),),)
    return Message(lines(*rows), more)


def told(said: Voice, tasks: Sequence[Task], next_due: date | None) -> Message:
    """What a contact reads: every frequency that their tasks have now, and the next date."""
    rows: list[object] = [said("classify.contact")]
    for frequency in Frequency:
        mine = [task for task in tasks if task.frequency == frequency.value]
        if mine:
            name = terms.frequency(said, frequency.value)
            rows.append(said("classify.contact_row", frequency=name, n=len(mine), refs=refs(said, mine)))
    if next_due:
        rows.append(said("classify.contact_next", due=terms.day(said, next_due)))
    rows.append(said("classify.contact_how"))
    return Message(lines(*rows))


def refs(said: Voice, tasks: Sequence[Task]) -> str:
    """2-1、2-3 …等 14 项"""
    listed = sorted((task.ref for task in tasks), key=ref_order)
    text = said.plain("terms.comma").join(listed[:REFS])
    return text if len(listed) <= REFS else said.plain("classify.and_more", refs=text, n=len(listed))


def label_of(said: Voice, scope: str, tasks: Sequence[Task], unit: Unit | None) -> str:
    """How a scope is called: 全部任务, 夏泉副区长牵头的任务, 区经信局牵头的任务, 2-15."""
    if scope in ("a", "n"):
        return said.plain("classify.label_all" if scope == "a" else "classify.label_unset")
    if scope.startswith("l"):
        leader = tasks[0].leader if tasks else None
        return said.plain("classify.label_of", name=leader.label if leader else said.plain("terms.no_leader"))
    if unit is not None:
        return said.plain("classify.label_of", name=unit.name)
    if len(tasks) == 1:
        return f"{tasks[0].ref} {short(tasks[0].content)}"
    return refs(said, tasks)


def _choices(said: Voice, title: Html, verb: str, rows: Sequence[tuple[str, str, list[Task]]], page: int) -> Message:
    shown, page, pages = paged(rows, page, PAGE)
    buttons = []
    for name, scope, tasks in shown:
        unset = sum(not task.frequency for task in tasks)
        key = "classify.choice_unset" if unset else "classify.choice"
        buttons.append((Button(said.plain(key, name=short(name, 20), n=len(tasks), unset=unset), f"freq:s:{scope}"),))
    return Message(title, (*buttons, *_foot(said, verb, page, pages)))


def _foot(said: Voice, verb: str, page: int, pages: int) -> tuple[tuple[Button, ...], ...]:
    back = (Button(said.plain("classify.back"), "freq:home"),)
    return (*turning(said, f"freq:{verb}", page, pages), back)


def due(said: Voice, row: DueRow) -> str:
    day = terms.day(said, row.due)
    if row.moved_from is None:
        return day
    return said.plain("classify.moved", due=day, nominal=terms.day(said, row.moved_from, weekday=False))


def _without_lead(said: Voice, tasks: Sequence[Task]) -> list[Html]:
    return [said("classify.without_lead", n=len(tasks), refs=refs(said, tasks))] if tasks else []
