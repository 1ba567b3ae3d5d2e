"""What goes straight to SQLite's driver means the same as what SQLAlchemy would have carried out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from storage.engine import Desk
from storage.inbox import InboxEntry
from storage.inserting import insert_new
from storage.outbox import OutboxEntry
from storage.prepared import Prepared, carry_out, carry_out_each, insert_all, rows
from storage.tables.notices import NoticeRow
from storage.tables.offices import OfficeRow

NOW = datetime(2023, 3, 3, 9, 0, 0, 123456, tzinfo=UTC)
ENTRY = OutboxEntry.__table__


def _filled(session: Session, count: int = 300) -> None:
    for number in range(1, count + 1):
        session.add(
            OutboxEntry(
                id=number, key=f"k{number}", chat_id=number % 7, kind="reply", priority=0, payload={"text": f"第{number}条"},
                about=[number], state="waiting", created_at=NOW, repeated=number % 2 == 0,
            )
        )  # fmt: skip


@pytest.mark.parametrize("wanted", [[], [3], [3, 1, 2], list(range(1, 65)), list(range(1, 66)), list(range(500))])
@pytest.mark.parametrize("out", [False, True])
def test_lists_of_every_length_find_what_sqlalchemy_finds(desk: Desk, wanted: list[int], out: bool) -> None:
    listed: Any = bindparam("wanted", expanding=True)
    column = ENTRY.c.id
    query = select(*ENTRY.c).where(column.not_in(listed) if out else column.in_(listed)).order_by(column)
    kept = query.where(ENTRY.c.state.in_(["waiting", "held"]), ENTRY.c.chat_id != 6).limit(200)

    def work(session: Session) -> None:
        _filled(session)
        found = rows(session, Prepared(kept), {"wanted": wanted})
        expected = session.connection().execute(kept, {"wanted": wanted}).all()
        assert [tuple(row) for row in found] == [tuple(row) for row in expected]
        assert len(found) == len({row.id for row in found})
        if found:
            assert (found[0].payload, found[0].created_at, found[0].repeated) == (
                {"text": f"第{found[0].id}条"}, NOW, found[0].id % 2 == 0,
            )  # fmt: skip

    desk.run_sync(work)


def test_texts_in_lists_and_days_and_moments(desk: Desk) -> None:
    query = Prepared(
        select(NoticeRow.id, NoticeRow.plan_due, NoticeRow.sent_at, NoticeRow.months)
        .where(NoticeRow.state.in_(bindparam("states", expanding=True)))
        .where(NoticeRow.plan_due <= bindparam("day"), NoticeRow.sent_at >= bindparam("since"))
    )

    def work(session: Session) -> list[Any]:
        session.add(OfficeRow(id=1, name="督查室", settings={}, created_at=NOW))
        session.flush()
        for number, state in enumerate(("active", "it's", "closed"), start=1):
            session.add(
                NoticeRow(
                    id=number, office_id=1, title="", number="", year=2023, state=state, plan_due=date(2023, 3, 16),
                    months=[3, 4], reading={}, file_hash=str(number), sent_at=NOW,
                )
            )  # fmt: skip
        values = {"states": ["active", "it's", "); DROP TABLE notice"], "day": date(2023, 3, 16), "since": NOW}
        return list(rows(session, query, values))

    found = desk.run_sync(work)
    assert [tuple(row) for row in found] == [(n, date(2023, 3, 16), NOW, [3, 4]) for n in (1, 2)]


def test_changes_are_counted_one_by_one_and_many_at_once(desk: Desk) -> None:
    give = Prepared(
        insert(InboxEntry.__table__), ("update_id", "chat_id", "payload", "received_at", "state", "tries", "deaths")
    )
    take = Prepared(
        update(InboxEntry.__table__).where(InboxEntry.update_id == bindparam("of")).values(error=bindparam("why"))
    )
    new = {"payload": "{}", "received_at": NOW, "state": "waiting", "tries": 0, "deaths": 0}

    def work(session: Session) -> None:
        carry_out_each(session, give, [{**new, "update_id": n, "chat_id": 1} for n in (1, 2, 3)])
        assert carry_out(session, take, {"of": 1, "why": "x"}) == 1
        assert carry_out(session, take, {"of": 9, "why": "x"}) == 0
        carry_out_each(session, take, [{"of": n, "why": "y"} for n in (1, 2, 9)])
        assert [e.error for e in session.query(InboxEntry).order_by(InboxEntry.update_id)] == ["y", "y", None]

    desk.run_sync(work)


@pytest.mark.parametrize("count", [1, 2, 70])
@pytest.mark.parametrize("said", ["第一条", 'it\'s "so"', "", "🙂", "a\x00b", "\\u0000"])
def test_many_rows_are_written_at_once_as_they_would_be_one_by_one(desk: Desk, count: int, said: str) -> None:
    if "\x00" in said and not desk.lite:
        pytest.skip("PostgreSQL keeps no such character")
    names = ("update_id", "chat_id", "payload", "received_at", "state", "tries", "deaths", "not_before")
    give = Prepared(insert(InboxEntry.__table__).returning(InboxEntry.update_id), names)
    shared = {"received_at": NOW, "state": "waiting", "tries": 0, "deaths": 0, "not_before": None}
    each = [{"update_id": 2**53 + n, "chat_id": -n, "payload": said} for n in range(1, count + 1)]

    def work(session: Session) -> None:
        found = [row.update_id for row in insert_all(session, give, each, shared)]
        assert sorted(found) == [one["update_id"] for one in each]
        kept = session.scalars(select(InboxEntry).order_by(InboxEntry.update_id)).all()
        assert [(e.update_id, e.chat_id, e.payload) for e in kept] == [tuple(one.values()) for one in each]
        assert {(e.received_at, e.state, e.tries, e.not_before) for e in kept} == {(NOW, "waiting", 0, None)}

    desk.run_sync(work)


def test_rows_that_are_there_already_stay_as_they_are(desk: Desk) -> None:
    row = {"chat_id": 1, "kind": "nudge", "priority": 2, "state": "waiting", "created_at": NOW, "turn": 0}
    rest = {"tries": 0, "repeated": False, "plain": False}

    def work(session: Session) -> None:
        _filled(session, 2)
        session.flush()
        new = [{"key": f"k{n}", "payload": {"text": "新"}, "about": [n, [n]]} for n in (1, 3, 2, 4, 3)]
        assert sorted(insert_new(session, OutboxEntry, new, "key", {**row, **rest})) == ["k3", "k4"]
        said = {e.key: (e.payload["text"], e.about, e.repeated) for e in session.query(OutboxEntry)}
        assert said == {
            "k1": ("第1条", [1], False), "k2": ("第2条", [2], True),
            "k3": ("新", [3, [3]], False), "k4": ("新", [4, [4]], False),
        }  # fmt: skip

    desk.run_sync(work)


def test_what_the_session_holds_back_is_seen(desk: Desk) -> None:
    every = Prepared(select(ENTRY.c.id))

    def work(session: Session) -> int:
        _filled(session, 2)
        return len(rows(session, every, {}))

    assert desk.run_sync(work) == 2
