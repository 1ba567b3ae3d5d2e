"""The notice that this project was made for is read exactly as a person read it."""

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest

from core.papers.notice import read_notice
from core.rules.notice.model import Notice, Task
from tests.notice.score import SHARED, bare, figures

PAPER = SHARED / "dinghai2023.txt"
pytestmark = pytest.mark.skipif(not PAPER.exists(), reason="the shared notices are not beside this checkout")


@pytest.fixture(scope="module")
def notice() -> Notice:
    return read_notice(PAPER.read_bytes(), PAPER.name)


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return json.loads((SHARED / "dinghai2023.expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def pairs(notice: Notice, expected: dict[str, Any]) -> list[tuple[Task, dict[str, Any]]]:
    return list(zip(notice.tasks, expected["tasks"], strict=True))


def test_the_paper_is_named_and_dated(notice: Notice, expected: dict[str, Any]) -> None:
    assert bare(notice.title) == bare(expected["title"])
    assert notice.issuer == expected["issuer"]
    assert notice.number == expected["doc_number"]
    assert notice.issued_on == date.fromisoformat(expected["signed_date"])
    assert notice.printed_on == date.fromisoformat(expected["printed_date"])
    assert list(notice.addressees) == expected["addressees"]
    assert notice.lead_rule == expected["lead_rule"]["text"]


def test_what_is_to_be_handed_in_is_known(notice: Notice, expected: dict[str, Any]) -> None:
    wanted = expected["submission"]
    (submission,) = notice.submissions
    assert (submission.what, submission.who) == (wanted["what"], wanted["who"])
    assert submission.due == date.fromisoformat(wanted["deadline_iso"])
    assert submission.due_text == wanted["deadline_text"]
    assert notice.frequencies == ("monthly", "quarterly", "half_yearly")


def test_the_contact_and_the_form_are_known(notice: Notice, expected: dict[str, Any]) -> None:
    assert [{"name": c.name, "phones": list(c.phones)} for c in notice.contacts] == expected["contacts"]
    assert notice.form is not None
    assert notice.form.title == expected["form"]["title"]
    assert list(notice.form.fields) == expected["form"]["fields"]
    assert [f"{month}月" for month in notice.form.months] == expected["form"]["month_column"]


def test_every_leader_has_name_title_and_count(notice: Notice, expected: dict[str, Any]) -> None:
    counts = Counter(task.leader for task in notice.tasks)
    found = [(each.name, each.title, counts[each.ordinal]) for each in notice.leaders]
    assert found == [(each["name"], each["title"], each["task_count"]) for each in expected["leaders"]]
    assert [each.ordinal for each in notice.leaders] == list(range(1, 10))


def test_every_task_has_its_place_and_words(pairs: list[tuple[Task, dict[str, Any]]]) -> None:
    assert len(pairs) == 82
    for task, wanted in pairs:
        assert task.ref == f"{wanted['leader_index']}-{wanted['number']}"
        assert (task.leader, task.number) == (wanted["leader_index"], wanted["number"])
        assert bare(task.content) == wanted["content_nospace"], task.ref
        assert "\n" not in task.content


def test_every_task_has_its_units_in_order(pairs: list[tuple[Task, dict[str, Any]]]) -> None:
    for task, wanted in pairs:
        assert task.lead == (wanted["lead"],), task.ref
        assert list(task.co) == wanted["co"], task.ref
        assert list(task.groups) == wanted["group_terms"], task.ref
        assert task.responsible == ()
        assert task.due is None


def test_every_figure_is_found_and_no_other(pairs: list[tuple[Task, dict[str, Any]]]) -> None:
    for task, wanted in pairs:
        found = [(t.label, t.value, t.unit, t.comparator, t.aspiration) for t in task.targets]
        assert found == figures(wanted["targets"]), task.ref


def test_a_date_in_the_text_is_kept_and_asked_about(pairs: list[tuple[Task, dict[str, Any]]]) -> None:
    for task, wanted in pairs:
        found = [(d.text, d.iso.isoformat() if d.iso else None, d.relation) for d in task.dates]
        assert found == [(d["text"], d["iso"], d["relation"]) for d in wanted["dates"]]
        asked = [q.kind for q in task.questions if "_in_text" in q.kind]
        assert asked == {0: [], 1: ["date_in_text"]}.get(len(wanted["dates"]), ["dates_in_text"])


def test_the_units_are_counted(notice: Notice, expected: dict[str, Any]) -> None:
    assert len(notice.units) == expected["distinct_units_all"]
    assert Counter(task.lead[0] for task in notice.tasks) == expected["lead_counts"]
    assert Counter(name for task in notice.tasks for name in task.co) == expected["co_counts"]
    groups = {unit.name: unit.members for unit in notice.units if unit.kind == "group"}
    assert set(groups) == set(expected["group_terms"])
    assert sorted(len(members) for members in groups.values()) == [0, 11]


def test_the_lines_lead_back_to_the_source(notice: Notice) -> None:
    source = PAPER.read_text("utf-8").split("\n")
    for task in notice.tasks:
        first, last = task.lines
        assert source[first - 1].startswith(f"{task.number}.")
        passage = bare("".join(source[first - 1 : last]))
        assert bare(task.content) in passage
        assert all(name in passage for name in (*task.lead, *task.co))
