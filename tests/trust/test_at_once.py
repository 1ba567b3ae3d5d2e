"""Two processes at the same moment: what one has let go the other leaves alone, and an office changes one step at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from core.words.html import Html
from core.words.message import Message
from storage import claims, outbox
from storage.engine import Desk
from storage.outbox import OutboxEntry
from storage.tables.offices import OfficeRow
from storage.work import OfficeStorage

from .conftest import NINE

NOON = NINE + timedelta(hours=3)


def meanwhile(desk: Desk, first: Callable[[Session], Any], second: Callable[[Session], Any]) -> None:
    """The second process begins after the first has done its work and before it commits."""
    other = Desk(desk.url.render_as_string(hide_password=False))
    done, go = threading.Event(), threading.Event()

    def slow(session: Session) -> None:
        first(session)
        done.set()
        go.wait(10)

    with ThreadPoolExecutor(2) as both:
        one = both.submit(desk.run_sync, slow)
        assert done.wait(10)
        two = both.submit(other.run_sync, second)
        time.sleep(0.3)
        go.set()
        one.result(), two.result()
    other.close()


def state(desk: Desk, number: int) -> str:
    row = desk.run_sync(lambda s: s.get(OutboxEntry, number))
    assert row is not None
    return row.state


def put(desk: Desk, **more: Any) -> int:
    number = desk.run_sync(
        lambda s: outbox.put(s, "one", 7, Message(Html("x")), kind="broadcast", now=NINE, office_id=1, **more)
    )
    assert number is not None
    return number


def test_what_one_process_is_sending_the_other_does_not_let_go_again(desk: Desk) -> None:
    number = put(desk, not_before=NOON)

    def let_go_and_take(session: Session) -> None:
        claims.ripen(session, NOON)
        claims.claim(session, NOON, "a", 5)

    meanwhile(desk, let_go_and_take, lambda s: claims.ripen(s, NOON))
    assert state(desk, number) == "claimed"


def test_two_supervisors_who_decide_at_once_repeat_a_message_once(desk: Desk) -> None:
    number = put(desk)
    doubted = {"state": "uncertain", "ended_at": NINE}
    desk.run_sync(lambda s: [setattr(s.get(OutboxEntry, number), name, value) for name, value in doubted.items()])
    said: list[bool] = []

    def again(session: Session) -> None:
        said.append(outbox.decide(session, number, True, NOON))

    meanwhile(desk, again, again)
    assert said == [True, False]


def test_what_two_people_change_in_one_office_happens_one_after_the_other(desk: Desk) -> None:
    storage = OfficeStorage({})
    desk.run_sync(lambda s: s.add(OfficeRow(id=1, name="", settings={}, created_at=NINE)))

    def grow(session: Session) -> None:
        storage.alone(session, 1)
        row = session.get(OfficeRow, 1)
        assert row is not None
        row.name = row.name + "x"
        session.flush()

    meanwhile(desk, grow, grow)
    row = desk.run_sync(lambda s: s.get(OfficeRow, 1))
    assert row is not None and row.name == "xx"
