"""Knows how the rehearsal reads in chat: the year in figures, a month day by day, one person's dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.cases.rehearse import ASSUMED
from core.rules.obligations import Kind
from core.rules.rehearsal import Day, Duty, Note, Recipient
from core.rules.rehearsed import Moved, Rehearsal
from core.rules.tasks import ref_order
from core.words import terms
from core.words.html import Html, bold, lines
from core.words.message import Button, Message, fit_label
from core.words.paging import paged, turning
from core.words.voice import Voice

NAMES = 6
MOVED = 8
PEOPLE = 8
"""People on one screen."""

DATES = 20
"""Days on one screen of a person."""


def year_message(said: Voice, seen: Rehearsal) -> Message:
    """The whole year in one screen: totals, assumptions, months as buttons."""
    rows: list[object] = [said("rehearse.title", first=terms.full_day(said, seen.first))]
    if seen.draft:
        rows.append(said("rehearse.of_draft", title=seen.title or said.plain("intake.untitled")))
    rows += [
        said("rehearse.total", n=seen.messages, punctual=seen.punctual),
        *_peaks(said, seen),
        said("rehearse.quiet_year", n=sum(len(seen.quiet(*month)) for month in seen.months)),
        *moved_rows(said, seen),
        "",
        *(_month_row(said, seen, year, month) for year, month in seen.months),
        "",
        *assumptions(said, seen),
    ]
    cells = [Button(month_name(said, seen, *month), _to(seen, "m", *month)) for month in seen.months]
    buttons = [tuple(cells[start : start + 5]) for start in range(0, len(cells), 5)]
    buttons.append(
        (
            Button(said.plain("rehearse.picture"), _to(seen, "p")),
            Button(said.plain("rehearse.people"), _to(seen, "l", 0)),
        )
    )
    last = [Button(said.plain("rehearse.sheet"), _to(seen, "x"))]
    if seen.draft:
        last.append(Button(said.plain("intake.back"), f"draft:{seen.draft}"))
    return Message(lines(*rows), (*buttons, tuple(last)))


def month_message(said: Voice, seen: Rehearsal, year: int, month: int) -> Message:
    """One month, a line for each day on which something happens; then the days with nothing."""
    days = seen.of_month(year, month)
    rows: list[object] = [day_row(said, day) for day in days]
    if quiet := seen.quiet(year, month):
        rows.append(said("rehearse.quiet", days=spans(said, quiet)))
    place = seen.months.index((year, month)) if (year, month) in seen.months else 0
    turn = []
    if place > 0:
        before = seen.months[place - 1]
        turn.append(Button(f"‹ {month_name(said, seen, *before)}", _to(seen, "m", *before)))
    turn.append(Button(said.plain("rehearse.back"), _to(seen, "home")))
    if place + 1 < len(seen.months):
        after = seen.months[place + 1]
        turn.append(Button(f"{month_name(said, seen, *after)} ›", _to(seen, "m", *after)))
    title = said("rehearse.month", month=month_name(said, seen, year, month), n=sum(day.messages for day in days))
    return Message(lines(title, *rows), (tuple(turn),))


def people_message(said: Voice, seen: Rehearsal, page: int) -> Message:
    """Who gets how many messages in the year, those with most first: a load, no merit."""
    people = sorted(seen.people, key=lambda row: -_messages(row[0], row[1]))
    shown, page, pages = paged(people, page, PEOPLE)
    buttons = [(Button(_person_label(said, who, days), _to(seen, "w", who.key, 0)),) for who, days in shown]
    home = Button(said.plain("rehearse.back"), _to(seen, "home"))
    turn = turning(said, lambda number: _to(seen, "l", number), page, pages, middle=home)
    return Message(said("rehearse.people_head", n=len(people), page=page + 1, pages=pages), (*buttons, *turn))


def person_message(said: Voice, seen: Rehearsal, key: str, page: int) -> Message | None:
    """One person's year, a line for each message; None where nobody of that key gets any."""
    found = next(((who, days) for who, days in seen.people if who.key == key), None)
    if found is None:
        return None
    who, days = found
    notes = [note for day in days for note in day.notes if note.to.key == key]
    shown, page, pages = paged(notes, page, DATES)
    rows = [said("rehearse.day", day=terms.day(said, note.day), what=what_of(said, note, 3)) for note in shown]
    head = said("rehearse.person", name=who.name, unit=who.units, n=len(notes), days=len(days))
    people = Button(said.plain("rehearse.to_people"), _to(seen, "l", 0))
    turn = turning(said, lambda number: _to(seen, "w", key, number), page, pages, middle=people)
    return Message(lines(bold(head), *rows), turn)


