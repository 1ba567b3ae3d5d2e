"""The same notice says the same in every kind of file: text, Word, Excel, PDF, OFD, web page, Markdown."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from core.papers.notice import read_notice
from core.rules.notice.model import Notice
from tests.notice import papers

EXAMPLE = (Path(__file__).resolve().parents[2] / "examples" / "notice.txt").read_text("utf-8")

KINDS: dict[str, Callable[..., bytes]] = {
    ".docx": papers.docx,
    ".xlsx": papers.xlsx,
    ".pdf": papers.pdf,
    ".ofd": papers.ofd,
    ".html": papers.html,
    ".md": papers.markdown,
}


def said(notice: Notice) -> dict[str, Any]:
    """What a notice says, without where it stands."""
    tasks = [
        (t.ref, t.leader, t.content.replace(" ", ""), t.lead, t.co, t.responsible, t.groups, t.due, len(t.questions))
        for t in notice.tasks
    ]
    return {
        "title": notice.title,
        "issued_on": notice.issued_on,
        "leaders": [(each.ordinal, each.name) for each in notice.leaders],
        "units": [unit.name for unit in notice.units],
        "submissions": [(each.due, each.due_text) for each in notice.submissions],
        "tasks": tasks,
        "asked": sorted(question.kind for question in notice.questions),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_of_tasks_is_the_same_in_every_kind_of_file(kind: str) -> None:
    rows: Sequence[Sequence[str]] = (papers.HEAD, *papers.ROWS)
    notice = read_notice(KINDS[kind](papers.COVER, rows), f"a{kind}")
    assert [(t.number, t.content, t.lead, t.co) for t in notice.tasks] == [
        (int(n), content, (lead,), tuple(co.split("、"))) for n, content, lead, co, _ in papers.ROWS
    ]
    assert [t.due.isoformat() if t.due else None for t in notice.tasks] == ["2024-09-30", "2024-12-31", "2024-10-31"]
    assert notice.title == papers.COVER[0]
    assert [q.text for q in notice.all_questions()] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_notice_is_the_same_in_every_kind_of_file(kind: str) -> None:
    lines = [line.strip() for line in EXAMPLE.split("\n") if line.strip()]
    plain = said(read_notice(papers.text(lines), "a.txt"))
    assert said(read_notice(KINDS[kind](lines), f"a{kind}")) == plain
    assert len(plain["tasks"]) == 82


WAYS = (
    "云屿区人民政府办公室关于印发2024年重点工作责任分解的通知",
    "云屿政办发〔2024〕3号",
    "各镇人民政府、街道办事处，区属各单位：",
    "根据区长李红的批示，现分解如下。请各牵头单位于4月10日前报送推进计划表。",
    "云屿区人民政府办公室",
    "2024年2月1日",
    "一、城市建设（责任领导：副区长 王明）",
    "1.修路。新建道路3条（含桥梁2座）。（牵头单位：区交通局（区铁路办）；配合单位：区财政局；完成时限：2024年10月31日（星期五））",
    "2.城区照明提升。",
    "（1）更换灯具500盏（套）。",
    "（2）整治线路。",
    "责任单位：区“一网通办”改革办、区城管局等有关部门，各镇（街道）",
    "4.老旧小区改造。（区住建局牵头）完成绿化。（区城管局负责）",
    "二、民生实事",
    "1.新增托位200个。",
    "牵头单位：区卫健局、区教育局",
    "配合单位：省委宣传部、组织部，市财政局、审计局",
    "完成时限：二〇二四年三季度末",
    "责任人：赵一",
    "2.發放補貼。自2024年3月1日起至2025年2月28日止，對購房者給予補貼。（區住建局牽頭，區財政局配合）",
    "各镇街、各部门要加强领导，健全机制，抓好落实，重大情况及时报告。",
)
ROWS = (
    ("序号", "重点任务", "责任单位（牵头）", "责任单位（配合）", "督办时限"),
    ("一、城建类", "", "", "", ""),
    ("1", "修路3条。\n6月底前开工。", "区交通局\n区住建局", "区财政局、青湾街道", "9月底"),
    ("2", "架桥2座。", "区住建局", "区水利局等", "2024年12月31日"),
    ("合计", "2项", "", "", ""),
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_that_says_it_in_many_ways_is_the_same_in_every_kind_of_file(kind: str) -> None:
    plain = said(read_notice(papers.text(WAYS), "a.txt"))
    assert said(read_notice(KINDS[kind](WAYS), f"a{kind}")) == plain
    assert [(ref, lead, co, responsible) for ref, _, _, lead, co, responsible, *_ in plain["tasks"]] == [
        ("1-1", ("区交通局（区铁路办）",), ("区财政局",), ()),
        ("1-2", (), (), ("区“一网通办”改革办", "区城管局", "各镇（街道）")),
        ("1-4", ("区住建局",), ("区城管局",), ()),
        ("2-1", ("区卫健局", "区教育局"), ("省委宣传部", "省委组织部", "市财政局", "市审计局"), ()),
        ("2-2", ("區住建局",), ("區財政局",), ()),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_with_sections_lines_in_cells_and_a_sum_is_the_same_in_every_kind_of_file(kind: str) -> None:
    notice = read_notice(KINDS[kind](papers.COVER, ROWS), f"a{kind}")
    assert [(t.number, t.content, t.lead, t.co, t.section) for t in notice.tasks] == [
        (1, "修路3条。6月底前开工。", ("区交通局", "区住建局"), ("区财政局", "青湾街道"), "一、城建类"),
        (2, "架桥2座。", ("区住建局",), ("区水利局",), "一、城建类"),
    ]
    assert [t.due.isoformat() if t.due else None for t in notice.tasks] == ["2024-09-30", "2024-12-31"]


def test_a_task_keeps_its_page_and_its_clause() -> None:
    lines = [line.strip() for line in EXAMPLE.split("\n") if line.strip()]
    notice = read_notice(papers.pdf(lines), "a.pdf")
    assert notice.tasks[0].place["page"] == 1
    assert notice.tasks[-1].place["page"] > 5
    assert notice.tasks[0].content[:12] in notice.tasks[0].clause
    assert "责任单位" in notice.tasks[0].clause


def test_a_row_of_a_sheet_keeps_its_row() -> None:
    notice = read_notice(papers.xlsx(papers.COVER, (papers.HEAD, *papers.ROWS)), "a.xlsx")
    assert notice.tasks[0].place == {"sheet": "Sheet", "row": 6}


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "utf-8"])
def test_a_page_is_read_in_the_encoding_it_declares(charset: str) -> None:
    notice = read_notice(papers.html(papers.COVER, (papers.HEAD, *papers.ROWS), charset), "a.html")
    assert notice.tasks[1].lead == ("区住建局",)
