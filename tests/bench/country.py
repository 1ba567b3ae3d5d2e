"""Knows how to make a whole country of offices fast: the same rows every time, written by the databases' own bulk ways."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from core.rules.calendar import WorkCalendar
from core.rules.ladder import PLAN_LADDER, REPORT_LADDER, covered_at_birth, next_rung_date, to_data
from core.rules.tasks import ref_key
from storage import tables
from storage.base import Base
from storage.engine import Desk
from storage.migrating import migrate

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2023, 4, 19, 11, 0, tzinfo=ZONE)
"""A Wednesday: everybody is at work, and no reminder is due today."""

_BORN = datetime(2023, 3, 3, 9, 0, tzinfo=ZONE)
_LEADERS = "林知远 周砚秋 沈怀舟 顾清和 陆文渊 许明澜 夏泉 江予安 程若水".split()
_WORKS = (
    "新建口袋公园12个，更新老旧健身设施30处，让群众出门就能运动、散步和休息",
    "改造老旧小区18个，加装电梯60部，年底前全部交付使用",
    "守住耕地红线，治理抛荒田块，完成新垦耕地900亩以上",
    "编好海岛整体规划，建设样板5处，走出共富的路子",
)
_PERIODS = (
    # kind, period, first day, due, share handed in (of 20)
    ("plan", "2023", None, date(2023, 3, 16), 15),
    ("report", "2023-03", date(2023, 3, 1), date(2023, 3, 24), 15),
    ("report", "2023-04", date(2023, 4, 1), date(2023, 4, 25), 2),
    ("report", "2023-05", date(2023, 5, 1), date(2023, 5, 25), 0),
    ("report", "2023-06", date(2023, 6, 1), date(2023, 6, 25), 0),
    ("report", "2023-07", date(2023, 7, 1), date(2023, 7, 25), 0),
)
assert tables.__all__  # importing it fills the metadata


@dataclass(frozen=True, slots=True)
class Size:
    """One office. Open obligations come on top of what was handed in (about two in three of the first months')."""

    open: int = 334
    tasks: int = 82
    units: int = 58
    people: int = 100


def fill(url: str, offices: int, size: Size = Size()) -> dict[str, int]:
    """Makes the tables and fills them. Returns {table: rows}."""
    desk = Desk(url)
    migrate(desk)
    lite, address = desk.lite, desk.url
    desk.close()
    if lite:
        return _sqlite(address.database or "", offices, size)
    return _postgres(address.set(drivername="postgresql").render_as_string(hide_password=False), offices, size)


def _sqlite(path: str, offices: int, size: Size) -> dict[str, int]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-200000")
    connection.execute("BEGIN")
    counts: dict[str, int] = {}
    for first in range(0, offices, 100):
        for table, rows in _batch(range(first, min(first + 100, offices)), size).items():
            marks = ",".join("?" * len(rows[0]))
            names = ",".join(f'"{name}"' for name in _COLUMNS[table])
            connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
            counts[table] = counts.get(table, 0) + len(rows)
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return counts


def _postgres(address: str, offices: int, size: Size) -> dict[str, int]:
    counts: dict[str, int] = {}
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # the rows fit together by construction
        for first in range(0, offices, 100):
            for table, rows in _batch(range(first, min(first + 100, offices)), size).items():
                names = ",".join(f'"{name}"' for name in _COLUMNS[table])
                with connection.cursor().copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                    for row in rows:
                        copy.write_row(row)
                counts[table] = counts.get(table, 0) + len(rows)
        for table in counts:
            if "id" in Base.metadata.tables[table].c:
                connection.execute(
                    f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), (SELECT max(id) FROM \"{table}\"))"
                )
        connection.execute("VACUUM ANALYZE")
    return counts


_COLUMNS = {
    "office": ("id", "name", "settings", "created_at"),
    "agenda": ("office_id", "at", "basis"),
    "ladder": ("id", "office_id", "rungs"),
    "notice": (
        *("id", "office_id", "title", "number", "year", "state", "plan_due", "months", "reading", "file_hash"),
        *("sent_by", "sent_at", "confirmed_at"),
    ),
    "unit": ("id", "office_id", "name", "is_group"),
    "task": (
        *("id", "office_id", "notice_id", "ref", "ref_key", "position", "number", "content", "leader_ordinal"),
        *("leader_name", "leader_title", "frequency", "due", "due_text", "targets", "state"),
    ),
    "assignment": ("task_id", "unit_id", "part", "position"),
    "person": ("id", "office_id", "telegram_id", "chat_id", "name", "joined_at"),
    "post": ("id", "office_id", "person_id", "role", "unit_id", "leader_name", "since"),
    "receipt": ("notice_id", "person_id", "at"),
    "obligation": (
        *("id", "office_id", "task_id", "unit_id", "kind", "period", "period_from", "due", "state", "arose_at"),
        *("done_at", "last_rung", "next_nudge_on", "ladder_id"),
    ),
    "report": (
        *("id", "office_id", "obligation_id", "version", "text", "goal", "months", "files", "person_id", "at"),
        *("chat_id", "message_id", "album"),
    ),
    "event": ("office_id", "at", "person_id", "what", "subject", "subject_id", "data"),
    "outbox": (
        *("key", "office_id", "chat_id", "person_id", "kind", "priority", "turn", "payload", "about", "state"),
        *("tries", "repeated", "plain", "created_at", "ended_at", "message_id"),
    ),
}  # fmt: skip
"""In the order in which the tables refer to each other."""


def supervisor(office: int) -> int:
    """The Telegram number (and chat) of the supervisor of the n-th office, counted from 0."""
    return (office + 1) * 100_000 + 2


def contact(office: int, unit: int = 0, size: Size = Size()) -> int:
    """The Telegram number of the contact of the office's n-th unit."""
    return (office + 1) * 100_000 + 3 + len(_LEADERS) + unit % min(size.units, _desks(size))


def unit_name(unit: int) -> str:
    return f"区第{unit + 1:04d}局"


def _desks(size: Size) -> int:
    return size.people - 2 - len(_LEADERS)


def _batch(offices: Iterable[int], size: Size) -> dict[str, list[tuple[Any, ...]]]:
    rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _COLUMNS}
    for office in offices:
        _office(rows, office, size)
    return {table: found for table, found in rows.items() if found}


