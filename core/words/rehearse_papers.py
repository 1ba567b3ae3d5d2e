"""Knows how the rehearsal reads on paper: the sheet of every message, the calendar pictures, the terminal's tables."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from core.papers.packing import packed
from core.rules.rehearsal import Day, Note
from core.rules.rehearsed import Rehearsal
from core.words import terms
from core.words.html import plain
from core.words.message import Message, Paper
from core.words.rehearse import assumptions, month_name, moved_rows, moved_text, what_of
from core.words.voice import Voice

MONTHS = 6
"""Months on one picture, so that a phone shows the figures without zooming."""


def sheet_message(said: Voice, seen: Rehearsal) -> Message:
    """Every message of the year as a sheet: a row for each person and day, and one for each day with nothing."""
    name = said.plain("rehearse.sheet_name", day=seen.first.isoformat())
    return Message(said("rehearse.sheet_caption"), paper=Paper("table.xlsx", name, packed(sheet_data(said, seen))))


def sheet_data(said: Voice, seen: Rehearsal) -> dict[str, Any]:
    widths = {"day": 13, "weekday": 8, "name": 22, "unit": 24, "role": 10, "n": 8, "what": 70, "punctual": 12}
    columns = [
        {"key": key, "label": said.plain(f"rehearse.column_{key}"), "width": width} for key, width in widths.items()
    ]
    rows = [_sheet_row(said, day, note) for day in seen.days for note in day.notes]
    rows += [
        {**_day_cells(said, day), "what": said.plain("rehearse.day_nothing")}
        for month in seen.months
        for day in seen.quiet(*month)
    ]
    rows.sort(key=lambda row: str(row["day"]))
    notes = [said.plain("rehearse.total_plain", n=seen.messages, punctual=seen.punctual)]
    notes += [plain(row) for row in (*moved_rows(said, seen), *assumptions(said, seen))]
    title = said.plain("rehearse.sheet_title", first=terms.full_day(said, seen.first))
    return {"title": title, "columns": columns, "rows": rows, "notes": notes, "lang": said.lang}


def _day_cells(said: Voice, day: date) -> dict[str, Any]:
    return {"day": day.isoformat(), "weekday": said.plain(f"terms.weekday_{day.weekday()}")}


def _sheet_row(said: Voice, day: Day, note: Note) -> dict[str, Any]:
    return {
        **_day_cells(said, day.day),
        "name": note.to.name,
        "unit": note.to.units,
        "role": said.plain(f"rehearse.role_{note.to.role}"),
        "n": len(note.duties),
        "what": what_of(said, note),
        "punctual": said.plain("rehearse.yes" if note.punctual else "rehearse.no"),
    }


def picture_messages(said: Voice, seen: Rehearsal) -> list[Message]:
    """The year as calendar pictures of six months each."""
    pages = picture_pages(said, seen)
    key = "rehearse.picture_caption"
    return [
        Message(
            said(key, page=number, pages=len(pages)), paper=Paper("year.png", f"year-{number}.png", packed(page), True)
        )
        for number, page in enumerate(pages, start=1)
    ]


def picture_pages(said: Voice, seen: Rehearsal) -> list[dict[str, Any]]:
    """Each picture's data; the shades of all of them follow one scale."""
    months = _every_month(seen)
    groups = [months[start : start + MONTHS] for start in range(0, len(months), MONTHS)]
    most = max((day.messages for day in seen.days), default=0)
    notes = [said.plain("rehearse.picture_unknown", year=year) for year in seen.unknown_years]
    title = said.plain("rehearse.picture_title", first=terms.full_day(said, seen.first))
    subtitle = seen.title or said.plain("rehearse.total_plain", n=seen.messages, punctual=seen.punctual)
    return [
        {
            "title": title,
            "subtitle": subtitle,
            "most": most,
            "months": [_picture_month(said, seen, *month) for month in group],
            "notes": [*notes, *_moved_notes(said, seen, group)],
            "lang": said.lang,
        }
        for group in groups
    ]


def _moved_notes(said: Voice, seen: Rehearsal, group: list[tuple[int, int]]) -> list[str]:
    return [moved_text(said, each) for each in seen.moved if (each.due.year, each.due.month) in group]


def _every_month(seen: Rehearsal) -> list[tuple[int, int]]:
    """All months from the first to the last, also those in which nothing happens."""
    if not seen.months:
        return [(seen.first.year, seen.first.month)]
    (year, month), last = (seen.first.year, seen.first.month), seen.months[-1]
    out = []
    while (year, month) <= last:
        out.append((year, month))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return out


def _picture_month(said: Voice, seen: Rehearsal, year: int, month: int) -> dict[str, Any]:
    days = {day.day: day for day in seen.of_month(year, month)}
    day, cells = date(year, month, 1), []
    while day.month == month:
        here = days.get(day)
        worked = seen.calendar.is_working(day)
        cells.append(
            {
                "day": day.day,
                "n": here.messages if here else 0,
                "off": not worked,
                "extra": worked and day.weekday() > 4,
                "due": here.due if here else 0,
                "moved": bool(here and here.moved),
                "summary": bool(here and here.summary),
                "before": day < seen.first,
            }
        )
        day += timedelta(days=1)
    label = month_name(said, seen, year, month)
    return {
        "label": label,
        "unknown": not seen.calendar.knows(year),
        "weekday": date(year, month, 1).weekday(),
        "days": cells,
    }


def table_rows(said: Voice, seen: Rehearsal) -> list[tuple[str, ...]]:
    """The table of the command line: a head and a row for each working day, also those with nothing, and each due date."""
    keys = ("day", "weekday", "messages", "punctual", "items", "due", "busiest", "remark")
    rows = [tuple(said.plain(f"rehearse.head_{key}") for key in keys)]
    quiet = [Day(day) for month in seen.months for day in seen.quiet(*month) if day not in {d.day for d in seen.days}]
    for day in sorted((*seen.days, *quiet), key=lambda each: each.day):
        busiest = day.busiest
        remarks = [
            said.plain("rehearse.day_moved", nominal=terms.day(said, moved, weekday=False)) for moved in day.moved
        ]
        if day.summary:
            remarks.append(said.plain("rehearse.day_summary"))
        if not day.notes and not day.summary and not day.due:
            remarks.append(said.plain("rehearse.day_nothing"))
        rows.append(
            (
                day.day.isoformat(),
                said.plain(f"terms.weekday_{day.day.weekday()}"),
                str(day.messages),
                str(day.punctual),
                str(day.items),
                str(day.due),
                f"{busiest.to.name} {len(busiest.duties)}" if busiest and busiest.duties else "",
                said.plain("rehearse.between").join(remarks),
            )
        )
    return rows


def people_rows(said: Voice, seen: Rehearsal) -> list[tuple[str, ...]]:
    """The command line's other table: a head and a row for each person."""
    keys = ("name", "unit", "role", "messages", "days", "most")
    rows = [tuple(said.plain(f"rehearse.head_{key}") for key in keys)]
    for who, days in seen.people:
        notes = [note for day in days for note in day.notes if note.to.key == who.key]
        most = max(notes, key=lambda note: len(note.duties))
        rows.append(
            (
                who.name,
                who.units,
                said.plain(f"rehearse.role_{who.role}"),
                str(len(notes)),
                str(len(days)),
                f"{most.day.isoformat()} {len(most.duties)}",
            )
        )
    return rows
