"""What the ladder brings to the supervisor stays short, however much is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from core.rules.obligations import Kind, Obligation, State
from core.words.escalation import UNITS, supervisor_message
from core.words.voice import voice

TODAY = date(2023, 3, 23)
ONE = Obligation(
    id=1,
    task_id=1,
    unit_id=1,
    kind=Kind.PLAN,
    period="2023",
    due=date(2023, 3, 16),
    state=State.OPEN,
    arose_at=datetime(2023, 3, 3, tzinfo=UTC),
    done_at=None,
    ref="1-1",
    content="新建泵站",
    unit="区水利局",
    leader=None,
)


def late(units: int, each: int) -> list[Obligation]:
    return [
        replace(ONE, id=u * 100 + n, unit_id=u, ref=f"{u}-{n}", unit=f"单位{u:02d}")
        for u in range(1, units + 1)
        for n in range(1, each + 1)
    ]


def test_a_few_stand_one_by_one_with_their_dates() -> None:
    text = supervisor_message(voice("zh"), late(3, 2), TODAY, leader=False).text
    assert text.count("3月16日到期") == 6 and "▸" not in text


def test_many_are_gathered_by_unit_and_the_rest_is_counted() -> None:
    owed = [*late(20, 1), *(replace(ONE, id=9000 + n, unit_id=99, ref=f"9-{n}", unit="最多的单位") for n in range(6))]
    text = supervisor_message(voice("zh"), owed, TODAY, leader=True).text
    lines = text.splitlines()
    assert lines[1] == "▸ 最多的单位：6 项（9-0、9-1、9-2、9-3 等），最长已逾期7天"
    assert lines[2] == "▸ 单位01：1 项（1-1），已逾期7天"
    assert sum(line.startswith("▸") for line in lines) == UNITS
    assert f"另有 {21 - UNITS} 个单位 {26 - 6 - (UNITS - 1)} 项" in text and len(lines) < 18
