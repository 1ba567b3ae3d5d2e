"""A few kills and two troubles on either database: the short form of `make crash`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.outbox import OutboxEntry
from tests.crash.faults import Faults
from tests.crash.judge import _MARK, judge
from tests.crash.kills import Kills
from tests.crash.office import Office
from tests.crash.troubles import scenarios
from tests.crash.upgrade import upgraded
from tests.postgres import Server


@pytest.fixture
def place() -> Iterator[Path]:
    # Not pytest's own folder: the database server's user must be able to enter it.
    with TemporaryDirectory(prefix="duban-crash-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def urls(request: pytest.FixtureRequest, place: Path) -> Iterator[Callable[[str], str]]:
    """The URL of a new database by its name."""
    if request.param == "sqlite":
        yield lambda name: f"sqlite:///{(place / f'{name}.db').as_posix()}"
        return
    server = Server(place / "server")
    yield server.database
    server.stop()


@pytest.fixture
def base(urls: Callable[[str], str]) -> str:
    return urls("duban")


async def test_killed_again_and_again_nothing_is_lost_and_nothing_is_said_twice(base: str, place: Path) -> None:
    office = Office(base, place)
    await office.open()
    try:
        kills = Kills(office, cold_every=0)
        verdict = await kills.run(6)
        assert kills.total == 6 and verdict.updates and verdict.reports and verdict.nudges
        assert verdict.good, verdict
    finally:
        await office.close()


async def test_lost_answers_a_dead_twin_and_a_stranger_cost_nothing_but_doubt(base: str, place: Path) -> None:
    office = Office(base, place)
    await office.open()
    try:
        faults = Faults(office, short=True)
        for name in (
            "answers lost after accept",
            "two processes, one dies",
            "several behind a webhook, the first dies",
            "a stranger polls",
        ):
            verdict = await faults.run(scenarios(faults.lite)[name])
            assert verdict.messages and verdict.good, (name, verdict)
    finally:
        await office.close()


async def test_an_upgrade_in_the_middle_of_conversations_goes_on_where_everybody_was(
    urls: Callable[[str], str], place: Path
) -> None:
    office = Office(urls("duban"), place)
    await office.open()
    try:
        verdict = await upgraded(office, urls("older"), 13)
        assert verdict.updates and verdict.reports and verdict.good, verdict
    finally:
        await office.close()


async def test_the_judge_sees_what_was_lost_and_what_was_doubled(place: Path) -> None:
    office = Office(f"sqlite:///{(place / 'duban.db').as_posix()}", place)
    await office.open()
    try:
        life = await office.life()
        await office.everybody(1.0)
        await office.quiet()
        await life.stop()
        assert (await judge(office, 0)).good
        key = next(iter(office.delivered))
        office.delivered[key] += 1
        office.said[10**9] = "never arrived"  # type: ignore[assignment]
        wrong = await judge(office, 0)
        assert wrong.messages_doubled == 1 and wrong.updates_lost == 1 and not wrong.good
        # Said again after doubt: with the mark that is as it should be, without it nobody can know.
        await office.desk.run(lambda session: _said_again(session, *key))
        assert (await judge(office, 1)).messages_doubled == 1
        office.delivered[key] -= 1
        office.delivered[key[0], _MARK + key[1]] = 1
        assert (await judge(office, 1)).messages_doubled == 0
    finally:
        await office.close()


def _said_again(session: Session, chat_id: int, words: str) -> None:
    rows = session.scalars(select(OutboxEntry).where(OutboxEntry.chat_id == chat_id, OutboxEntry.state == "sent"))
    row = next(row for row in rows if row.payload["text"] == words)
    row.repeated, row.doubted_at = True, row.ended_at
