"""A form that isn't plainly this person's plan of this year: asked about or turned down by name, never filed in silence."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from core.cases.plan_task import owed_by, unit_of
from core.rules.filled_form import FilledForm
from core.rules.obligations import Kind, Obligation, State
from core.rules.plan_form import FormCode, Means
from core.rules.tasks import Assignment, Part, Task, Unit
from core.words.message import label_width
from tests.chat.world import World
from tests.plan_form.paper import fill_table, last_file, word
from tests.plan_form.test_form_in_chat import MONTHS, form, plans


def twice(first: bytes, second: bytes) -> bytes:
    """Two files pasted into one."""
    document = Document(BytesIO(first))
    end = document.element.body.sectPr
    for element in Document(BytesIO(second)).element.body:
        if not element.tag.endswith("}sectPr"):
            end.addprevious(deepcopy(element))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def filled(content: bytes, goal: str, months: dict[str, str], change: Any = lambda document: None) -> bytes:
    def fill(document: Any) -> None:
        fill_table(document.tables[0], goal, months)
        change(document)

    return word(content, fill)


async def test_two_forms_of_one_task_that_differ_are_asked_about(world: World) -> None:
    contact = world.of("区民政局")
    name, content = await form(contact)
    both = twice(filled(content, "建4家", {"3月": "选址"}), filled(content, "建5家", {"3月": "签约"}))
    text = await contact.send(files=[(name, both)])
    assert "可提交 0 份" in text and "不同的几份" in text
    assert contact.labels[:2] == ["2-2 用第1份", "2-2 用第2份"] and all(label_width(one) < 34 for one in contact.labels)
    await contact.click("2-2 用第2份")
    await contact.click("2-2 用第1份")
    assert "可提交 1 份" in contact.text and "建4家" in contact.text
    await contact.click("提交 1 份")
    assert [plan.goal for plan in await plans(world, "2-2")] == ["建4家"]


async def test_the_same_form_twice_counts_once(world: World) -> None:
    contact = world.of("区民政局")
    name, content = await form(contact)
    once = filled(content, "建4家", {"3月": "选址"})
    text = await contact.send(files=[(name, twice(once, once))])
    assert "可提交 1 份" in text and "只算一份" in text
    await contact.click("提交 1 份")
    assert len(await plans(world, "2-2")) == 1


@pytest.mark.parametrize("sign", ["code", "title"])
async def test_a_form_of_another_notice_or_year_is_filed_only_if_they_say_so(world: World, sign: str) -> None:
    contact = world.of("区民政局")
    name, content = await form(contact)

    def older(document: Any) -> None:
        for paragraph in document.paragraphs:
            for run in paragraph.runs:
                if sign == "code":
                    run.text = run.text.replace("DB1.", "DB77.")
                elif "表单码" in run.text:
                    run.text = ""
                else:
                    run.text = run.text.replace("2023年重点任务", "2022年重点任务")

    text = await contact.send(files=[(name, filled(content, "建4家", {"3月": "选址"}, older))])
    assert "可提交 0 份" in text and "别的通知或别的年度" in text and contact.labels[0].startswith("第1份是 2-2")
    await contact.click("第1份是 2-2")
    await contact.click("提交 1 份")
    assert [plan.goal for plan in await plans(world, "2-2")] == ["建4家"]


async def test_what_is_still_blank_and_what_the_notice_fixes_is_said(world: World) -> None:
    contact = world.of("区民政局")
    name, content = await form(contact)

    def changed(document: Any) -> None:
        cells = document.tables[0].rows[0].cells
        cells[1].text, cells[3].text = "赵某某副区长", "区财政局"

    some = {"3月": "选址", "5月": "开业"}
    text = await contact.send(files=[(name, filled(content, "建4家", some, changed))])
    assert "还空着 4月、6月、7月、8月、9月、10月、11月、12月" in text
    assert "牵头区领导、牵头单位以通知为准" in text
    await contact.click("不用这份文件")
    text = await contact.send(files=[(name, filled(content, "建4家", MONTHS))])
    assert "还空着" not in text and "以通知为准" not in text


async def test_the_form_says_where_to_sign_on_one_line(world: World) -> None:
    await world.of("区民政局").send("/plan")
    await world.of("区民政局").click("下载表格")
    document = Document(BytesIO(last_file(world.of("区民政局"))[1]))
    signs = [line for paragraph in document.paragraphs for line in paragraph.text.split("\n") if "签字" in line]
    assert len(signs) == 1 and len(signs[0]) <= 38, "as many characters as a line holds at 12 points"


# -- whose it is -----------------------------------------------------------------------------------------------------

WATER, HOUSING = Unit(1, "区水利局"), Unit(2, "区住建局")
BOTH = Task(5, 1, "1-1", "1.", "改造管网", None, (Assignment(WATER, Part.LEAD), Assignment(HOUSING, Part.LEAD)))


def owed(unit: Unit) -> Obligation:
    at = datetime(2023, 3, 3, tzinfo=UTC)
    return Obligation(
        9, 5, unit.id, Kind.PLAN, "2023", date(2023, 3, 16), State.OPEN, at, None, "1-1", "", unit.name, None
    )


@pytest.mark.parametrize(
    ("code", "named", "theirs"),
    [
        (1, "区水利局", True),
        (2, "区住建局", False),
        (2, "", False),
        (2, "区水利局", True),
        (0, "区住建局", False),
        (0, "水利局", True),
    ],
)
def test_a_form_of_the_other_lead_is_not_filed_as_ones_own(code: int, named: str, theirs: bool) -> None:
    form = FilledForm(code=FormCode(1, "1-1", code, "abcd") if code else None, values={Means.UNIT: named})
    assert (owed_by(form, BOTH, [owed(WATER)]) is not None) is theirs
    if not theirs:
        assert unit_of(form, BOTH) == "区住建局"
