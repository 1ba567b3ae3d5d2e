"""The reading of a notice as a sheet: edited, sent back, differences shown, saved or not."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from openpyxl import load_workbook

from tests.chat.world import NOTICE, World

Edit = Callable[[Any, dict[str, int]], None]


async def sheet(world: World) -> bytes:
    await world.supervisor.send(files=[("a.txt", NOTICE.read_bytes())])
    await world.supervisor.click("核对任务清单")
    await world.supervisor.click("下载核对表")
    document = world.supervisor.last["document"]
    return bytes(world.demo.sandbox.world.files.by_id[document["file_id"]].content)


async def sent_back(world: World, content: bytes, edit: Edit) -> str:
    """Edits by hand: `edit(page, rows)` with the row of every ref; columns A 编号 C 内容 D 牵头 E 配合 G 时限."""
    book = load_workbook(io.BytesIO(content))
    page = book.active
    rows = {str(page.cell(n, 1).value): n for n in range(1, page.max_row + 1)}
    edit(page, rows)
    out = io.BytesIO()
    book.save(out)
    return await world.supervisor.send(files=[("任务核对表.xlsx", out.getvalue())])


async def test_an_untouched_sheet_changes_nothing(office: World) -> None:
    content = await sheet(office)
    assert "没有要改的" in await sent_back(office, content, lambda page, rows: None)


async def test_an_edited_sheet_is_shown_as_differences_and_saved(office: World) -> None:
    def edit(page: Any, rows: dict[str, int]) -> None:
        page.cell(rows["1-2"], 4).value = "区交通运输局"
        page.cell(rows["1-2"], 5).value = "区住建局、区财政局"
        page.cell(rows["2-1"], 7).value = "9月底前"
        page.cell(rows["2-3"], 3).value = "修缮灌溉水渠15公里。"
        page.delete_rows(rows["2-2"])

    text = await sent_back(office, await sheet(office), edit)
    assert "修改 3 项，去掉 1 项，不变 1 项" in text
    assert "－区住建局 ＋区交通运输局" in text and "2023-09-30" in text and "12" in text and "15" in text
    await office.supervisor.click("保存修改")
    assert "任务 4 项" in office.supervisor.text
    await office.supervisor.click("确认交办")
    assert "牵头：区交通运输局" in await office.supervisor.send("/task 1-2")


async def test_a_number_in_two_rows_makes_two_tasks(office: World) -> None:
    def edit(page: Any, rows: dict[str, int]) -> None:
        at = rows["1-1"]
        page.insert_rows(at + 1)
        for column in range(1, 8):
            page.cell(at + 1, column).value = page.cell(at, column).value
        page.cell(at, 3).value = "完成老旧管网改造30公里"
        page.cell(at + 1, 3).value = "新建泵站2座"

    assert "增加 1 项" in await sent_back(office, await sheet(office), edit)
    await office.supervisor.click("保存修改")
    await office.supervisor.click("核对任务清单")
    assert "1-1a" in office.supervisor.labels


async def test_a_row_that_cannot_be_used_is_named_and_nothing_is_changed(office: World) -> None:
    content = await sheet(office)
    for column, value, hint in (
        (1, "9-9", "不在清单里"),
        (4, "随便谁", "不像单位名称"),
        (4, "各镇街", "不能牵头"),
        (7, "尽快", "看不出是哪一天"),
    ):

        def edit(page: Any, rows: dict[str, int], column: int = column, value: str = value) -> None:
            page.cell(rows["2-1"], column).value = value

        text = await sent_back(office, content, edit)
        assert hint in text and "没有改动" in text and "行" in text
        assert "保存修改" not in office.supervisor.labels


async def test_what_is_not_saved_is_gone_and_a_sheet_of_an_assigned_notice_is_refused(office: World) -> None:
    content = await sheet(office)

    def edit(page: Any, rows: dict[str, int]) -> None:
        page.cell(rows["2-1"], 7).value = "9月底前"

    await sent_back(office, content, edit)
    shown = office.supervisor.last
    await office.supervisor.click("不保存")
    office.plant(office.supervisor, "保存修改", "sheet:ok:00000000")
    assert "已经保存或放弃" in ((await office.supervisor.click("保存修改"))["answer"] or "")
    assert shown
    await office.supervisor.send(files=[("a.txt", NOTICE.read_bytes())])
    await office.supervisor.click("确认交办")
    assert "无需再操作" in await sent_back(office, content, edit)


async def test_units_become_one_and_a_row_that_was_taken_out_comes_back_by_sheet(office: World) -> None:
    def edit(page: Any, rows: dict[str, int]) -> None:
        page.cell(rows["2-1"], 4).value = "区住建局"
        page.delete_rows(rows["2-2"])

    content = await sheet(office)
    await sent_back(office, content, edit)
    await office.supervisor.click("保存修改")
    assert "任务 4 项，单位 5 个" in office.supervisor.text and "未列入 1 项" in office.supervisor.labels
    assert "增加 1 项" in await sent_back(office, content, lambda page, rows: None)
    await office.supervisor.click("保存修改")
    assert "任务 5 项" in office.supervisor.text
    assert not any(label.startswith("未列入") for label in office.supervisor.labels)
