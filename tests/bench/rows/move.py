"""`duban move` of a large office from SQLite to PostgreSQL, comparison included."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from storage.engine import Desk
from storage.migrating import migrate
from storage.moving import move
from storage.outbox import OutboxEntry
from storage.tables.offices import EventRow, OfficeRow
from tests.bench.row import Figure, Row
from tests.postgres import Server

NOW = datetime(2023, 3, 6, 1, 0, tzinfo=UTC)


def measure(folder: Path, rows: int) -> dict[str, float]:
    server = Server(folder / "pg")
    source, target = Desk(f"sqlite:///{(folder / 'duban.db').as_posix()}"), Desk(server.database("moved"))
    try:
        migrate(source)
        source.run_sync(lambda session: _fill(session, rows))
        began = time.monotonic()
        carried = move(source, target, NOW)
        seconds = time.monotonic() - began
        lost = rows + 1 - sum(one.rows for one in carried)
        return {"rate": sum(one.rows for one in carried) / seconds, "lost": float(lost)}
    finally:
        source.close()
        target.close()
        server.stop()


def _fill(session: Session, rows: int) -> None:
    """Half history, half messages sent, as a year leaves them."""
    session.add(OfficeRow(id=1, name="office", settings={}, created_at=NOW))
    session.flush()
    for start in range(0, rows // 2, 10_000):
        span = range(start, min(start + 10_000, rows // 2))
        session.execute(insert(EventRow), [_event(n) for n in span])
        session.execute(insert(OutboxEntry), [_message(n) for n in span])


def _event(n: int) -> dict[str, object]:
    data = {"obligation": n, "period": "2023-04", "rung": "before_3", "folded": []}
    moment = NOW + timedelta(seconds=n)
    return {"office_id": 1, "at": moment, "what": "nudged", "subject": "task", "subject_id": n % 900, "data": data}


def _message(n: int) -> dict[str, object]:
    moment = NOW + timedelta(seconds=n)
    payload = {"text": f"<b>【提醒】</b>{n} 项待报，请直接回复本消息报送进展。" * 3}
    ended = {"state": "sent", "ended_at": moment, "message_id": n, "person_id": n % 9000}
    base = {
        "key": f"nudge:{n}",
        "office_id": 1,
        "chat_id": n % 9000,
        "kind": "nudge",
        "priority": 2,
        "created_at": moment,
    }
    return {**base, **ended, "payload": payload, "about": [n]}


ROW = Row(
    "Moving to PostgreSQL",
    (
        Figure("rate", "rows a second, read, written, read again and compared", "rows/s"),
        Figure("lost", "rows that did not arrive", at_most=0, counted=True),
    ),
    measure,
    full={"rows": 1_000_000},
    smoke={"rows": 2_000},
    repeats=1,
)
