"""Knows how a piece of work becomes one transaction: `await desk.run(fn)` on SQLite or PostgreSQL.

SQLite gets one writer thread (it has one writer anyway, so nobody ever waits for a lock inside the process) and one
reader thread that sees the last commit while a write is under way; short pieces of work that wait for it share a commit.
PostgreSQL gets a small pool of threads.
"""

from __future__ import annotations

import asyncio
import ctypes
import sqlite3
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from core.ports import StorageTrouble
from storage.base import Base

T = TypeVar("T")

_BUSY_MILLISECONDS = 5_000

_IDLE_SECONDS = 60
"""PostgreSQL ends a transaction in which nothing is asked for so long."""

_CACHE_KB, _READERS_CACHE_KB = 8_192, 2_048
"""Of SQLite's pages, each connection keeps so much; the reader asks little, again and again."""

_M_ARENA_MAX = -8
"""malloc.h: how many heaps glibc may make."""

_TOGETHER = 8
"""So many pieces of work share a commit at most: those that are done wait for the others."""


@dataclass(slots=True)
class _Job:
    work: Callable[[Session], Any]
    together: bool
    future: Future[Any] = field(default_factory=Future)
    result: Any = None


class Desk:
    """One database and the threads that work on it. Every `run` is one transaction: all of it happens, or nothing."""

    def __init__(self, url: str, threads: int = 4) -> None:
        """`url`: sqlite:///path, sqlite:// (in memory) or postgresql://…; `threads` counts for PostgreSQL only."""
        _share_the_heap()
        self.url = make_url(url)
        self.lite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(url, "BEGIN IMMEDIATE") if self.lite else _postgres(url, threads)
        self._writers = ThreadPoolExecutor(1 if self.lite else threads, thread_name_prefix="desk")
        self._soon: deque[_Job] = deque()
        self._later: deque[_Job] = deque()
        self._readers, self._read_engine = self._writers, self.engine
        if self.lite and self.url.database not in (None, "", ":memory:"):
            self._readers = ThreadPoolExecutor(1, thread_name_prefix="desk-read")
            self._read_engine = _sqlite(url, "BEGIN", read_only=True)

    async def run(self, work: Callable[[Session], T], *, soon: bool = False, together: bool = False) -> T:
        """What `work` returns, after its changes are committed. Raises StorageTrouble when the database can't now.

        together: short work, which may share its commit with others that wait. On SQLite a commit means waiting for the
        disk, and there is one writer. What fails among them is undone alone; the others don't notice.
        soon: short work on which many wait, receiving and sending; it is done before what else waits for the writer.
        """
        return await asyncio.wrap_future(self._hand_in(work, soon, together or soon))

    async def read(self, work: Callable[[Session], T]) -> T:
        """Like `run` for work that changes nothing; long reads don't hold up the writer."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._look, work)

    def run_sync(self, work: Callable[[Session], T]) -> T:
        """`run` for programs without an event loop; not to be called from inside other work."""
        return self._hand_in(work, False, False).result()

    def rebuild_sync(self, work: Callable[[Session], T]) -> T:
        """`run_sync` for work that may make tables anew: SQLite drops no table that another refers to while it checks that.

        What refers to nothing at the end is an error, and then nothing was changed.
        """
        if not self.lite or self.url.database in (None, "", ":memory:"):
            return self.run_sync(work)
        engine = _sqlite(self.url.render_as_string(hide_password=False), "BEGIN IMMEDIATE", foreign_keys=False)

        def checked(session: Session) -> T:
            done = work(session)
            if broken := session.connection().exec_driver_sql("PRAGMA foreign_key_check").first():
                raise StorageTrouble(f"rows of {broken[0]} refer to nothing")
            return done

        try:
            return self._writers.submit(_translated, engine, checked).result()
        finally:
            self._writers.submit(engine.dispose).result()

    async def look_over(self) -> None:
        """Now and then: SQLite learns again how its rows are spread, from a few of them, and plans its searches by it."""

        def work(session: Session) -> None:
            for pragma in ("analysis_limit=400", "optimize"):
                session.connection().exec_driver_sql(f"PRAGMA {pragma}")

        if self.lite:
            await self.run(work)

    def create_tables(self) -> None:
        """Every table that does not exist yet."""
        self._writers.submit(lambda: Base.metadata.create_all(self.engine)).result()

    def close(self) -> None:
        """Finishes what was handed in and lets go of the files and connections."""
        for threads, engine in ((self._readers, self._read_engine), (self._writers, self.engine)):
            if threads is not self._writers or engine is self.engine:
                _close(threads, engine)

    def _hand_in(self, work: Callable[[Session], Any], soon: bool, together: bool) -> Future[Any]:
        job = _Job(work, together and self.lite)
        (self._soon if soon else self._later).append(job)
        self._writers.submit(self._next)
        return job.future

    def _next(self) -> None:
        """Does what is to be done next, if another call has not done it already."""
        job = self._take(alone=True)
        if job is None:
            return
        if job.together and (self._soon or self._later):
            self._share(job)
        else:
            _settle(job, self.engine)

    def _take(self, alone: bool) -> _Job | None:
        """The next job that was not given up; one that wants a transaction of its own only where that is offered."""
        for waiting in (self._soon, self._later):
            while waiting and (alone or waiting[0].together):
                try:
                    job = waiting.popleft()
                except IndexError:  # another thread was faster
                    break
                if job.future.set_running_or_notify_cancel():
                    return job
            if waiting and not alone:
                return None  # what was handed in first is done first
        return None

    def _share(self, first: _Job) -> None:
        """One transaction for this job and the short ones that wait behind it, each in a savepoint of its own."""
        # Before the transaction begins: if the file is locked it never does, and the first must hear of it all the same.
        taken = [first]
        try:
            with self.engine.begin() as connection:
                for number in range(_TOGETHER):
                    if number:
                        if (job := self._take(alone=False)) is None:
                            break
                        taken.append(job)
                    if not _within(connection, taken[-1]):
                        taken.pop()
        except BaseException as error:
            # Nothing of it holds: whoever was done is told what the one hears whose transaction fails alone.
            trouble = _trouble(error)
            for job in taken:
                job.future.set_exception(trouble)
            return
        for job in taken:
            job.future.set_result(job.result)

    def _look(self, work: Callable[[Session], T]) -> T:
        return _translated(self._read_engine, work)


def _share_the_heap() -> None:
    """glibc gives each thread a heap of its own, and what one thread gave back no other gets: ten megabytes of a process.

    Python lets one thread work at a time anyway. Elsewhere than with glibc nothing happens.
    """
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _settle(job: _Job, engine: Engine) -> None:
    """The job's own transaction."""
    try:
        job.future.set_result(_translated(engine, job.work))
    except BaseException as error:
        job.future.set_exception(error)


