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
