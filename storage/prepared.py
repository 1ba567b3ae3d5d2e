"""Knows how a statement that is carried out again and again is built once, and on SQLite goes straight to the driver.

What SQLAlchemy does around each execution costs ten times what SQLite takes for it. PostgreSQL, where the way to the server
costs more than that, is asked through SQLAlchemy as ever.
"""

from __future__ import annotations

import json
import re
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Dialect, Executable
from sqlalchemy.orm import Session

Values = Mapping[str, Any]
_Convert = Callable[[Any], Any]

_ROW = re.compile(r"VALUES \(\?(?:, \?)*\)")
"""Where an INSERT names the values of its row."""

_NUL = "\\u0000"
"""SQLite's JSON ends a text here, which a value bound by itself keeps."""

_LIST = re.compile(r"\(__\[POSTCOMPILE_(\w+)\]\)")
"""Where SQLAlchemy's compiler leaves room for an expanding parameter, which it fills anew at every execution."""


class Prepared:
    """A statement with named parameters. An INSERT names the `columns` it is given."""

    def __init__(self, statement: Executable, columns: Sequence[str] | None = None) -> None:
        self.statement = statement
        self._columns = columns
        self._direct: _Direct | None = None

    def direct(self, dialect: Dialect) -> _Direct:
        if self._direct is None:
            self._direct = _Direct(self.statement, self._columns, dialect)
        return self._direct


def rows(session: Session, statement: Prepared | Executable, values: Values) -> Sequence[Any]:
    """All rows of a question at once, after what the session still holds back is written.

    Row by row, SQLite's driver would let go of the interpreter so often, for so short a time, that the event loop never
    gets hold of it: a loop over a few hundred rows held it up for tens of milliseconds.
    """
    session.flush()
    connection = session.connection()
    if isinstance(statement, Prepared):
        if connection.dialect.name == "sqlite":
            direct, driver = statement.direct(connection.dialect), connection.connection.driver_connection
            return direct.rows(driver.execute(*direct.bound(values)).fetchall())  # type: ignore[union-attr]
        statement = statement.statement
    found: Sequence[Any] = connection.execute(statement, values).all()
    return found


def carry_out(session: Session, statement: Prepared, values: Values) -> int:
    """Changes rows. Returns how many."""
    session.flush()
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return connection.execute(statement.statement, values).rowcount
    direct, driver = statement.direct(connection.dialect), connection.connection.driver_connection
    return int(driver.execute(*direct.bound(values)).rowcount)  # type: ignore[union-attr]


def carry_out_each(session: Session, statement: Prepared, values: Sequence[Values]) -> None:
    """Changes rows, once for each set of values."""
    session.flush()
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        connection.execute(statement.statement, values)
        return
    direct, driver = statement.direct(connection.dialect), connection.connection.driver_connection
    each = [direct.bound(one) for one in values]
    driver.executemany(each[0][0], [bound for _, bound in each])  # type: ignore[union-attr]


def insert_all(
    session: Session, statement: Prepared, values: Sequence[Values], shared: Values | None = None
) -> Sequence[Any]:
    """Writes many rows at once; `shared` is the same in all of them. Returns what a RETURNING gives back, else nothing.

    On SQLite they are one value, as JSON, and one statement: row by row, the driver would let go of the interpreter so
    often, for so short a time, that the event loop never gets hold of it; and this takes a third of the time.
    """
    session.flush()
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        done = connection.execute(statement.statement, [{**(shared or {}), **one} for one in values])
        return done.all() if done.returns_rows else []
    direct, driver = statement.direct(connection.dialect), connection.connection.driver_connection
    found: list[Any] = []
    for text, bound in direct.bound_together(values, shared or {}):
        found += driver.execute(text, bound).fetchall()  # type: ignore[union-attr]
    return direct.rows(found)


def on_postgres(session: Session) -> bool:
    """Whether the database is PostgreSQL; else it is SQLite."""
    return session.get_bind().dialect.name == "postgresql"


