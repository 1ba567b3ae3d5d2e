"""`duban export KIND [--to FILE]`: the office's data as Excel, CSV, calendar or JSON, its forms and its briefing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import settings
from bot.clock import SystemClock
from bot.commands.waiting import waiting
from bot.settings import Settings
from core.cases.archive import archive
from core.cases.as_of import asked_moment
from core.cases.briefing import addressees, make_briefing, span_asked
from core.cases.briefing_pictures import PICTURES, pictures_of
from core.cases.export import NOW_ONLY, TABLES, dates, facts, person_named
from core.cases.inspection_round import sight
from core.cases.lights import light_of
from core.cases.naming import named
from core.cases.plan_form import form_of, plans_of_units
from core.cases.problem import Problem
from core.papers.render import render
from core.papers.steps import heard_there
from core.rules.obligations import State
from core.rules.scope import Scope, scope_of
from core.words import briefing_paper as briefing_words
from core.words import export as words
from core.words import inspection_paper
from core.words.archive import zip_data
from core.words.export_calendar import calendar_data
from core.words.html import plain
from core.words.message import Message
from core.words.plan_form import form_paper, standard_labels
from core.words.task_picture import task_picture
from core.words.voice import LANGUAGES, Voice, voice
from core.work import Wanted, Work
from storage.engine import Desk
from storage.work import OfficeStorage

_SUFFIXES = {
    **dict.fromkeys(TABLES, ("csv", "xlsx")),
    "calendar": ("ics",),
    "all": ("json",),
    "archive": ("zip",),
    "forms": ("docx", "xlsx"),
    "briefing": ("docx", "pdf"),
    "round": ("docx", "pdf"),
    **dict.fromkeys(PICTURES, ("png",)),
    "task": ("png",),
}
"""What each kind can be written as; the first is what goes to the terminal where no file is named, if it is text."""

_TEXT = frozenset({"csv", "ics", "json"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper's kind and data, ready to be drawn."""

    kind: str
    data: Mapping[str, Any]


class Refusal(Exception):
    """What was asked for can't be exported; the text says why and what to do."""


