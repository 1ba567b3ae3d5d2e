"""Knows how everything is carried from one database to another: all of it in one transaction, compared before it counts.

The target's tables, its rows and the comparison are one transaction: whoever is killed midway leaves the target as empty
as it was, and the source is only ever read, under a lock that keeps bots from starting on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg
from sqlalchemy import Table, func, inspect, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from core.ports import StorageTrouble
from storage.base import Base
from storage.duty import somebody_on_duty
from storage.engine import Desk
from storage.locks import one_at_a_time, take_time
from storage.migrating import bring_up, head, revision_of
from storage.prepared import on_postgres

BATCH = 5_000
LOCK_SECONDS = 10
_LEFT_BEHIND = frozenset({"lease"})
"""Who holds what until when: nobody does on the other side."""

_OTHERS = """SELECT count(*) FROM pg_stat_activity
WHERE application_name LIKE 'duban%' AND datname = current_database() AND pid <> pg_backend_pid()"""
"""Processes that stand by take updates in too."""

Row = tuple[Any, ...]
Progress = Callable[[str, int, int], None]
"""Called with a table, its rows done, its rows in all."""


class CannotMove(Exception):
    """Nothing was changed. `reason` names a sentence (move.…) and `values` what it says."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values


@dataclass(frozen=True, slots=True)
class Carried:
    """One table: how many rows, and the checksum of their content on both sides."""

    table: str
    rows: int
    checksum: str


def move(source: Desk, target: Desk, now: datetime, progress: Progress = lambda *_: None) -> list[Carried]:
    """Carries everything over. Returns what was compared and found equal.

    1. Refused: the same database, one in use by a bot, a source or target of another version, a target with rows.
    2. The source is read as it stood at one moment; bots that start meanwhile wait (PostgreSQL) or are told that it is locked.
    3. The target is committed only after counts and checksums agree; PostgreSQL's counters go on behind the last number.

    Raises CannotMove, or core.ports.StorageTrouble where a connection is lost; the target is then as it was.
    """
    if source.url == target.url:
        raise CannotMove("same")
    try:
        with ExitStack() as stack:
            there = stack.enter_context(Session(target.engine))
            stack.enter_context(there.begin())
            here = stack.enter_context(Session(source.engine))
            stack.enter_context(here.begin())
            if not source.lite:
                here.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            for session in (here, there):
                if on_postgres(session):
                    # The same database under two names would wait for itself.
                    session.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
                take_time(session)
            _may_leave(here, now)
            _may_enter(there, now)
            return _carry(here, there, progress)
    except (DatabaseError, psycopg.Error) as error:
        raise StorageTrouble(str(getattr(error, "orig", error)).strip().splitlines()[0]) from error


def _may_leave(here: Session, now: datetime) -> None:
    one_at_a_time(here, "migrate")
    if (found := revision_of(here)) != head():
        raise CannotMove("source_version", found=found or "-", head=head())
    if somebody_on_duty(here, now) or (on_postgres(here) and here.scalar(text(_OTHERS))):
        raise CannotMove("source_in_use")


def _may_enter(there: Session, now: datetime) -> None:
    one_at_a_time(there, "migrate")
    found, tables = revision_of(there), inspect(there.connection()).get_table_names()
    if found is None and not tables:
        bring_up(there)
        return
    if found != head():
        raise CannotMove("target_version" if found else "target_foreign", found=found or "-", head=head())
    if full := [table.name for table in _tables() if there.execute(select(table).limit(1)).first() is not None]:
        raise CannotMove("target_full", tables=", ".join(full[:6]))
    if somebody_on_duty(there, now):
        raise CannotMove("target_in_use")


def _carry(here: Session, there: Session, progress: Progress) -> list[Carried]:
    out = []
    for table in _tables():
        total = here.scalar(select(func.count()).select_from(table)) or 0
        progress(table.name, 0, total)
        read = _Tally()
        _write(there, table, read.passing(_read(here, table), lambda done: progress(table.name, done, total)))  # noqa: B023
        written = _Tally()
        for _ in written.passing(_read(there, table), lambda done: None):
            pass
        if (read.rows, read.sum) != (written.rows, written.sum) or read.rows != total:
            raise CannotMove("differs", table=table.name, here=read.rows, there=written.rows)
        out.append(Carried(table.name, read.rows, read.checksum))
    if on_postgres(there):
        _count_on(there)
        there.execute(text("ANALYZE"))
    return out


class _Tally:
    """Counts and sums up rows on their way. The sum does not depend on their order: databases sort text differently."""

    def __init__(self) -> None:
        self.rows = self.sum = 0

    @property
    def checksum(self) -> str:
        return f"{self.sum:032x}"

    def passing(self, batches: Iterator[list[Row]], done: Callable[[int], None]) -> Iterator[list[Row]]:
        for batch in batches:
            for row in batch:
                # A digest each: what is added up then can't cancel out, as plain numbers would.
                self.sum += int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=16).digest(), "big")
            self.sum %= 1 << 128
            self.rows += len(batch)
            yield batch
            done(self.rows)


def _tables() -> list[Table]:
    """Those that others refer to first."""
    return [table for table in Base.metadata.sorted_tables if table.name not in _LEFT_BEHIND]


def _read(session: Session, table: Table) -> Iterator[list[Row]]:
    """The rows as SQLite keeps them: whole numbers, text, nothing. Not one table is in memory at once."""
    query = f"SELECT {_columns(table)} FROM {_quoted(table.name)}"  # noqa: S608 - our own names
    raw: Any = session.connection().connection.driver_connection
    named = {"name": "move"} if on_postgres(session) else {}
    cursor = raw.cursor(**named)
    try:
        cursor.execute(query)
        while batch := cursor.fetchmany(BATCH):
            yield [tuple(_plain(value) for value in row) for row in batch] if named else batch
    finally:
        cursor.close()


def _write(session: Session, table: Table, batches: Iterator[list[Row]]) -> None:
    raw: Any = session.connection().connection.driver_connection
    into = f"{_quoted(table.name)} ({_columns(table)})"
    if on_postgres(session):
        with raw.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for batch in batches:
                for row in batch:
                    copy.write_row(row)
        return
    marks = ", ".join("?" * len(table.columns))
    for batch in batches:
        raw.executemany(f"INSERT INTO {into} VALUES ({marks})", batch)  # noqa: S608 - our own names


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def _count_on(there: Session) -> None:
    """The numbers that the tables give themselves go on behind the last one carried over."""
    for table in _tables():
        column = table.autoincrement_column
        if column is None:
            continue
        where = {"table": _quoted(table.name), "column": column.name}
        sequence = there.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), where)
        last = there.scalar(select(func.max(column)))
        if sequence and last:
            there.execute(select(func.setval(sequence, last)))


def _columns(table: Table) -> str:
    return ", ".join(_quoted(column.name) for column in table.columns)


def _quoted(name: str) -> str:
    return f'"{name}"'


def together(carried: Sequence[Carried]) -> Carried:
    """All tables as one line: the sum of the rows, and a checksum over the checksums."""
    every = hashlib.blake2b("".join(f"{one.table}{one.checksum}" for one in carried).encode(), digest_size=16)
    return Carried("", sum(one.rows for one in carried), every.hexdigest())
