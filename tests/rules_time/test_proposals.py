"""The frequency that a plan suggests, and why."""

from __future__ import annotations

import pytest

from core.rules.periods import Frequency
from core.rules.proposals import propose, steps_of

MONTHS = range(3, 13)


@pytest.mark.parametrize(
    ("steps", "frequency", "why"),
    [
        (range(3, 13), Frequency.MONTHLY, "most"),
        (range(3, 9), Frequency.MONTHLY, "most"),
        ((3, 4, 5, 6, 7), Frequency.QUARTERLY, "some"),
        ((3, 6, 9, 12), Frequency.QUARTERLY, "quarter_ends"),
        ((6, 9, 12), Frequency.QUARTERLY, "quarter_ends"),
        ((6, 12), Frequency.HALF_YEARLY, "few"),
        ((5,), Frequency.HALF_YEARLY, "few"),
        ((), Frequency.HALF_YEARLY, "goal_only"),
    ],
)
def test_steps_by_month_suggest_a_frequency(steps: range, frequency: Frequency, why: str) -> None:
    said = propose({month: f"完成第{month}步" for month in steps}, MONTHS)
    assert (said.frequency, said.why, said.steps) == (frequency, why, tuple(steps))


def test_no_plan_suggests_nothing() -> None:
    assert propose(None, MONTHS).frequency is None and propose(None, MONTHS).why == "no_plan"


def test_the_same_words_again_and_empty_words_are_no_step() -> None:
    months = {
        3: "选址",
        4: "装修",
        5: "持续运营。",
        6: "持续 运营",
        7: "持续运营",
        8: "无",
        9: "—",
        10: "持续运营",
        11: "/",
        12: "",
    }
    assert steps_of(months) == (3, 4, 5, 10)
    assert propose(months, MONTHS).frequency is Frequency.QUARTERLY
    assert steps_of({3: "无障碍改造"}) == (3,), "a word that begins with 无 says something"


def test_months_that_the_plan_leaves_out_count_as_without_a_step() -> None:
    assert propose({3: "甲", 4: "乙", 5: "丙"}, MONTHS).frequency is Frequency.QUARTERLY
    assert propose({3: "甲", 4: "乙", 5: "丙"}, (3, 4, 5)).frequency is Frequency.MONTHLY