def add(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "export", help="data as Excel, CSV, calendar or JSON; plan forms; briefings; pictures"
    )
    parser.add_argument("kind", choices=sorted(_SUFFIXES))
    parser.add_argument("--to", type=Path, metavar="FILE", help="the ending says how; without it text goes to stdout")
    parser.add_argument("--office", type=int, metavar="N", help="which office, where the database holds several")
    parser.add_argument(
        "--at",
        "--day",
        metavar='"2023-04-10 15:00"',
        help="tables, calendar, briefing: as of that moment, or as of the end of that day",
    )
    parser.add_argument("--notice", type=int, metavar="N", help="archive: of which notice, where there are several")
    parser.add_argument(
        "--period", default="", metavar="2023-04", help="briefing and its pictures: month, 2023-Q1, 2023-H1 or a day"
    )
    parser.add_argument("--task", metavar="2-15", help="task: the picture of which task")
    parser.add_argument("--round", metavar="2023-1", help="round: the briefing of which round of inspection")
    parser.add_argument("--person", metavar="NAME", help="calendar: whose dates")
    parser.add_argument(
        "--unit", metavar="NAME", help="forms: of this unit only; calendar: which of two people of one name"
    )
    parser.add_argument("--lang", choices=LANGUAGES)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Returns 2 after saying on stderr what can't be exported, 1 (from the caller) where the database can't be read."""
    chosen = settings.load()
    said = voice(args.lang or chosen.language)
    try:
        suffix = _suffix(said, args)
        _say(said.plain("export.cli_working", kind=args.kind))
        with waiting(said.plain("export.cli_reading")):
            papers = _read(chosen, said, args, suffix)
        for number, paper in enumerate(papers, start=1):
            with waiting(said.plain("export.cli_drawing", number=number, count=len(papers))):
                content = render(paper.kind, paper.data)
            _write(said, content, _numbered(args.to, number, len(papers)))
    except Problem as problem:
        return _fault(plain(said(problem.key, **problem.values)))
    except Refusal as refusal:
        return _fault(str(refusal))
    return 0


def _numbered(file: Path | None, number: int, count: int) -> Path | None:
    """units.png, or units-1.png and so on where there are several pages."""
    if file is None or count == 1:
        return file
    return file.with_name(f"{file.stem}-{number}{file.suffix}")


def _suffix(said: Voice, args: argparse.Namespace) -> str:
    """How the file is to be written, by the ending of its name."""
    known = _SUFFIXES[args.kind]
    if args.to is None or str(args.to) == "-":
        if known[0] not in _TEXT:
            raise Refusal(said.plain("export.cli_needs_to", kind=args.kind, example=f"{args.kind}.{known[0]}"))
        return known[0]
    suffix = str(args.to.suffix).lower().removeprefix(".")
    if suffix not in known:
        raise Refusal(said.plain("export.cli_bad_to", kind=args.kind, suffixes=", ".join(f".{one}" for one in known)))
    return suffix


def _read(chosen: Settings, said: Voice, args: argparse.Namespace, suffix: str) -> list[Drawn]:
    if chosen.database_file is not None and not chosen.database_file.is_file():
        raise Refusal(said.plain("export.cli_empty"))
    storage = OfficeStorage(chosen.office_defaults())
    now = SystemClock().now()

    def read(session: Any) -> list[Drawn]:
        try:
            work = storage.office(session, args.office) if args.office else storage.first(session, None)
        except KeyError:
            raise Refusal(said.plain("export.cli_no_office", office=args.office)) from None
        if not work.office.id:
            raise Refusal(said.plain("export.cli_empty"))
        return _drawn(work, said, args, suffix, now)

    desk = Desk(chosen.database)
    try:
        return desk.run_sync(heard_there(read))
    finally:
        desk.close()


def _drawn(work: Work, said: Voice, args: argparse.Namespace, suffix: str, now: datetime) -> list[Drawn]:
    if args.at:
        if args.kind in NOW_ONLY:
            raise Problem(f"as_of.now_{args.kind}")
        work, now = _then(work, said, args.at, now)
    if args.kind == "briefing" or args.kind in PICTURES:
        return _briefing(work, said, args, suffix, now)
    if args.kind == "task":
        return _papers([_task(work, said, args.task, now)])
    return [_one(work, said, args, suffix, now)]


def _one(work: Work, said: Voice, args: argparse.Namespace, suffix: str, now: datetime) -> Drawn:
    """What is one file by its nature."""
    everything = Scope(everything=True)
    if args.kind == "all":
        return Drawn("office.json", words.everything_data(work.office, now, work.archive.tables()))
    if args.kind == "archive":
        return Drawn("archive.zip", zip_data(archive(work, _notice(work, said, args.notice), now, every_pdf=True)))
    if args.kind == "calendar":
        if not args.person:
            raise Refusal(said.plain("export.cli_needs_person"))
        person = person_named(work, args.person, args.unit or "")
        data = calendar_data(said, work.office, person, dates(work, scope_of(person), now))
        if not data["events"]:
            raise Refusal(said.plain("export.no_dates", name=person.name))
        return Drawn("dates.ics", data)
    if args.kind == "forms":
        return Drawn(f"plan.{suffix}", _forms(work, said, args.unit))
    if args.kind == "round":
        return Drawn(f"briefing.{suffix}", _round(work, said, args.round, now))
    found = facts(work, everything, now, history=args.kind == "history", rounds=args.kind == "inspections")
    return Drawn(f"table.{suffix}", words.table_data(said, work.office, found, args.kind))


def _briefing(work: Work, said: Voice, args: argparse.Namespace, suffix: str, now: datetime) -> list[Drawn]:
    """The paper, or one of its pictures."""
    made = make_briefing(work, span_asked(args.period, work.office.today(now)), now)
    if args.kind == "briefing":
        return [Drawn(f"briefing.{suffix}", briefing_words.briefing_data(said, work.office, made))]
    return _papers(pictures_of(work, said, made, args.kind, now))


def _papers(messages: Sequence[Message]) -> list[Drawn]:
    return [Drawn(message.paper.kind, message.paper.data) for message in messages if message.paper]


def _task(work: Work, said: Voice, ref: str | None, now: datetime) -> Message:
    """The picture of a task against its plan."""
    task = named(work, None, ref or "")
    if task is None:
        raise Refusal(said.plain("export.cli_which_task", ref=ref or ""))
    owed = work.obligations.find(Wanted(task_id=task.id, states=[State.OPEN, State.HANDED_IN]))
    reports = work.reports.latest([obligation.id for obligation in owed])
    return task_picture(said, work.office, task, owed, reports, work.office.today(now), light_of(work, task, now))


def _round(work: Work, said: Voice, key: str | None, now: datetime) -> Mapping[str, Any]:
    """The briefing of a round, by its year and number; the only one needs none."""
    rounds = {f"{one.year}-{one.number}": one for one in work.inspections.listed(limit=1000)}
    found = rounds.get(key) if key else next(iter(rounds.values()), None) if len(rounds) == 1 else None
    if found is None:
        raise Refusal(said.plain("export.cli_which_round", known=", ".join(rounds) or "-"))
    return inspection_paper.briefing_data(
        said, work.office, sight(work, found.id, now), now, addressees(work.notices.active())
    )


def _notice(work: Work, said: Voice, number: int | None) -> int:
    """The notice asked for; without a number the only one there is."""
    known = {card.id: card for card in work.notices.kept()}
    if number is None and len(known) == 1:
        return next(iter(known))
    if number not in known:
        listed = "; ".join(f"{card.id} {card.title or card.number}" for card in known.values())
        raise Refusal(said.plain("export.cli_which_notice", known=listed or "-"))
    return number


def _forms(work: Work, said: Voice, unit: str | None) -> Mapping[str, Any]:
    found = work.notices.find_units(unit) if unit else []
    if unit and len(found) != 1:
        raise Refusal(said.plain("export.cli_no_unit", name=unit))
    plans = plans_of_units(work, [one.id for one in found] if unit else None)
    if not plans:
        raise Problem("export.no_forms")
    labels = standard_labels(said)
    return form_paper(said, [form_of(work, plan, labels, None) for plan in plans], "docx", "").data


def _then(work: Work, said: Voice, text: str, now: datetime) -> tuple[Work, datetime]:
    """The office as it stood at the moment named, and that moment; today without a time is now."""
    asked, rest = asked_moment(work, text, now)
    if rest or not any(character.isdigit() for character in text):
        raise Refusal(said.plain("export.cli_bad_day", text=text))
    moment = asked.moment(work.office.zone) if asked else now
    return (work.at(moment) if asked else work), moment


def _write(said: Voice, content: bytes, file: Path | None) -> None:
    if file is None or str(file) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Refusal(said.plain("cli.unwritable", file=file, why=error.strerror)) from None
    _say(said.plain("export.cli_written", file=file, size=max(1, len(content) // 1024)))


def _say(text: str) -> None:
    """On stderr, so that what is exported to stdout stays clean."""
    print(text, file=sys.stderr)


def _fault(text: str) -> int:
    _say(text)
    return 2
