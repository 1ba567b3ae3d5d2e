"""Every column into which people write, in every table that belongs to a notice, is known to what takes names out."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import String, Text

from storage.base import Base, Json
from storage.belongings import Belongings
from storage.clearing import TEXTS
from storage.engine import Desk
from storage.work import OfficeStorage

PAPER = {"notice", "notice_past", "task", "task_past", "task_leader"}
"""What was read from the notice; numbers are taken out of its reading, the rest is published."""

WORDLESS = {
    # Marks, kinds, keys and names of units: nothing that a person typed freely.
    "agenda", "kind", "period", "state", "reviewed", "album", "outcome", "head_says", "target", "value", "sense", "scope",
    "mark", "mend_key", "part", "what", "subject", "units",
}  # fmt: skip


def test_no_column_in_which_people_write_is_forgotten() -> None:
    desk = Desk("sqlite://")
    desk.create_tables()

    def known(session: object) -> set[str]:
        storage = OfficeStorage({"name": "督查室"})
        office = storage.first(session, datetime(2023, 3, 3, tzinfo=UTC)).office.id  # type: ignore[arg-type]
        return {table.name for table in Belongings(session, office, 1).tables}  # type: ignore[arg-type]

    names = desk.run_sync(known)
    desk.close()
    assert {"task", "report", "finding", "collect_input", "instruction_reply", "figure_word", "event"} <= names
    forgotten = [
        f"{table}.{column.name}"
        for table in sorted(names - PAPER)
        for column in Base.metadata.tables[table].c
        if isinstance(column.type, String | Text | Json)
        and column.name not in {*TEXTS.get(table, ()), *WORDLESS, "files"}
    ]
    assert not forgotten