def _office(rows: dict[str, list[tuple[Any, ...]]], office: int, size: Size) -> None:
    number = office + 1
    born, text = _micro(_BORN), json.dumps({"title": "重点工作"}, ensure_ascii=False)
    rows["agenda"].append((number, 0, ""))
    rows["office"].append((number, f"第{number}督查室", "{}", born))
    ladders = {"plan": 2 * number - 1, "report": 2 * number}
    for kind, ladder in (("plan", PLAN_LADDER), ("report", REPORT_LADDER)):
        rows["ladder"].append((ladders[kind], number, json.dumps(to_data(ladder))))
    rows["notice"].append(
        (number, number, "重点工作", "", 2023, "active", "2023-03-16", "[3,4,5]", text, "hash", None, born, born)
    )
    rows["event"].append((number, born, None, "notice_confirmed", "notice", number, "{}"))
    first_unit = office * size.units + 1
    rows["unit"] += [(first_unit + n, number, unit_name(n), False) for n in range(size.units)]
    desks = _people(rows, number, first_unit, size, born)
    _tasks(rows, number, first_unit, size, desks, ladders, born)


def _people(
    rows: dict[str, list[tuple[Any, ...]]], number: int, first_unit: int, size: Size, born: int
) -> list[tuple[int, int]]:
    """(person, chat) of everybody at a desk."""
    desks = []
    for n in range(size.people):
        person, chat = (number - 1) * size.people + n + 1, number * 100_000 + n + 1
        role, unit, leader = "contact", None, None
        if n < 2:
            role = ("owner", "supervisor")[n]
        elif n < 2 + len(_LEADERS):
            role, leader = "leader", _LEADERS[n - 2]
        else:
            place = n - 2 - len(_LEADERS)
            role, unit = ("contact" if place < size.units else "head"), first_unit + place % size.units
            desks.append((person, chat))
        rows["person"].append((person, number, chat, chat, f"人{number}-{n}", born))
        rows["post"].append((person, number, person, role, unit, leader, born))
        if unit is not None:
            rows["receipt"].append((number, person, born))
            rows["outbox"].append((
                f"assignment:{number}:{person}", number, chat, person, "assignment", 2, person,
                json.dumps({"text": _WORKS[n % 4] * 4}, ensure_ascii=False), "[]", "sent", 0, False, False, born,
                born, n + 1,
            ))  # fmt: skip
    return desks


