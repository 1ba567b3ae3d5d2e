import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.report_text import by_ref, split_answer, split_numbered

TWO = {1: "已完成420亩", 2: "正在推进"}


@pytest.mark.parametrize(
    "text",
    [
        "1. 已完成420亩\n2. 正在推进",
        "1.已完成420亩\n2.正在推进",
        "1、已完成420亩\n2、正在推进",
        "1，已完成420亩\n2，正在推进",
        "1：已完成420亩\n2：正在推进",
        "1。已完成420亩\n2。正在推进",
        "1)已完成420亩\n2) 正在推进",
        "（1）已完成420亩\n（2）正在推进",
        "①已完成420亩\n②正在推进",
        "⑴已完成420亩；⑵正在推进",
        "1️⃣已完成420亩 2️⃣正在推进",
        "一、已完成420亩\n二、正在推进",
        "（一）已完成420亩\n（二）正在推进",
        "第一项：已完成420亩\n第二项：正在推进",
        "任务1：已完成420亩；任务2：正在推进",
        "1 已完成420亩\n2 正在推进",
        "１．已完成420亩\n２．正在推进",
        "  1. 已完成420亩；\n\n  2. 正在推进",
        "1. 已完成420亩；2. 正在推进",
        "1. 已完成420亩 2. 正在推进",
        "1、已完成420亩，2、正在推进",
    ],
)
def test_an_answer_in_any_numbering_is_taken_apart(text):
    split = split_numbered(text, 2)
    assert split and split.parts == TWO
    assert split.remainder == ""


def test_tasks_may_be_left_out_and_stand_in_any_order():
    assert split_numbered("3. 丙\n1. 甲", 3).parts == {3: "丙", 1: "甲"}
    assert split_numbered("2. 只报第二项", 3).parts == {2: "只报第二项"}


def test_a_greeting_before_the_first_number_is_kept_apart():
    split = split_numbered("您好，进展如下：\n1. 甲\n2. 乙", 2)
    assert (split.parts, split.remainder) == ({1: "甲", 2: "乙"}, "您好，进展如下：")


@pytest.mark.parametrize(
    "text",
    [
        "已完成1. 5公里",
        "全长约 1. 5 公里，2. 3 公里在建",
        "共1.5公里、2.5公里",
        "完成1个、2个、3个",
        "已完成",
        "",
        "1.5公里已完成",
        "1. 甲\n2. 乙\n3. 丙",  # three points to two tasks
        "1. 甲\n1. 乙",
        "进一步推进，二是完成",
        "2023. 完成",
    ],
)
def test_numbers_within_sentences_and_lists_of_another_length_are_left_alone(text):
    assert split_numbered(text, 2) is None


def test_one_task_alone_is_never_split():
    assert split_numbered("1. 甲\n2. 乙", 1) is None


def test_a_list_within_a_part_stays_in_it():
    split = split_numbered("1. 甲：\n（1）完成招标\n（2）开工\n2. 乙", 2)
    assert split.parts == {1: "甲：\n（1）完成招标\n（2）开工", 2: "乙"}


def test_figures_in_a_part_do_not_open_another():
    assert split_numbered("1. 完成 2.5公里\n2. 完成3. 5公里", 3).parts == {1: "完成 2.5公里", 2: "完成3. 5公里"}


def test_figures_glued_to_their_number_are_understood_when_the_lines_count_on():
    assert split_numbered("1.420亩已完成\n2.300亩在建", 2).parts == {1: "420亩已完成", 2: "300亩在建"}


def test_an_empty_part_is_no_answer():
    assert split_numbered("1. 甲\n2.", 2).parts == {1: "甲"}


def test_refs_take_an_answer_apart_too():
    split = by_ref("2-15：甲；2－1: 乙\n任务3-2 丙", ["2-1", "2-15", "3-2"])
    assert split.parts == {"2-15": "甲", "2-1": "乙", "3-2": "丙"}


def test_one_sentence_for_two_refs_counts_for_both():
    assert by_ref("2-15、2-16：均已完成", ["2-15", "2-16"]).parts == {"2-15": "均已完成", "2-16": "均已完成"}


def test_a_ref_given_twice_gathers_both_sentences():
    assert by_ref("2-15：甲\n2-15：乙", ["2-15"]).parts == {"2-15": "甲\n乙"}


def test_a_ref_that_was_not_asked_for_is_shown_and_not_mixed_in():
    split = by_ref("2-15：甲\n9-9：乙", ["2-15"])
    assert (split.parts, split.unknown) == ({"2-15": "甲"}, {"9-9": "乙"})


@pytest.mark.parametrize(
    "text", ["2-15日召开会议", "2-3个项目开工", "比分2-15：", "2-1", "电话580-2-15：", "2-155：甲"]
)
def test_what_only_looks_like_a_ref_opens_nothing(text):
    split = by_ref(text, ["2-15", "2-3"])
    assert split is None or split.parts == {}


def test_an_answer_goes_by_refs_before_numbers():
    refs = ["2-15", "3-1"]
    assert split_answer("3-1：乙\n2-15：甲", refs).parts == {"2-15": "甲", "3-1": "乙"}
    assert split_answer("1. 甲\n2. 乙", refs).parts == {"2-15": "甲", "3-1": "乙"}
    assert split_answer("都已完成", refs) is None


WORDS = st.text("已完成推进项目公里亩家。，0123456789. ", min_size=1, max_size=30).map(lambda t: "进" + t.strip(" ，"))
SHAPES = st.sampled_from(["{}. {}", "{}、{}", "（{}）{}", "{}：{}", "{}) {}"])


@given(st.lists(WORDS, min_size=2, max_size=9), SHAPES, st.integers(0, 3))
def test_a_list_one_item_a_line_always_reads_back(parts, shape, more):
    text = "\n".join(shape.format(number, part) for number, part in enumerate(parts, 1))
    split = split_numbered(text, len(parts) + more)
    lines = dict(enumerate((part.strip() for part in parts), 1))
    # a part may hold "。3. " itself; then it is not our list any more, and nothing is asserted
    if split and not any(mark in text for mark in ("。", " ", "，")):
        assert split.parts == lines


@given(st.text(max_size=60), st.integers(0, 12))
def test_no_text_breaks_the_splitting_and_no_number_is_out_of_range(text, count):
    split = split_numbered(text, count)
    assert split is None or all(1 <= number <= count for number in split.parts)
    by_ref(text, ["2-15"])
