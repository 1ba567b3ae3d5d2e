"""The rehearsed year as calendar pictures: within Telegram's limits, and told apart without colour."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from core.papers.board import WIDTH
from core.papers.pictures_year import shade, year_picture


def day(number: int, **more: Any) -> dict[str, Any]:
    return {"day": number, "n": 0, "off": False, "extra": False, "due": 0, "moved": False, "summary": False, **more}


def picture(count: int, lang: str = "zh", **more: Any) -> Image.Image:
    days = [day(n, n=(0, 3, 60, 99)[n % 4], due=n % 5 == 0, moved=n % 10 == 0, off=n % 7 > 4) for n in range(1, 32)]
    rows = [{"label": f"{n + 1}月", "unknown": n == 1, "weekday": n % 7, "days": days} for n in range(count)]
    data = {
        "title": "全年预演 $x",
        "subtitle": "通知" * 40,
        "most": 99,
        "months": rows,
        "notes": ["说明" * 60],
        "lang": lang,
    }
    return Image.open(BytesIO(year_picture({**data, **more})))


@pytest.mark.parametrize("months", [1, 5, 6])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_shows_it_without_shrinking_it_much(months: int, lang: str) -> None:
    image = picture(months, lang)
    assert image.width == WIDTH and 500 < image.height < 2100


def test_each_shade_is_darker_than_the_one_before_in_grey_too() -> None:
    assert [shade(n, 99) for n in (0, 1, 33, 34, 66, 67, 99)] == [0, 1, 1, 2, 2, 3, 3]
    assert [shade(n, 1) for n in (0, 1)] == [0, 1] and shade(5, 0) == 3
    cells = [day(n, n=count) for n, count in enumerate((0, 1, 50, 99), start=1)]
    month = {"label": "5月", "unknown": False, "weekday": 0, "days": cells}
    grey = picture(1, months=[month], subtitle="", title="x").convert("L")
    row = 36 + 62 + 24 + 92 + 22
    light = [int(grey.getpixel((48 + round((n + 0.9) * (1080 - 96 - 40) / 14), row + 8))) for n in range(4)]
    assert light == sorted(light, reverse=True) and min(a - b for a, b in zip(light, light[1:], strict=False)) > 15, (
        light
    )
