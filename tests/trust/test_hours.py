"""What may not leave now is held at the claim, whatever let it wait so long: for the opening, or for the reader's return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from core.ports import Outgoing
from core.rules.office import Office
from core.rules.own_hours import OwnHours
from core.words.html import Html
from core.words.message import Message
from storage import claims, outbox
from storage.engine import Desk
from storage.hours import Hours
from storage.outbox import OutboxEntry
from storage.tables.offices import OfficeRow
from storage.tables.people import PersonRow

from .conftest import NINE

NIGHT = NINE + timedelta(hours=12)
MORNING = NINE + timedelta(days=1)


class Evening:
    """One office of four people: Li has hours of her own, nobody reaches Lost."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.told: list[int] = []
        self.hours = Hours(lambda session, number: Office(number, "x"), self._held_over)
        desk.run_sync(self._people)

    def _held_over(self, session: Session, office_id: int, ids: Sequence[int], now: datetime) -> None:
        self.told += ids

    def _people(self, session: Session) -> None:
        session.add(OfficeRow(id=1, name="x", settings={}, created_at=NINE))
        session.flush()
        own = OwnHours(time(9), time(12)).to_data()
        for number, hours, gone in ((1, None, None), (2, own, None), (3, None, "blocked")):
            person = PersonRow(
                id=number, office_id=1, telegram_id=number, chat_id=number, name="x", joined_at=NINE, hours=hours,
                unreachable=gone, unreachable_at=NINE if gone else None,
            )  # fmt: skip
            session.add(person)

    def put(self, key: str, person: int, kind: str = "nudge", text: str = "", chat: int = 0, edits: int = 0) -> int:
        message = Message(Html(text or key))

        def work(session: Session) -> int:
            number = outbox.put(
                session, key, chat or person, message, kind=kind, now=NINE, office_id=1, person_id=person or None,
                edits_id=edits or None,
            )  # fmt: skip
            assert number is not None
            return number

        return self.desk.run_sync(work)

    def claim(self, now: datetime, limit: int = 30) -> list[Outgoing]:
        def turn(session: Session) -> list[Outgoing]:
            claims.ripen(session, now)
            return claims.claim(session, now, "a", limit, hours=self.hours)

        return self.desk.run_sync(turn)

    def stands(self, number: int) -> tuple[str, datetime | None]:
        row = self.desk.run_sync(lambda s: s.get(OutboxEntry, number))
        assert row is not None
        return row.state, row.not_before


def said(rows: list[Outgoing]) -> list[str]:
    return [str(row.message.text) for row in rows]


def test_at_night_answers_leave_and_all_else_waits_for_the_morning(desk: Desk) -> None:
    evening = Evening(desk)
    nudge, group = evening.put("nudge", 1), evening.put("summary", 0, "broadcast", chat=-5)
    fix = evening.put("fix", 0, "broadcast", chat=-5, edits=group)
    long = evening.put("long", 1, "assignment", "\n".join("督" * 90 for _ in range(60)))
    evening.put("reply", 1, "reply")
    (reply,) = evening.claim(NIGHT)
    assert said([reply]) == ["reply"]
    desk.run_sync(lambda s: claims.confirm(s, [(reply.id, 5)], "a", NIGHT))
    assert said(evening.claim(NIGHT, limit=1)) == []
    first = long - 1
    for number in (nudge, group, fix, first, long):
        assert evening.stands(number) == ("held", MORNING), number
    assert {nudge, group, first} <= set(evening.told)
    assert said(evening.claim(MORNING)) == ["nudge", "summary"]


def test_what_is_begun_is_said_to_its_end(desk: Desk) -> None:
    evening = Evening(desk)
    evening.put("long", 1, "assignment", "\n".join("督" * 90 for _ in range(60)))
    (first,) = evening.claim(NINE)
    desk.run_sync(lambda s: claims.confirm(s, [(first.id, 5)], "a", NINE))
    assert [row.id for row in evening.claim(NIGHT)] == [first.id + 1]


def test_a_persons_own_hours_and_their_absence_count_at_the_claim_too(desk: Desk) -> None:
    evening = Evening(desk)
    everybody, li, lost = (evening.put(f"nudge:{person}", person) for person in (1, 2, 3))
    noon = NINE + timedelta(hours=4)
    assert said(evening.claim(noon)) == ["nudge:1"]
    assert evening.stands(everybody)[0] == "claimed"
    assert evening.stands(li) == ("held", MORNING)
    assert evening.stands(lost) == ("held", None)
    assert desk.run_sync(lambda s: outbox.open_chat(s, 3, noon)) == 1
    assert evening.claim(noon) == [], "not back yet"
    desk.run_sync(lambda s: s.get(PersonRow, 3).__setattr__("unreachable", None))
    assert desk.run_sync(lambda s: outbox.open_chat(s, 3, noon)) == 1
    assert said(evening.claim(noon)) == ["nudge:3"]


def test_a_long_queue_at_closing_time_is_held_and_holds_up_no_answer(desk: Desk) -> None:
    evening = Evening(desk)
    for number in range(300):
        evening.put(f"summary:{number}", 0, "broadcast", chat=-100 - number)
    evening.put("reply", 1, "reply")
    assert said(evening.claim(NIGHT)) == ["reply"]
    while desk.run_sync(lambda s: outbox.counts(s))["waiting"]:
        assert evening.claim(NIGHT) == []
    assert desk.run_sync(lambda s: outbox.counts(s))["held"] == 300
