"""The notice that ships reads without error, as text and as a Word file."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.papers.notice import read_notice
from core.rules.notice.model import Notice

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module", params=["notice.txt", "notice.docx"])
def notice(request: pytest.FixtureRequest) -> Notice:
    return read_notice((EXAMPLES / request.param).read_bytes(), request.param)


def test_the_counts_are_those_of_a_real_year(notice: Notice) -> None:
    counts = Counter(task.leader for task in notice.tasks)
    assert [counts[each.ordinal] for each in notice.leaders] == [1, 19, 12, 21, 5, 4, 10, 2, 8]
    assert len(notice.units) == 58
    assert len({task.lead for task in notice.tasks}) == 39
    assert sum(len(task.targets) for task in notice.tasks) == 59
    assert [unit.name for unit in notice.units if unit.kind == "group"] == ["区属各国有企业", "各镇街"]


def test_dates_contact_and_form_are_found(notice: Notice) -> None:
    assert (notice.issued_on, notice.printed_on) == (date(2023, 3, 3), date(2023, 3, 14))
    assert [each.due for each in notice.submissions] == [date(2023, 3, 16)]
    assert [(each.name, each.phones) for each in notice.contacts] == [("苏晓棠", ())]
    assert notice.form is not None
    assert notice.form.months == tuple(range(3, 13))


def test_only_what_the_paper_leaves_open_is_asked(notice: Notice) -> None:
    kinds = [question.kind for question in notice.all_questions()]
    assert kinds == ["group", "group_members", "date_in_text"]
    assert len({question.key for question in notice.all_questions()}) == 3


def test_the_difficult_places_are_mended(notice: Notice) -> None:
    assert "重点领域的安全隐患" in notice.task("2-15").content
    assert notice.task("9-7").co[-1] == "区旅游集团"
    assert notice.task("6-1").content.startswith("争创6个")
    assert notice.task("9-3").lead == ("区水利局",)
    assert notice.task("3-3").co[-1] == "云屿城区防涝提升工程（七岭生态绿带项目）现场建设指挥部"
    assert notice.task("7-4").lead == ("“晴湾”文旅共富工程建设指挥部",)


def test_the_word_file_says_the_same_as_the_text() -> None:
    text, word = (read_notice((EXAMPLES / name).read_bytes(), name) for name in ("notice.txt", "notice.docx"))
    plain = [[replace(task, lines=(0, 0), questions=()) for task in each.tasks] for each in (text, word)]
    assert plain[0] == plain[1]
    assert text.units == word.units


def test_the_json_keeps_its_keys_and_comes_back_whole(notice: Notice) -> None:
    data = json.loads(json.dumps(notice.to_json(), ensure_ascii=False))
    assert set(data) >= set(
        "title issuer number issued_on lead_rule submissions frequencies contacts leaders units tasks form questions".split()
    )
    assert set(data["tasks"][0]) >= set(
        "ref leader number content lead co responsible groups due due_text targets lines questions".split()
    )
    assert set(data["questions"][0]) >= {"line", "kind", "text"}
    assert Notice.from_json(data) == notice


def test_the_questions_are_said_in_the_readers_language() -> None:
    english = read_notice((EXAMPLES / "notice.txt").read_bytes(), "notice.txt", "en")
    assert all("Please" in q.text or "?" in q.text for q in english.all_questions())