class _Direct:
    """A statement as SQLite's driver takes it, with what becomes of its values and of what it finds."""

    def __init__(self, statement: Any, columns: Sequence[str] | None, dialect: Dialect) -> None:
        made = statement.compile(dialect=dialect, column_keys=columns)
        own = {column.key: column.default for column in (*made.insert_prefetch, *made.update_prefetch)}
        self._text, lists = str(made), set(_LIST.findall(str(made)))
        self._texts: dict[tuple[int, ...], str] = {}
        self._fixed = {name: part.value for name, part in made.binds.items() if not part.required and name not in own}
        self._fixed |= {name: own[name].arg if own[name].is_scalar else own[name].arg(None) for name in own}
        kinds = {name: part.type.dialect_impl(dialect) for name, part in made.binds.items()}
        self._places: list[tuple[str, bool, _Convert | None]] = [
            (name, name in lists, kinds[name].bind_processor(dialect)) for name in made.positiontup or ()
        ]
        found = list(statement.exported_columns)
        self._row: Any = namedtuple("Row", [str(column.key) for column in found], rename=True)  # type: ignore[misc]  # noqa: PYI024
        out = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in found]
        self._out = [(n, convert) for n, convert in enumerate(out) if convert]

    def bound(self, values: Values) -> tuple[str, list[Any]]:
        """The statement's text and the values in their places. Raises KeyError where one is missing."""
        out: list[Any] = []
        sizes: list[int] = []
        for name, is_list, convert in self._places:
            value = values[name] if name in values else self._fixed[name]
            if is_list:
                size = _room(len(value))
                sizes.append(size)
                out += _filled(value, size)
            else:
                out.append(convert(value) if convert else value)
        return self._of(tuple(sizes)), out

    def bound_together(self, values: Sequence[Values], shared: Values) -> Iterator[tuple[str, list[Any]]]:
        """The statements, and their values, that insert all these rows: one, as a rule."""
        own = [(name, convert) for name, _, convert in self._places if name in values[0]]
        each = [[convert(one[name]) if convert else one[name] for name, convert in own] for one in values]
        together = json.dumps(each, ensure_ascii=False, separators=(",", ":"))
        if len(each) == 1 or _NUL in together:
            yield from (self.bound({**shared, **one}) for one in values)
            return
        alike = {**self._fixed, **shared}
        cells, bound, place = [], [], 0
        for name, _, convert in self._places:
            if name in values[0]:
                cells.append(f"json_extract(value, '$[{place}]')")
                place += 1
            else:
                cells.append("?")
                bound.append(convert(alike[name]) if convert else alike[name])
        yield self._together(", ".join(cells)), [*bound, together]

    def _together(self, cells: str) -> str:
        # Without a condition SQLite would take ON CONFLICT for that of a join.
        text, found = _ROW.subn(f"SELECT {cells} FROM json_each(?) WHERE true", self._text)  # noqa: S608 - our own words
        assert found == 1, self._text
        return text

    def _of(self, sizes: tuple[int, ...]) -> str:
        if sizes not in self._texts:
            left = iter(sizes)
            self._texts[sizes] = _LIST.sub(lambda _: f"({_marks(next(left))})", self._text)
        return self._texts[sizes]

    def rows(self, found: list[tuple[Any, ...]]) -> Sequence[Any]:
        """What was found, as named values."""
        make, out = self._row._make, self._out
        if not out:
            return [make(row) for row in found]
        made = []
        for row in found:
            cells = list(row)
            for n, convert in out:
                cells[n] = convert(cells[n])
            made.append(make(cells))
        return made


def _room(count: int) -> int:
    """Places for a list: few sizes, so that few texts are made; _ENDLESS where it is one value, as JSON."""
    return next((size for size in _ROOMS if count <= size), _ENDLESS)


_ROOMS, _ENDLESS = (0, 1, 2, 4, 8, 16, 32, 64), -1


def _filled(values: Any, size: int) -> list[Any]:
    """As many values as there are places: the last one repeated changes nothing in a list."""
    listed = list(values)
    return [json.dumps(listed)] if size == _ENDLESS else listed + listed[-1:] * (size - len(listed))


def _marks(size: int) -> str:
    return "SELECT value FROM json_each(?)" if size == _ENDLESS else ", ".join("?" * size)
