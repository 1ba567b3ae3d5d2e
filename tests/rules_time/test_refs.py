"""Tasks of two notices are told apart: marks, what people type, answers taken apart."""

from __future__ import annotations

from datetime import date

import pytest

from core.rules.refs import bare, mark_for, marked, meanings, same, typed
from core.rules.report_text import by_ref
from core.rules.tasks import NoticeCard, ref_key, ref_order


def card(number: int, year: int, mark: str = "") -> NoticeCard:
    return NoticeCard(number, "", "", year, "active", date(year, 3, 1), (), {"mark": mark})


def test_a_notice_is_marked_only_beside_another_and_never_like_another() -> None:
    assert mark_for(card(1, 2023), []) == ""
    assert mark_for(card(2, 2024), [card(1, 2023)]) == "24"
    assert mark_for(card(2, 2023), [card(1, 2023)]) == "23b"
    assert mark_for(card(3, 2024), [card(1, 2023), card(2, 2024, "24")]) == "24b"
    assert mark_for(card(4, 2023), [card(1, 2023), card(2, 2023, "23b")]) == "23c"


@pytest.mark.parametrize(
    ("said", "ref"),
    [
        ("2-15", "2-15"),
        ("2—15", "2-15"),
        ("2.15", "2-15"),
        ("24·2-15", "24·2-15"),
        ("24年2-15", "24·2-15"),
        ("2024年2－15", "24·2-15"),
        ("2024/2-15", "24·2-15"),
        ("24.2-15", "24·2-15"),
        ("23b·2-15b", "23b·2-15b"),
    ],
)
def test_a_ref_is_understood_however_it_was_typed(said: str, ref: str) -> None:
    assert typed(said) == ref


def test_marked_refs_come_behind_and_keep_the_papers_order() -> None:
    refs = ["24·2-3", "2-15", "24·2-15", "9-9", "23b·1-1", "2-3"]
    ordered = ["2-3", "2-15", "9-9", "23b·1-1", "24·2-3", "24·2-15"]
    assert sorted(refs, key=ref_order) == ordered == sorted(refs, key=ref_key)
    assert [bare(ref) for ref in ordered[3:]] == ["1-1", "2-3", "2-15"] and marked("", "2-3") == "2-3"
    assert same("2-15", "24·2-15") and same("2-15", "2-15") and not same("24·2-15", "2-15")


def test_an_answer_names_either_by_mark_and_one_alone_without() -> None:
    both = ["2-15", "24·2-15", "24·3-1"]
    found = by_ref("2-15：甲\n24·2-15：乙\n24年3-1 丙", both)
    assert found is not None and found.parts == {"2-15": "甲", "24·2-15": "乙", "24·3-1": "丙"}
    found = by_ref("3-1：丙", both)
    assert found is not None and found.parts == {"24·3-1": "丙"}, "the paper's number, where it means one only"
    assert meanings(both)["2-15"] == "2-15"
    found = by_ref("2-15：完成招标\n2024年3-5月：开工", ["2-15"])
    assert found is not None and found.parts == {"2-15": "完成招标\n2024年3-5月：开工"}, "a span of months is no ref"