def _tasks(
    rows: dict[str, list[tuple[Any, ...]]], number: int, first_unit: int, size: Size, desks: list[tuple[int, int]],
    ladders: dict[str, int], born: int,
) -> None:  # fmt: skip
    left = size.open
    each, count = size.open // size.tasks + 3, 0
    first_task, per_leader = (number - 1) * size.tasks + 1, -(-size.tasks // len(_LEADERS))
    first = (number - 1) * (size.tasks * (len(_PERIODS) + each)) + 1
    for place in range(size.tasks):
        task, leader = first_task + place, place // per_leader
        ref = f"{leader + 1}-{place % per_leader + 1}"
        rows["task"].append((
            task, number, number, ref, ref_key(ref), place, str(place % per_leader + 1), _WORKS[place % 4],
            leader + 1, _LEADERS[leader], "副区长", "monthly", None, "", "[]", "active",
        ))  # fmt: skip
        units = list(dict.fromkeys(first_unit + (place * 7 + step * 5) % size.units for step in range(3)))
        parts = ("lead", "co", "co")
        rows["assignment"] += [(task, unit, parts[n], n) for n, unit in enumerate(units)]
        person, chat = desks[(units[0] - first_unit) % len(desks)]
        for n, (kind, period, since, due, share) in enumerate(_owed(size, place)):
            done = (place * 3 + n * 7) % 20 < share
            if not done and left == 0:
                continue
            left -= not done
            row = first + count
            count += 1
            rung, day = (None, None) if done else _RUNGS[kind, due]
            at = _micro(datetime.combine(due - timedelta(days=1), NOW.time(), ZONE))
            rows["obligation"].append((
                row, number, task, units[0], kind, period, since.isoformat() if since else None, due.isoformat(),
                "handed_in" if done else "open", born, at if done else None, rung, day, ladders[kind],
            ))  # fmt: skip
            if done:
                rows["report"].append((
                    row, number, row, 1, "按计划推进，完成投资三成。", "", "{}", "[]", person, at, chat, row, "",
                ))  # fmt: skip
                rows["event"].append(
                    (number, at, person, kind, "task", task, json.dumps({"period": period, "version": 1}))
                )
    assert left == 0, f"{left} open obligations are missing: more tasks or periods are needed"


def _owed(size: Size, place: int) -> Iterator[tuple[str, str, date | None, date, int]]:
    """What a task owes: plan and months, and for a very large office as many more as it takes."""
    yield from _PERIODS
    for year in range(2024, 2024 + size.open // size.tasks // 12 + 1 if size.open > 6 * size.tasks else 2024):
        for month in range(1, 13):
            yield "report", f"{year}-{month:02d}", date(year, month, 1), date(year, month, 25), 0


class _Rungs(dict[tuple[str, date], tuple[int | None, str | None]]):
    """Where on its ladder an open obligation of that date stands today."""

    def __missing__(self, key: tuple[str, date]) -> tuple[int | None, str | None]:
        calendar = WorkCalendar()
        ladder = PLAN_LADDER if key[0] == "plan" else REPORT_LADDER
        covered = covered_at_birth(ladder, key[1], NOW.date(), calendar)
        day = next_rung_date(ladder, key[1], covered, calendar)
        self[key] = covered, day.isoformat() if day else None
        return self[key]


_RUNGS = _Rungs()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _micro(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
