"""`duban move`: carries everything from one database to another, and compares before it counts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from bot import settings
from bot.clock import SystemClock
from core.ports import Clock
from core.words.voice import Voice, voice
from storage.engine import Desk
from storage.moving import CannotMove, Carried, move, together

_BAR = 30
_EVERY = 0.1


def add(subparsers: Any) -> None:
    parser = subparsers.add_parser("move", help="carry everything to another database (SQLite, PostgreSQL), compared")
    parser.add_argument(
        "--to", required=True, metavar="URL", help="an empty database; sqlite:///path or postgresql://…"
    )
    parser.add_argument("--from", dest="source", metavar="URL", help="default: DATABASE_URL")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Returns 2 where an address is wrong or the move is refused; 1 (from the caller) where a database is lost."""
    chosen = settings.load()
    said = voice(chosen.language)
    try:
        source, target = (settings.database(url) for url in (args.source or chosen.database, args.to))
        if not target:
            raise ValueError
    except ValueError:
        return _fault(said.plain("move.bad_url"))
    if (file := _file(source)) is not None and not file.is_file():
        return _fault(said.plain("move.no_source", file=file))
    if (file := _file(target)) is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            return _fault(said.plain("move.no_place", file=file, why=error.strerror))
    desks = Desk(source, threads=1), Desk(target, threads=1)
    clock = SystemClock()
    bar, began = Bar(clock), clock.monotonic()
    try:
        carried = move(*desks, clock.now(), bar)
    except CannotMove as refused:
        bar.end()
        return _fault(said.plain(f"move.{refused.reason}", **refused.values))
    except BaseException:
        bar.end()
        print(said.plain("move.broken_off"), file=sys.stderr)
        raise
    finally:
        for desk in desks:
            desk.close()
    bar.end()
    _report(said, carried, clock.monotonic() - began)
    return 0


def _report(said: Voice, carried: list[Carried], seconds: float) -> None:
    """The comparison: a line for each table that holds something, and all of them together."""
    every = together(carried)
    for one in carried:
        if one.rows:
            print(f"{one.table:<18} {one.rows:>10} {one.checksum}")
    print(f"{said.plain('move.all'):<18} {every.rows:>10} {every.checksum}")
    print(
        said.plain(
            "move.done", tables=len(carried), rate=int(every.rows / max(seconds, 0.001)), seconds=f"{seconds:.1f}"
        )
    )


class Bar:
    """One line that grows on a terminal; elsewhere (a log) nothing until the comparison."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._shown, self._last = clock, sys.stderr.isatty(), 0.0

    def __call__(self, table: str, done: int, total: int) -> None:
        now = self._clock.monotonic()
        if not self._shown or (now - self._last < _EVERY and done != total):
            return
        self._last = now
        part = done / total if total else 1.0
        full = int(part * _BAR)
        print(
            f"\r{table:<18} [{'#' * full}{'.' * (_BAR - full)}] {done}/{total}\x1b[K",
            end="",
            file=sys.stderr,
            flush=True,
        )

    def end(self) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _file(url: str) -> Path | None:
    """The file of an SQLite database, also of one named by `--to`."""
    scheme, _, path = url.partition("://")
    return Path(path.removeprefix("/")) if scheme == "sqlite" and path.strip("/") else None


def _fault(text: str) -> int:
    print(text, file=sys.stderr)
    return 2
