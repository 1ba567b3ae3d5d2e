"""`duban ladder [FILE]`: the ladder in force, or a new one from a file, checked before it is."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from bot import settings
from bot.clock import SystemClock
from bot.database import open_desk
from core.cases.ladder import in_force, own, set_ladders
from core.papers.ladder import read_ladders
from core.rules.ladder import LadderFault
from core.words import ladder as words
from core.words.html import plain
from core.words.voice import Voice, voice
from core.work import Work
from storage.work import OfficeStorage


def add(subparsers: Any) -> None:
    parser = subparsers.add_parser("ladder", help="who is reminded when; set it from a file")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="put this ladder.toml into force")
    parser.add_argument("--check", action="store_true", help="only say whether the file is right")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the ladder in force. Returns 2 after saying on stderr what is wrong with the file; nothing changes then."""
    chosen = settings.load()
    said = voice(chosen.language)
    ladders = None
    if args.file:
        try:
            ladders = read_ladders(args.file.read_bytes())
        except OSError:
            return _fault(said.plain("ladder.cli_missing", file=args.file))
        except LadderFault as error:
            return _fault(said.plain("ladder.cli_bad", file=args.file, why=plain(words.fault(said, error))))
        if args.check:
            print(said.plain("ladder.cli_ok", file=args.file))
            return 0
    storage, now = OfficeStorage(chosen.office_defaults()), SystemClock().now()
    with open_desk(chosen) as desk:
        if ladders is not None:
            desk.run_sync(lambda session: set_ladders(storage.first(session, now), ladders, None, now))
        print(desk.run_sync(lambda session: _text(said, storage.first(session, now))))
    return 0


def _text(said: Voice, work: Work) -> str:
    return plain(words.ladder_message(said, in_force(work), own(work)).text)


def _fault(text: str) -> int:
    print(text, file=sys.stderr)
    return 2
