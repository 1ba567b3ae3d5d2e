from io import BytesIO

import pytest
from PIL import Image

from core.papers.board import WIDTH
from core.papers.pictures import MOST_ROWS, summary_picture

LEADERS = [
    ("区长 陈立川", 8, 3, 1),
    ("常务副区长 周怀远（负责发展改革、财政、应急管理）", 12, 0, 0),
    ("副区长 $x_1$ 吴🎉", 0, 0, 0),
]


def data(rows=LEADERS, **more):
    keys = ("name", "done", "waiting", "overdue")
    return {
        "title": "重点工作推进计划报送情况",
        "subtitle": "推进计划 · 3月16日截止",
        "rows": [dict(zip(keys, row, strict=True)) for row in rows],
        "totals": {"done": 20, "waiting": 3, "overdue": 1},
        "as_of": "3月17日 09:00",
        "lang": "zh",
        **more,
    }


def drawn(**more):
    return Image.open(BytesIO(summary_picture(data(**more))))


def test_the_picture_is_as_wide_as_a_phone_shows():
    assert drawn().width == WIDTH >= 1080


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_drawn_in_both_languages(lang):
    assert drawn(lang=lang).format == "PNG"


def test_a_year_before_anything_is_due_makes_a_picture_too():
    assert drawn(rows=[], totals={}).width == WIDTH


def test_the_three_states_differ_in_brightness_so_that_grey_paper_shows_them():
    done, waiting, overdue = (_grey_of_the_bar(state) for state in ("done", "waiting", "overdue"))
    assert waiting > done + 25
    assert done > overdue + 50


def _grey_of_the_bar(state):
    """Mean brightness of the darkest strip right of the names: the bar, drawn in one state only."""
    row = ("甲", *(50 if key == state else 0 for key in ("done", "waiting", "overdue")))
    picture = drawn(rows=[row], title="", subtitle="", as_of="").convert("L")
    strips = (picture.crop((340, y, 640, y + 40)).tobytes() for y in range(280, picture.height - 120, 4))
    return min(sum(strip) / len(strip) for strip in strips)


def test_any_number_of_leaders_stays_within_what_a_photo_may_measure():
    picture = drawn(rows=[("副区长 名字很长的一位领导同志分管很多工作", 100, 20, 3)] * (MOST_ROWS + 30))
    assert picture.width + picture.height <= 10000
    assert picture.height / picture.width <= 20


def test_the_rows_keep_their_order_whatever_their_figures():
    few_first = drawn(rows=[("甲", 1, 0, 0), ("乙", 9, 0, 0)])
    many_first = drawn(rows=[("甲", 9, 0, 0), ("乙", 1, 0, 0)])
    assert few_first.tobytes() != many_first.tobytes()
