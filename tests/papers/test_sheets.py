from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.papers.sheets import invites_sheet, table_sheet

COLUMNS = [{"key": "unit", "label": "单位", "width": 20}, {"key": "days", "label": "天数", "width": 8}]


def table(rows, **more):
    data = {"title": "逾期清单", "columns": COLUMNS, "rows": rows, "notes": ["截至3月20日"], **more}
    return load_workbook(BytesIO(table_sheet(data))).active


def test_a_table_has_title_notes_header_and_rows():
    page = table([{"unit": "区经信局", "days": 3}])
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["逾期清单", None],
        ["截至3月20日", None],
        ["单位", "天数"],
        ["区经信局", 3],
    ]


def test_it_is_made_to_be_filtered_and_printed():
    page = table([{"unit": "区经信局", "days": 3}])
    assert page.freeze_panes == "A4"
    assert page.auto_filter.ref == "A3:B4"
    assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
    assert page.print_title_rows == "$3:$3"


@pytest.mark.parametrize("typed", ["=1+1", "+861", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", " =1"])
def test_what_a_person_typed_is_never_run_as_a_formula(typed):
    cell = table([{"unit": typed, "days": 0}])["A4"]
    assert cell.data_type == "s"
    assert cell.value.strip() == typed.strip()
    assert cell.quotePrefix


def test_a_missing_value_is_an_empty_cell():
    assert table([{"unit": None}])["A4"].value is None


def test_a_sheet_without_columns_is_refused():
    with pytest.raises(ValueError, match="columns"):
        table_sheet({"title": "", "columns": [], "rows": []})


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=50))
def test_no_text_breaks_the_sheet(text):
    cell = table([{"unit": text, "days": 1}], title=text, notes=[text])["A4"]
    assert cell.data_type in {"s", "n"}, "n is an empty cell"


def test_a_very_long_text_is_cut_to_what_a_cell_holds():
    assert len(table([{"unit": "督" * 40000, "days": 1}])["A4"].value) == 32767


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_invites_have_a_link_and_a_picture_in_every_row(lang):
    rows = [{"unit": f"单位{n}", "role": "联系人", "link": f"https://t.me/example_bot?start=t{n}"} for n in range(3)]
    data = {"title": "邀请表", "notes": [], "rows": rows, "lang": lang}
    page = load_workbook(BytesIO(invites_sheet(data))).active
    assert [cell.value for cell in page["C"]][2:] == [row["link"] for row in rows]
    assert page["C3"].hyperlink.target == rows[0]["link"]
    assert [image.anchor._from.row for image in page._images] == [2, 3, 4]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("区水利局", 1),
        ("整治河道，" * 10, 6),
        ("2023-03-16 09:05", 1),
        ("一\n二\n三", 3),
        ("a" * 60, 4),
        ("长" * 5000, 27),
        (12345678901234567890, 1),
    ],
)
def test_a_row_is_as_high_as_its_longest_text(text, lines):
    columns = [{"key": "a", "label": "甲", "width": 20}, {"key": "b", "label": "乙", "width": 30}]
    data = {"title": "表", "columns": columns, "rows": [{"a": text, "b": "短"}, {"a": "短", "b": None}]}
    page = load_workbook(BytesIO(table_sheet(data))).worksheets[0]
    height = page.row_dimensions[3].height
    assert (height is None) if lines == 1 else lines * 15 <= height <= 409
    assert page.row_dimensions[4].height is None, "a short row is as high as the program likes"
