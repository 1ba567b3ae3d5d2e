"""Reading a notice: 82 tasks at once, and ten thousand for the same price each."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from core.papers.notice import read_notice
from tests.bench.row import Figure, Row
from tests.notice.papers import docx

_DIGITS = "一二三四五六七八九"
_SURNAMES, _GIVEN = "林周沈顾陆许", ("知远", "砚秋", "怀舟", "清和", "文渊", "明澜")
_LEAST_LEADERS = 6
_MOST_EACH = 300
"""Tasks of one leader; above 999 a number is no longer taken for a task's."""

_UNITS = "发改局 财政局 住建局 教育局 卫健局 民政局 农业农村局 经信局 商务局 文广旅体局 人社局 应急管理局".split()
_WORKS = (
    "新建口袋公园{n}个，更新老旧健身设施{m}处，让群众出门就能运动、散步和休息，全年完成投资{m}00万元",
    "改造老旧小区{n}个，加装电梯{m}部，年底前全部交付使用",
    "守住耕地红线，治理抛荒田块，完成新垦耕地{m}亩以上",
    "开展“向海小岛”行动，编好整体规划，建设样板{n}处，走出共富的路子",
)


def lines_of(tasks: int) -> list[str]:
    """An invented notice with that many tasks."""
    leaders = max(_LEAST_LEADERS, -(-tasks // _MOST_EACH))
    out = [
        "云屿区人民政府办公室关于印发《2024年重点工作责任分解》的通知",
        "各街道办事处，区属各单位：",
        "请各牵头责任单位于4月10日前报送推进计划表。",
        "2024年3月20日",
        "2024年重点工作责任分解",
    ]
    for place in range(leaders):
        name = _SURNAMES[place % len(_SURNAMES)] + _GIVEN[place // len(_SURNAMES) % len(_GIVEN)]
        out.append(f"{_numeral(place + 1)}、{name}副区长牵头重点工作")
        for number in range(1, len(range(place, tasks, leaders)) + 1):
            work = _WORKS[number % len(_WORKS)].format(n=number % 37 + 2, m=number % 89 + 3)
            units = "、".join(f"区{_UNITS[(number + step) % len(_UNITS)]}" for step in range(number % 4 + 1))
            out += [f"{number}.{work}。", f"责任单位：{units}"]
    return out


def _numeral(number: int) -> str:
    """1 to 99 as it stands in a heading."""
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else _DIGITS[tens - 1]) + "十" if tens else ""
    return ten + (_DIGITS[ones - 1] if ones else "")


def _seconds(data: bytes, name: str, tasks: int, times: int) -> float:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        notice = read_notice(data, name)
        found.append(time.perf_counter() - began)
        assert len(notice.tasks) == tasks, len(notice.tasks)
    return median(found)


def measure(folder: Path, sizes: tuple[int, int, int], times: int) -> dict[str, float]:
    small, middle, large = sizes
    texts = {size: "\n".join(lines_of(size)).encode() for size in sizes}
    word = docx(lines_of(small))
    read_notice(texts[small], "n.txt")
    read_notice(word, "n.docx")
    one = _seconds(texts[small], "n.txt", small, times)
    ten = _seconds(texts[middle], "n.txt", middle, max(1, times // 5))
    hundred = _seconds(texts[large], "n.txt", large, 1)
    return {
        "text_ms": one * 1000,
        "word_ms": _seconds(word, "n.docx", small, times) * 1000,
        "each_small_us": one / small * 1e6,
        "each_middle_us": ten / middle * 1e6,
        "each_large_us": hundred / large * 1e6,
        "growth": (hundred / large) / (one / small),
    }


ROW = Row(
    "Reading a notice",
    (
        Figure("text_ms", "82 tasks, plain text", "ms", at_most=50),
        Figure("word_ms", "82 tasks, a Word file", "ms", at_most=50),
        Figure("each_small_us", "each of 82 tasks (text)", "µs"),
        Figure("each_middle_us", "each of 1,000 tasks", "µs"),
        Figure("each_large_us", "each of 10,000 tasks", "µs"),
        Figure("growth", "a task of 10,000 against a task of 82 (linear is 1)", "times", at_most=1.5),
    ),
    measure,
    full={"sizes": (82, 1_000, 10_000), "times": 15},
    smoke={"sizes": (12, 30, 60), "times": 1},
    note="Opening the file, finding leaders, tasks, units, dates and doubts. In service a file that isn't plain text is "
    "opened in a process of its own, whose start is not in these figures.",
)
