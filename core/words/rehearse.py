"""Knows how the rehearsal reads: the year in figures, a month day by day, the sheet of every message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.cases.rehearse import ASSUMED, Rehearsal
from core.rules.obligations import Kind
from core.rules.rehearsal import Day, Duty
from core.words import terms
from core.words.classify import refs
from core.words.html import Html, lines
from core.words.message import Button, Message, Paper
from core.words.voice import Voice

NAMES = 6


def year_message(said: Voice, seen: Rehearsal) -> Message:
    """The whole year in one screen: totals, assumptions, months as buttons."""
    rows: list[object] = [
        said("rehearse.title", first=terms.full_day(said, seen.first)),
        said("rehearse.total", n=seen.messages, punctual=seen.punctual),
        *_peaks(said, seen),
        "",
        *(_month_row(said, seen, year, month) for year, month in seen.months),
        "",
        *assumptions(said, seen),
    ]
    cells = [
        Button(_month_name(said, seen, year, month), f"reh:m:{year}:{month}")
        for year, month in seen.months
        if seen.of_month(year, month)
    ]
    buttons = [tuple(cells[start : start + 5]) for start in range(0, len(cells), 5)]
    return Message(lines(*rows), (*buttons, (Button(said.plain("rehearse.sheet"), "reh:x"),)))


def month_message(said: Voice, seen: Rehearsal, year: int, month: int) -> Message:
    """One month, a line for each day."""
    days = seen.of_month(year, month)
    rows = [day_row(said, day) for day in days]
    place = seen.months.index((year, month)) if (year, month) in seen.months else 0
    turn = []
    if place > 0:
        before = seen.months[place - 1]
        turn.append(Button(f"‹ {_month_name(said, seen, *before)}", f"reh:m:{before[0]}:{before[1]}"))
    turn.append(Button(said.plain("rehearse.back"), "reh:home"))
    if place + 1 < len(seen.months):
        after = seen.months[place + 1]
        turn.append(Button(f"{_month_name(said, seen, *after)} ›", f"reh:m:{after[0]}:{after[1]}"))
    title = said("rehearse.month", month=_month_name(said, seen, year, month), n=sum(day.messages for day in days))
    return Message(lines(title, *rows), (tuple(turn),))


def day_row(said: Voice, day: Day) -> Html:
    """3月9日（周四） 38人 82项，最多 区经信局 9项；82项到期"""
    parts = []
    if day.notes:
        busiest = day.busiest
        assert busiest is not None
        parts.append(said("rehearse.day_notes", n=day.messages, items=day.items, punctual=day.punctual))
        if day.messages > 1 and len(busiest.duties) > 1:
            parts.append(said("rehearse.day_busiest", name=busiest.to.name, n=len(busiest.duties)))
    if day.due:
        parts.append(said("rehearse.day_due", n=day.due))
    parts += [said("rehearse.day_moved", nominal=terms.day(said, moved, weekday=False)) for moved in day.moved]
    if day.summary:
        parts.append(said("rehearse.day_summary"))
    text = Html(said.plain("rehearse.between")).join(parts)
    return said("rehearse.day", day=terms.day(said, day.day), what=text)


def assumptions(said: Voice, seen: Rehearsal) -> list[Html]:
    """What was taken for granted, so that nobody takes the figures for more than they are."""
    rows = [said("rehearse.assume_late")]
    if seen.assumed:
        frequency = terms.frequency(said, ASSUMED.value)
        rows.append(said("rehearse.assume_frequency", n=seen.assumed, frequency=frequency))
    if seen.nobody:
        names = said.plain("terms.comma").join(seen.nobody[:NAMES])
        key = "rehearse.assume_people_more" if len(seen.nobody) > NAMES else "rehearse.assume_people"
        rows.append(said(key, n=len(seen.nobody), names=names))
    if seen.without_lead:
        shown = refs(said, seen.without_lead)
        rows.append(said("rehearse.without_lead", n=len(seen.without_lead), refs=shown))
    return rows + [said("calendar.year_unknown", year=year) for year in seen.unknown_years]


def sheet_message(said: Voice, seen: Rehearsal) -> Message:
    return Message(said("rehearse.sheet_caption"), paper=sheet(said, seen))


def sheet(said: Voice, seen: Rehearsal) -> Paper:
    """Every message of the year: a row for each person and day."""
    name = said.plain("rehearse.sheet_name", day=seen.first.isoformat())
    return Paper("table.xlsx", name, sheet_data(said, seen))


def sheet_data(said: Voice, seen: Rehearsal) -> dict[str, Any]:
    widths = {"day": 13, "weekday": 8, "name": 22, "unit": 24, "role": 10, "n": 8, "what": 70, "punctual": 12}
    columns = [
        {"key": key, "label": said.plain(f"rehearse.column_{key}"), "width": width} for key, width in widths.items()
    ]
    rows = [_sheet_row(said, day, number) for day in seen.days for number in range(len(day.notes))]
    return {
        "title": said.plain("rehearse.sheet_title", first=terms.full_day(said, seen.first)),
        "columns": columns,
        "rows": rows,
        "notes": [said.plain("rehearse.total_plain", n=seen.messages, punctual=seen.punctual)]
        + [str(row) for row in assumptions(said, seen)],
        "lang": said.lang,
    }


def _sheet_row(said: Voice, day: Day, number: int) -> dict[str, Any]:
    note = day.notes[number]
    return {
        "day": day.day.isoformat(),
        "weekday": said.plain(f"terms.weekday_{day.day.weekday()}"),
        "name": note.to.name,
        "unit": note.to.units,
        "role": said.plain(f"rehearse.role_{note.to.role}"),
        "n": len(note.duties),
        "what": said.plain("terms.comma").join(_what(said, note.duties)),
        "punctual": said.plain("rehearse.yes" if note.punctual else "rehearse.no"),
    }


def table_rows(said: Voice, seen: Rehearsal) -> list[tuple[str, ...]]:
    """The table of the command line: a head and a row for each day."""
    keys = ("day", "weekday", "messages", "punctual", "items", "due", "busiest", "remark")
    rows = [tuple(said.plain(f"rehearse.head_{key}") for key in keys)]
    for day in seen.days:
        busiest = day.busiest
        remarks = [
            said.plain("rehearse.day_moved", nominal=terms.day(said, moved, weekday=False)) for moved in day.moved
        ]
        if day.summary:
            remarks.append(said.plain("rehearse.day_summary"))
        rows.append(
            (
                day.day.isoformat(),
                said.plain(f"terms.weekday_{day.day.weekday()}"),
                str(day.messages),
                str(day.punctual),
                str(day.items),
                str(day.due),
                f"{busiest.to.name} {len(busiest.duties)}" if busiest else "",
                said.plain("rehearse.between").join(remarks),
            )
        )
    return rows


def _peaks(said: Voice, seen: Rehearsal) -> list[Html]:
    fullest = max(seen.days, key=lambda day: day.messages, default=None)
    if fullest is None or not fullest.notes:
        return [said("rehearse.nothing")]
    most = max((note for day in seen.days for note in day.notes), key=lambda note: len(note.duties))
    return [
        said("rehearse.fullest", day=terms.day(said, fullest.day), n=fullest.messages),
        said("rehearse.most", name=most.to.name, day=terms.day(said, most.day), n=len(most.duties)),
    ]


def _month_row(said: Voice, seen: Rehearsal, year: int, month: int) -> Html:
    days = seen.of_month(year, month)
    return said(
        "rehearse.month_row",
        month=_month_name(said, seen, year, month),
        days=sum(bool(day.notes) for day in days),
        n=sum(day.messages for day in days),
        due=sum(day.due for day in days),
    )


def _month_name(said: Voice, seen: Rehearsal, year: int, month: int) -> str:
    name = terms.month_name(said, month)
    return name if year == seen.first.year else f"{year} {name}"


def _what(said: Voice, duties: Sequence[Duty]) -> list[str]:
    """Refs of one kind and period together: 推进计划 2-1 2-3、4月进展 2-1"""
    together: dict[tuple[Kind, str, date], list[str]] = {}
    for duty in duties:
        together.setdefault((duty.kind, duty.period, duty.due), []).append(duty.ref)
    out = []
    for (kind, period, due), listed in together.items():
        name = said.plain("terms.plan")
        if kind is Kind.REPORT:
            name = said.plain("terms.report", period=terms.period(said, period))
        out.append(f"{name} {' '.join(listed)} ({due:%m-%d})")
    return out