def _within(connection: Connection, job: _Job) -> bool:
    """Does the job in a savepoint. False if it failed: then it knows, and nothing of it is left.

    Raises what ended the whole transaction (a full disk, for example).
    """
    savepoint = connection.begin_nested()
    session = Session(connection, expire_on_commit=False, join_transaction_mode="rollback_only")
    try:
        job.result = job.work(session)
        session.commit()  # writes what is left; the transaction is not the session's to commit
        savepoint.commit()
    except BaseException as error:
        driver: Any = connection.connection.driver_connection
        if not driver.in_transaction:
            raise
        if savepoint.is_active:
            savepoint.rollback()
        job.future.set_exception(_trouble(error))
        return False
    finally:
        session.close()
    return True


def _translated(engine: Engine, work: Callable[[Session], T]) -> T:
    try:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            return work(session)
    except Exception as error:
        trouble = _trouble(error)
        if trouble is error:
            raise
        raise trouble from error


def _trouble(error: BaseException) -> BaseException:
    """StorageTrouble where the database can't now; every other error as it is."""
    unable = isinstance(error, OperationalError | InterfaceError | PoolTimeout | sqlite3.OperationalError)
    if unable or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return StorageTrouble(_reason(error))
    return error


def _reason(trouble: BaseException) -> str:
    origin = getattr(trouble, "orig", None) or trouble
    return str(origin).strip().splitlines()[0] if str(origin).strip() else type(origin).__name__


def _close(threads: ThreadPoolExecutor, engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        threads.shutdown(wait=True)  # before: what another thread still holds would come back to no pool
        engine.dispose()
        return
    try:
        threads.submit(engine.dispose).result()  # SQLite's connection belongs to its thread
    except RuntimeError:
        return  # closed before
    threads.shutdown(wait=True)


def _sqlite(url: str, begin: str, *, read_only: bool = False, foreign_keys: bool = True) -> Engine:
    memory = make_url(url).database in (None, "", ":memory:")
    if memory:
        engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        engine = create_engine(url, pool_size=1, max_overflow=0, connect_args={"cached_statements": 512})

    @event.listens_for(engine, "connect")
    def settings(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin by itself: BEGIN IMMEDIATE is ours
        pragmas = [
            f"busy_timeout={_BUSY_MILLISECONDS}",
            f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
            f"cache_size=-{_READERS_CACHE_KB if read_only else _CACHE_KB}",
            "temp_store=MEMORY",
        ]
        pragmas += ["query_only=ON"] if read_only else ["journal_mode=WAL", "synchronous=FULL"]
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        # Straight to the driver: SQLAlchemy's own way costs several times what SQLite takes to begin.
        driver: Any = connection.connection.driver_connection
        driver.execute(begin)

    # So is what lets short pieces of work share a commit: SQLAlchemy would build these two statements anew each time.
    for step, words in (("do_savepoint", "SAVEPOINT"), ("do_release_savepoint", "RELEASE")):
        setattr(engine.dialect, step, partial(_at_once, words))
    return engine


def _at_once(words: str, connection: Connection, name: str) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute(f"{words} {name}")


def _postgres(url: str, threads: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=threads,
        max_overflow=0,
        pool_pre_ping=True,  # a server that was restarted costs no error
        connect_args={"connect_timeout": 5, "application_name": "duban"},
    )

    @event.listens_for(engine, "connect")
    def settings(connection: Any, record: Any) -> None:
        # A process that hangs in the middle of a transaction must not hold its locks for ever.
        connection.execute(f"SET idle_in_transaction_session_timeout = '{_IDLE_SECONDS}s'")
        connection.commit()

    return engine