def day_row(said: Voice, day: Day) -> Html:
    """3月9日（周四） 38人 82项，最多 区经信局 9项；82项到期"""
    parts = []
    if day.notes:
        parts.append(said("rehearse.day_notes", n=day.people, items=day.items, punctual=_punctual_people(day)))
        busiest = day.busiest
        if busiest and day.messages > 1 and len(busiest.duties) > 1:
            parts.append(said("rehearse.day_busiest", name=busiest.to.name, n=len(busiest.duties)))
        parts += [
            said(f"rehearse.day_{kind}", n=count)
            for kind in ("assignment", "receipt", "escalation", "briefing")
            if (count := sum(note.kind == kind for note in day.notes))
        ]
    if day.due:
        parts.append(said("rehearse.day_due", n=day.due))
    parts += [said("rehearse.day_moved", nominal=terms.day(said, moved, weekday=False)) for moved in day.moved]
    if day.summary:
        parts.append(said("rehearse.day_summary"))
    return said("rehearse.day", day=terms.day(said, day.day), what=Html(said.plain("rehearse.between")).join(parts))


def moved_rows(said: Voice, seen: Rehearsal) -> list[Html]:
    """Every due date that a day off moved, with why."""
    if not seen.moved:
        return []
    shown = [moved_text(said, each) for each in seen.moved[:MOVED]]
    more = len(seen.moved) - MOVED
    text = said.plain("rehearse.between").join(shown) + (said.plain("rehearse.and_more", n=more) if more > 0 else "")
    return [said("rehearse.moved", n=len(seen.moved), days=text)]


def moved_text(said: Voice, moved: Moved) -> str:
    """6月25日（周末）提前到6月21日"""
    known = said.keys()
    key = "rehearse.off_" + moved.why.lower().replace(" ", "_").replace("'", "").replace("-", "_")
    why = said.plain(key if key in known else "rehearse.off_own")
    nominal = terms.day(said, moved.nominal, weekday=False)
    return said.plain("rehearse.moved_day", nominal=nominal, why=why, due=terms.day(said, moved.due, weekday=False))


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
    if not seen.groups:
        rows.append(said("rehearse.no_groups"))
    if seen.without_lead:
        listed = sorted(seen.without_lead, key=ref_order)
        shown = said.plain("terms.comma").join(listed[:12]) + ("…" if len(listed) > 12 else "")
        rows.append(said("rehearse.without_lead", n=len(listed), refs=shown))
    return rows + [said("calendar.year_unknown", year=year) for year in seen.unknown_years]


def what_of(said: Voice, note: Note, most: int = 99) -> str:
    """What one message holds: its kind, or its items of one kind and period together (推进计划 2-1 2-3、4月进展 2-1)."""
    if note.kind in ("assignment", "receipt", "briefing"):
        return said.plain(f"rehearse.kind_{note.kind}")
    parts = _together(said, note.duties)
    text = said.plain("terms.comma").join(parts[:most]) + ("…" if len(parts) > most else "")
    return said.plain("rehearse.kind_escalation", what=text) if note.kind == "escalation" else text


def spans(said: Voice, days: Sequence[date]) -> str:
    """1、6–8、13: days of a month, those that follow each other (over days off) joined."""
    out: list[list[date]] = []
    for day in days:
        if out and day - out[-1][-1] == timedelta(days=1):
            out[-1].append(day)
        else:
            out.append([day])
    shown = [str(run[0].day) if len(run) == 1 else f"{run[0].day}–{run[-1].day}" for run in out]
    return said.plain("terms.comma").join(shown)


def month_name(said: Voice, seen: Rehearsal, year: int, month: int) -> str:
    name = terms.month_name(said, month)
    return name if year == seen.first.year else f"{year} {name}"


def _to(seen: Rehearsal, *fields: object) -> str:
    """A button's action; that of a draft ends in its number."""
    return ":".join(("reh", *map(str, fields), *((f"d{seen.draft}",) if seen.draft else ())))


def _messages(who: Recipient, days: Sequence[Day]) -> int:
    return sum(note.to.key == who.key for day in days for note in day.notes)


def _person_label(said: Voice, who: Recipient, days: Sequence[Day]) -> str:
    return fit_label(said.plain("rehearse.person_label", n=_messages(who, days), name=who.name, unit=who.units))


def _punctual_people(day: Day) -> int:
    return len({note.to.key for note in day.notes if note.punctual})


def _peaks(said: Voice, seen: Rehearsal) -> list[Html]:
    fullest = max(seen.days, key=lambda day: day.messages, default=None)
    if fullest is None or not any(day.items for day in seen.days):
        return [said("rehearse.nothing")]
    most = max((note for day in seen.days for note in day.notes), key=lambda note: len(note.duties))
    who, days = max(seen.people, key=lambda row: _messages(row[0], row[1]))
    return [
        said("rehearse.fullest", day=terms.day(said, fullest.day), n=fullest.messages),
        said("rehearse.most", name=most.to.name, day=terms.day(said, most.day), n=len(most.duties)),
        said("rehearse.busiest", name=who.name, unit=who.units, n=_messages(who, days), days=len(days)),
    ]


def _month_row(said: Voice, seen: Rehearsal, year: int, month: int) -> Html:
    days = seen.of_month(year, month)
    return said(
        "rehearse.month_row",
        month=month_name(said, seen, year, month),
        days=sum(bool(day.notes) for day in days),
        n=sum(day.messages for day in days),
        due=sum(day.due for day in days),
        quiet=len(seen.quiet(year, month)),
    )


def _together(said: Voice, duties: Sequence[Duty]) -> list[str]:
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
