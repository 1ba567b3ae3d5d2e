"""Knows the command `duban notice read FILE`: what a notice says, as a summary or as JSON, read within bounds as in chat."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from bot.commands.waiting import waiting
from bot.reading import SECONDS, Reading
from core.papers.notice import UnreadableNotice
from core.papers.sizes import LIMIT, megabytes
from core.rules.notice.column_roles import ColumnFault, fault_in, role_of
from core.rules.notice.model import Notice
from core.words.places import place
from core.words.voice import LANGUAGES, Voice, voice


def add(subparsers: Any) -> None:
    """Registers `notice read FILE [--json] [--lang zh|en]`; `run` gives the exit code (2: it can't be read)."""
    notice = subparsers.add_parser("notice", help="read a notice: leaders, tasks, units, dates, questions")
    actions = notice.add_subparsers(dest="action", required=True)
    read = actions.add_parser("read", help="read a notice and show what it says")
    read.add_argument("file", help="the notice: .txt .docx .xlsx .pdf .ofd .html .md")
    read.add_argument("--json", action="store_true", help="as JSON for other programs")
    read.add_argument("--lang", choices=LANGUAGES, default="zh", help="language of the summary and the questions")
    read.add_argument(
        "--column",
        metavar="HEAD=ROLE",
        action="append",
        default=[],
        help="what the column under this head holds: lead, co, responsible, leader, due, content, section, number, lead_co, "
        "beside (of no concern), or a head that the reader knows; as often as needed",
    )
    read.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the notice. Returns 0, or 2 after saying on stderr why the file can't be read."""
    said = voice(args.lang)
    path = Path(args.file)
    try:
        columns = _columns(args.column)
    except ValueError as wrong:
        return _refuse(said, "cli_column_wrong", text=wrong)
    try:
        if path.stat().st_size > LIMIT:
            raise UnreadableNotice("too_big", size=megabytes(path.stat().st_size), limit=megabytes(LIMIT))
        with waiting(said.plain("notice.cli_reading", name=path.name, seconds=SECONDS)):
            found = asyncio.run(Reading().read("notice", path.read_bytes(), path.name, args.lang, columns))
    except OSError:
        return _refuse(said, "missing", path=str(path))
    except UnreadableNotice as refusal:
        return _refuse(said, refusal.reason_key, **refusal.values)
    if "reading" not in found:
        return _refuse(said, found.get("problem", "wrong_type"), **found.get("values", {"suffix": path.suffix}))
    notice = Notice.from_json(found["reading"])
    if fault := _fault(notice, columns):
        return _refuse(said, f"cli_column_{fault.kind}", name=fault.name, what=fault.what)
    if args.json:
        _print(json.dumps(notice.to_json(), ensure_ascii=False, indent=2))
    else:
        _print("\n".join(summary(said, notice)))
    return 0


def _columns(given: list[str]) -> dict[str, str]:
    """Raises ValueError with what is no HEAD=ROLE."""
    out = {}
    for text in given:
        head, sign, role = text.rpartition("=")
        if not sign or not head.strip():
            raise ValueError(text)
        out[" ".join(head.split())] = role_of(role)
    return out


def _fault(notice: Notice, columns: dict[str, str]) -> ColumnFault | None:
    """The first column that isn't there, or can't hold what was said."""
    found = {column.name: column for column in notice.columns}
    for name in columns:
        if fault := fault_in(found[name]) if name in found else ColumnFault("missing", name, ""):
            return fault
    return None


def summary(said: Voice, notice: Notice) -> list[str]:
    """What a person wants to check first, line by line."""
    counts = Counter(task.leader for task in notice.tasks)
    rows = [
        said.plain("notice.cli_title", title=notice.title),
        said.plain(
            "notice.cli_facts",
            number=notice.number or "-",
            issued_on=notice.issued_on or "-",
            issuer=notice.issuer or "-",
        ),
        said.plain(
            "notice.cli_counts",
            leaders=len(notice.leaders),
            tasks=len(notice.tasks),
            units=len(notice.units),
            groups=sum(unit.kind == "group" for unit in notice.units),
            leads=len({name for task in notice.tasks for name in task.lead}),
            targets=sum(len(task.targets) for task in notice.tasks),
        ),
    ]
    for leader in notice.leaders:
        values = {"ordinal": leader.ordinal, "name": leader.name, "title": leader.title, "n": counts[leader.ordinal]}
        rows.append(said.plain("notice.cli_leader", **values))
    if notice.lead_rule:
        rows.append(said.plain("notice.cli_rule", rule=notice.lead_rule))
    for each in notice.submissions:
        due = each.due.isoformat() if each.due else each.due_text
        rows.append(said.plain("notice.cli_submission", who=each.who, due=due, what=each.what))
    if notice.form:
        months = " ".join(str(month) for month in notice.form.months)
        rows.append(said.plain("notice.cli_form", title=notice.form.title, months=months))
    return rows + _questions(said, notice)


def _questions(said: Voice, notice: Notice) -> list[str]:
    asked = sorted(notice.all_questions(), key=lambda question: question.line)
    if not asked:
        return [said.plain("notice.cli_none")]
    rows = [said.plain("notice.cli_questions", n=len(asked))]
    return rows + [
        said.plain("notice.cli_question", place=place(said, each.place, each.line), text=each.text) for each in asked
    ]


def _refuse(said: Voice, reason: str, **values: object) -> int:
    print(said.plain(f"notice.{reason}", **values), file=sys.stderr)
    return 2


def _print(text: str) -> None:
    """UTF-8 whatever the terminal's locale, so that `--json | program` works everywhere."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        print(text)
        return
    buffer.write((text + "\n").encode("utf-8"))
    buffer.flush()
