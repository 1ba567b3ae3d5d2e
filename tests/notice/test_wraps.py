"""Lines may be broken anywhere: the words and units come out the same, or somebody is asked."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.rules.notice.model import Notice
from core.rules.notice.read import read
from core.rules.notice.shadow import Line, shadow
from tests.notice.test_ways_of_saying import notice_of, said

SOURCE = (Path(__file__).resolve().parents[2] / "examples" / "notice.txt").read_text("utf-8")


def read_text(text: str) -> Notice:
    return read([Line(number, line) for number, line in enumerate(text.split("\n"), start=1)])


WHOLE = {task.ref: task for task in read_text(SOURCE).tasks}


def same(notice: Notice) -> list[str]:
    """Refs of tasks that differ from the whole reading although nothing was asked about them."""
    found = {task.ref: task for task in notice.tasks}
    wrong = [ref for ref in WHOLE if ref not in found]
    for ref, task in found.items():
        whole = WHOLE.get(ref)
        alike = whole and (bare(task.content), task.lead, task.co) == (bare(whole.content), whole.lead, whole.co)
        if not alike and not task.questions:
            wrong.append(ref)
    return wrong


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("width", [18, 22, 28, 34, 40])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_page_set_at_any_width_reads_the_same(width: int, gap: str) -> None:
    wrapped = [
        line if "\t" in line else gap.join(line[at : at + width] for at in range(0, max(len(line), 1), width))
        for line in SOURCE.split("\n")
    ]
    assert same(read_text("\n".join(wrapped))) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_random_breaks_change_nothing_silently(random) -> None:  # type: ignore[no-untyped-def]
    out = []
    for line in SOURCE.split("\n"):
        if len(line) > 12 and "\t" not in line and random.random() < 0.4:
            cut = random.randrange(4, len(line) - 1)
            line = f"{line[:cut]}\n\n{line[cut:]}"
        out.append(line)
    assert same(read_text("\n".join(out))) == []


def test_page_numbers_between_the_lines_are_no_part_of_the_text() -> None:
    lines = SOURCE.split("\n")
    paged = [
        text for place, line in enumerate(lines) for text in ([line, "", f"— {place} —"] if place % 17 == 9 else [line])
    ]
    notice = read_text("\n".join(paged))
    assert same(notice) == []
    assert notice.form is not None
    assert len(notice.form.months) == 10


def test_everything_glued_into_one_line_comes_apart() -> None:
    body = SOURCE[: SOURCE.index("\n附表")].replace("\n", "")
    assert same(read_text(body)) == []


def test_ascii_punctuation_and_wide_figures_read_the_same() -> None:
    wide = SOURCE.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    narrow = SOURCE.translate(str.maketrans("，：；（）", ",:;()"))
    for text in (wide, narrow):
        notice = read_text(text)
        assert len(notice.tasks) == 82
        assert len(notice.leaders) == 9
        assert [shadow(t.lead[0]) for t in notice.tasks] == [shadow(t.lead[0]) for t in WHOLE.values()]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_the_searching_form_has_the_same_places(text: str) -> None:
    assert len(shadow(text)) == len(text)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.one_of(
            st.sampled_from(SOURCE.split("\n")),
            st.text(alphabet="一二1.2（）()、，。：责任单位牵头区长局月日前 \t|", max_size=40),
        ),
        max_size=25,
    )
)
def test_any_lines_are_read_without_an_error(lines: list[str]) -> None:
    notice = read_text("\n".join(lines))
    assert Notice.from_json(notice.to_json()) == notice
    assert len({task.ref for task in notice.tasks}) == len(notice.tasks)


@pytest.mark.parametrize(
    ("text", "tasks", "month"),
    [
        (
            "1.修路三公里。（区\n交通局、区财政局）\n2.架桥。（区住建局、\n区财政局）",
            ["1 ||区交通局、区财政局", "2 ||区住建局、区财政局"],
            0,
        ),
        ("1.修路。牵头：区交通局；配合：区财\n政局、区水利局；时限：3月底。", ["1 区交通局|区财政局、区水利局"], 3),
        ("1.修路。责任单位：区交通局（牵头），区供销\n社（配合）。完成时限：10月底前。", ["1 区交通局|区供销社"], 10),
        ("1.修路。牵头单位：区交通局；时限\n：3月底。", ["1 区交通局"], 3),
        ("东河村。包村领导：丁大山，责任站所：财政所。任务：清理水渠三条，4月20\n日前完成。", ["1-1 ||财政所"], 4),
    ],
)
def test_a_wrap_within_a_bracket_a_list_or_a_label_loses_nothing(text: str, tasks: list[str], month: int) -> None:
    notice = notice_of(text)
    assert said(notice) == tasks
    assert not month or [task.due.month for task in notice.tasks if task.due] == [month]


@pytest.mark.parametrize("broken", ["分管领导：\n丁大山", "分管领导：丁大\n山"])
def test_a_leaders_name_that_a_wrap_cut_is_whole(broken: str) -> None:
    notice = notice_of(f"1.修路。\n牵头单位：区交通局；{broken}\n2.架桥。\n牵头单位：区住建局")
    assert [each.name for each in notice.leaders] == ["丁大山"]
