"""Lights by unit, and a task against its plan: within Telegram's limits, readable without colour, in both languages."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from core.papers.board import WIDTH, Board
from core.papers.pictures_task import task_picture
from core.papers.pictures_units import MOST_UNITS, units_picture

STATES = ("done", "waiting", "overdue", "behind")


def units(count: int, name: str = "区水利局", **more: Any) -> Image.Image:
    rows = [{"name": name, "state": STATES[n % 3], "note": "逾期 2，待报 1，已报 5"} for n in range(count)]
    data = {"title": "各单位报送情况", "subtitle": "通知", "rows": rows, "as_of": "截至4月26日", "lang": "zh", **more}
    return Image.open(BytesIO(units_picture(data)))


def task(months: int, text: str = "装修", **more: Any) -> Image.Image:
    rows = [
        {"month": f"{n % 12 + 1}月", "plan": text, "state": (*STATES[:3], "")[n % 4], "note": "4月2日报", "said": text}
        for n in range(months)
    ]
    data = {
        "title": "2-2 新建社区食堂4家",
        "unit": "区民政局",
        "goal": "目标：4家",
        "rows": rows,
        "as_of": "",
        "lang": "zh",
    }
    return Image.open(BytesIO(task_picture({**data, **more})))


@pytest.mark.parametrize("count", [0, 1, 2, 59, MOST_UNITS + 40])
def test_any_number_of_units_makes_a_photo_that_telegram_takes(count: int) -> None:
    picture = units(count, "一个名字非常非常长的现场建设指挥部办公室综合协调推进领导小组")
    assert picture.width == WIDTH
    assert picture.width + picture.height <= 10_000 and picture.height / picture.width <= 20


@pytest.mark.parametrize("months", [0, 1, 12])
def test_a_tasks_picture_holds_a_whole_year(months: int) -> None:
    picture = task(months, "分阶段推进各项工作，" * 60)
    assert picture.width == WIDTH and picture.width + picture.height <= 10_000


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_are_drawn_in_both_languages_with_odd_characters(lang: str) -> None:
    assert units(3, "副 $x_1$ <b>🎉\u0007", lang=lang).format == "PNG"
    assert task(3, "=1+1 $\\frac$ 🎉", lang=lang, title="<i>&amp;", as_of="截至今日").format == "PNG"


def grey(state: str) -> Image.Image:
    board = Board(200)
    board.sign(100, 100, state, 40)
    return Image.open(BytesIO(board.png())).convert("L").crop((50, 50, 150, 150))


def test_the_signs_differ_in_shape_or_brightness_without_colour() -> None:
    pictures = {state: grey(state).tobytes() for state in STATES}
    for one in STATES:
        for other in STATES:
            if one < other:
                different = sum(abs(a - b) > 60 for a, b in zip(pictures[one], pictures[other], strict=True))
                assert different > 900, (one, other)


def middle(picture: Image.Image, left: int, right: int, brightness: tuple[int, int]) -> float:
    """How far down the pixels of this brightness stand, on average, below the rule under the legend."""
    grey = picture.convert("L")
    least, most = brightness
    found = [
        y for y in range(260, grey.height - 110) for x in range(left, right) if least <= grey.getpixel((x, y)) <= most
    ]
    return sum(found) / len(found)


def test_a_units_sign_stands_beside_its_name_however_long_the_name_in_the_other_column_is() -> None:
    rows = [
        {"name": "区水利局", "state": "done", "note": ""},
        {"name": "现场建设指挥部办公室综合协调推进领导小组" * 2, "state": "done", "note": "逾期 2，待报 1，已报 5"},
    ]
    data = {"title": "各单位报送情况", "subtitle": "", "legend": [], "rows": rows, "as_of": "", "lang": "zh"}
    picture = Image.open(BytesIO(units_picture(data)))
    sign, name = middle(picture, 48, 98, (150, 190)), middle(picture, 108, 500, (0, 90))
    assert abs(sign - name) < 8


def test_a_long_units_name_has_two_lines_above_its_task() -> None:
    name = "现场建设指挥部办公室（七岭生态绿带及沿线村庄人居环境综合整治提升项目）联席会议办公室"
    assert task(1, unit=name).height - task(1).height == 44
