"""Tables as files: nothing typed is ever run, whatever the column; dates are dates; the sheet is made to be worked with."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from core.cases.export import TABLES, facts
from core.papers.harmless import runs
from core.papers.render import render
from core.rules.scope import Scope
from core.words.export import table_data
from core.words.voice import voice
from core.work import Work
from tests.chat.world import World
from tests.office.test_export import filed
from tests.plan_form.paper import last_file

EVIL = (
    '=HYPERLINK("http://example.org","点我")',
    "+8613800000000",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u3000＝cmd|' /C calc'!A0",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "﹦1+1",
    "\u200b=1",
    "#N/A",
)


async def tables(world: World) -> dict[str, dict[str, Any]]:
    """The data of every table, as the office gets it."""

    def read(work: Work) -> dict[str, dict[str, Any]]:
        found = facts(work, Scope(everything=True), world.demo.clock.now(), history=True, rounds=True)
        return {name: table_data(voice("zh"), work.office, found, name) for name in TABLES}

    found: dict[str, dict[str, Any]] = await world.demo.work(read)
    return found


async def test_in_no_column_of_no_table_is_a_text_run(world: World) -> None:
    await filed(world)
    for name, data in (await tables(world)).items():
        keys = [column["key"] for column in data["columns"]]
        typed = {**data, "title": EVIL[0], "notes": list(EVIL), "rows": [dict.fromkeys(keys, evil) for evil in EVIL]}
        text = render("table.csv", typed).decode("utf-8-sig")
        rows = list(csv.reader(StringIO(text, newline="")))
        assert len(rows) == len(EVIL) + 1, name
        assert not [cell for row in rows[1:] for cell in row if runs(cell)], name
        page = load_workbook(BytesIO(render("table.xlsx", typed))).active
        cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}, name
        assert all(cell.quotePrefix for cell in cells if runs(cell.value)), name


async def test_dates_are_dates_and_can_be_sorted_and_filtered(world: World) -> None:
    await filed(world)
    for label, columns in (
        ("任务", {"最近报送": "yyyy-mm-dd hh:mm"}),
        ("计划", {"截止日": "yyyy-mm-dd", "时间": "yyyy-mm-dd hh:mm"}),
        ("进展", {"截止日": "yyyy-mm-dd", "时间": "yyyy-mm-dd hh:mm"}),
        ("逾期", {"截止日": "yyyy-mm-dd"}),
        ("办理记录", {"时间": "yyyy-mm-dd hh:mm"}),
    ):
        await world.supervisor.send("/export")
        await world.supervisor.click(f"{label} Excel")
        page = load_workbook(BytesIO(last_file(world.supervisor)[1])).active
        head = int(page.print_title_rows.strip("$").partition(":")[0])
        names = [cell.value for cell in page[head]]
        for name, form in columns.items():
            found = [row[names.index(name)] for row in page.iter_rows(min_row=head + 1)]
            dated = [cell for cell in found if cell.value is not None]
            assert dated and all(isinstance(cell.value, datetime) and cell.is_date for cell in dated), (label, name)
            assert {cell.number_format for cell in dated} == {form}
        assert page.freeze_panes == f"A{head + 1}" and page.auto_filter.ref.startswith(f"A{head}:")
        widths = [page.column_dimensions[cell.column_letter].width for cell in page[head]]
        assert all(8 <= width <= 80 for width in widths)


def test_a_deadline_in_words_stays_words() -> None:
    columns = [{"key": "due", "label": "任务时限", "form": "date"}]
    rows = [{"due": "2023-06-30"}, {"due": "年底前"}, {"due": ""}, {"due": "2023-13-01"}]
    page = load_workbook(BytesIO(render("table.xlsx", {"columns": columns, "rows": rows}))).active
    first, *others = (row[0].value for row in page.iter_rows(min_row=3))
    assert isinstance(first, datetime) and first.date() == date(2023, 6, 30)
    assert others == ["年底前", None, "2023-13-01"]


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "TRUE", "1e5", "007"])
def test_what_looks_like_a_value_stays_the_text_that_was_typed(text: str) -> None:
    data = {"columns": [{"key": "a", "label": "内容"}], "rows": [{"a": text}]}
    cell = load_workbook(BytesIO(render("table.xlsx", data))).active["A3"]
    assert (cell.data_type, cell.value) == ("s", text)
