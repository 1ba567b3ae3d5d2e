"""The JSON of everything is what docs/data.md says, table by table and column by column, so that others can rely on it."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

from core.cases.export import TABLES
from core.papers.render import render
from core.words.export import everything_data
from core.work import Work
from tests.chat.world import World
from tests.office.test_export import filed

DOC = Path(__file__).parents[2] / "docs" / "data.md"
TYPES = {"int": int, "text": str, "bool": bool, "date": str, "moment": str, "json": (dict, list)}


def documented() -> dict[str, dict[str, str]]:
    """{table: {column: type}} in the document's order."""
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", DOC.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: dict(column.split(" ") for column in columns.split(", ")) for name, columns in rows}


async def exported(world: World) -> dict[str, Any]:
    def read(work: Work) -> dict[str, Any]:
        return everything_data(work.office, world.demo.clock.now(), work.archive.tables())

    data = await world.demo.work(read)
    found: dict[str, Any] = json.loads(render("office.json", data))
    return found


async def test_every_table_and_column_is_documented_in_its_order(world: World) -> None:
    await filed(world)
    data, known = await exported(world), documented()
    assert (data["format"], data["version"], list(data)) == (
        "duban-office",
        1,
        ["format", "version", "office", "at", "tables"],
    )
    assert sorted(data["tables"]) == sorted(known), "a new table is to be documented"
    for name, rows in data["tables"].items():
        for row in rows:
            assert list(row) == list(known[name]), name


async def test_every_value_is_of_its_type(world: World) -> None:
    await filed(world)
    data, known = await exported(world), documented()
    filled = 0
    for name, rows in data["tables"].items():
        for row in rows:
            for column, value in row.items():
                kind = known[name][column]
                if value is None:
                    assert kind.endswith("?"), (name, column)
                    continue
                kind = kind.rstrip("?")
                assert isinstance(value, TYPES[kind]), (name, column, value)
                if kind == "date":
                    date.fromisoformat(value)
                if kind == "moment":
                    assert datetime.fromisoformat(value).utcoffset() is not None
                filled += 1
    assert filled > 300


def test_every_kind_of_table_is_documented() -> None:
    text = DOC.read_text(encoding="utf-8")
    assert all(f"| `{name}` | " in text for name in TABLES)
