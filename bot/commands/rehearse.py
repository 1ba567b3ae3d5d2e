"""`duban rehearse`: who would get what on which working day, as a table and a sheet, before the bot is switched on."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot import settings
from bot.clock import SystemClock
from bot.settings import Settings
from core.cases.notice import take_notice
from core.cases.problem import Problem
from core.cases.rehearse import rehearse
from core.papers.notice import UnreadableNotice, read_notice
from core.papers.render import render
from core.rules.notice.model import Notice
from core.rules.people import Person
from core.rules.rehearsed import Rehearsal
from core.words import rehearse as words
from core.words import rehearse_papers as papers
from core.words.html import plain
from core.words.voice import LANGUAGES, Voice, voice
from core.work import Work
from storage.engine import Desk
from storage.work import OfficeStorage


class Refusal(Exception):
    """What was asked for can't be rehearsed; the text says why and what to do."""


def add(subparsers: Any) -> None:
    parser = subparsers.add_parser("rehearse", help="the whole year before switch-on: who gets what on which day")
    parser.add_argument("--notice", type=Path, metavar="FILE", help="rehearse this notice instead of the database")
    parser.add_argument("--from", dest="first", metavar="2023-03-03", help="the first day (default: today)")
    parser.add_argument("--by", choices=("day", "person"), default="day", help="a row for each day or for each person")
    parser.add_argument("--xlsx", type=Path, metavar="FILE", help="write every message into this sheet")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw the calendar: FILE.png, FILE-2.png …")
    parser.add_argument("--lang", choices=LANGUAGES)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Returns 2 after saying on stderr what can't be read or written."""
    chosen = settings.load()
    said = voice(args.lang or chosen.language)
    try:
        first = _day(said, args.first)
        seen = _of_notice(chosen, said, args.notice, first) if args.notice else _of_office(chosen, first)
        _print(said, seen, papers.table_rows(said, seen) if args.by == "day" else papers.people_rows(said, seen))
        if args.xlsx:
            _write(said, seen, args.xlsx)
        if args.picture:
            _draw(said, seen, args.picture)
    except Problem as problem:
        return _fault(plain(said(problem.key, **problem.values)))
    except Refusal as refusal:
        return _fault(str(refusal))
    return 0


def _day(said: Voice, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal(said.plain("rehearse.cli_bad_day", text=text)) from None


def _of_office(chosen: Settings, first: date | None) -> Rehearsal:
    """Plays the first office of the database. Raises Problem where it has no active notice, or there is none."""
    if chosen.database_file is not None and not chosen.database_file.is_file():
        raise Problem("rehearse.no_tasks")
    return _played(Desk(chosen.database), chosen, lambda work: rehearse(work, _morning(work, first)))


def _of_notice(chosen: Settings, said: Voice, file: Path, first: date | None) -> Rehearsal:
    """Plays a notice as if it were confirmed on the first day, by default the day it was signed."""
    notice = _read(said, file)
    year = notice.issued_on.year if notice.issued_on else None
    begin = first or notice.issued_on
    desk = Desk("sqlite://")
    desk.create_tables()

    def play(work: Work) -> Rehearsal:
        now = _morning(work, begin)
        nobody = Person(0, work.office.id, 0, 0, "")
        card = take_notice(work, notice.to_json(), "rehearsal", nobody, now).card
        return rehearse(work, now, card.id)

    seen = _played(desk, chosen, play)
    print(
        said.plain(
            "rehearse.cli_notice",
            title=notice.title,
            tasks=len(notice.tasks),
            questions=len(list(notice.all_questions())),
        )
    )
    print(said.plain("rehearse.cli_assigned", day=seen.first, n=sum(unit.kind == "unit" for unit in notice.units)))
    print()
    if year and not any(day.items for day in seen.days):
        raise Refusal(said.plain("rehearse.cli_past", year=year))
    return seen


def _read(said: Voice, file: Path) -> Notice:
    try:
        return read_notice(file.read_bytes(), file.name, said.lang)
    except OSError:
        raise Refusal(said.plain("rehearse.cli_missing", file=file)) from None
    except UnreadableNotice as error:
        raise Refusal(said.plain(f"notice.{error.reason_key}", **error.values)) from None


def _played(desk: Desk, chosen: Settings, play: Callable[[Work], Rehearsal]) -> Rehearsal:
    storage = OfficeStorage(chosen.office_defaults())
    now = SystemClock().now()
    memory = desk.url.database in (None, "", ":memory:")
    try:
        return desk.run_sync(lambda session: play(storage.first(session, now if memory else None)))
    finally:
        desk.close()


def _morning(work: Work, day: date | None) -> datetime:
    """Opening time on that day; now, where no day was given."""
    if day is None:
        return SystemClock().now()
    return datetime.combine(day, work.office.opens, work.office.zone).astimezone(UTC)


def _print(said: Voice, seen: Rehearsal, rows: list[tuple[str, ...]]) -> None:
    widths = [max(_breadth(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = (cell + " " * (width - _breadth(cell)) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())
    print()
    print(said.plain("rehearse.total_plain", n=seen.messages, punctual=seen.punctual))
    for line in (*words.moved_rows(said, seen), *words.assumptions(said, seen)):
        print(plain(line))


def _write(said: Voice, seen: Rehearsal, file: Path) -> None:
    data = papers.sheet_data(said, seen)
    _put(said, file, render("table.xlsx", data))
    print(said.plain("rehearse.cli_written", file=file, rows=len(data["rows"])))


def _draw(said: Voice, seen: Rehearsal, file: Path) -> None:
    for number, page in enumerate(papers.picture_pages(said, seen), start=1):
        target = file if number == 1 else file.with_stem(f"{file.stem}-{number}")
        _put(said, target, render("year.png", page))
        print(said.plain("rehearse.cli_picture", file=target))


def _put(said: Voice, file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Refusal(said.plain("cli.unwritable", file=file, why=error.strerror)) from None


def _breadth(text: str) -> int:
    """Columns of a terminal that the text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _fault(text: str) -> int:
    print(text, file=sys.stderr)
    return 2
