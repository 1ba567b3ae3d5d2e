"""The year before it happens: what is rehearsed is what the ladder then does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bot.__main__ import main
from core.rules.calendar import WorkCalendar
from core.rules.hours import OfficeHours
from core.rules.obligations import Kind
from core.rules.rehearsal import Duty, Recipient, play
from tests.chat.world import NOTICE, World

CONTACT = Recipient("王敏", "contact", frozenset({1}), "区水利局")
HEAD = Recipient("赵刚", "head", frozenset({1}), "区水利局")
PLAN = Duty("1-1", "完成老旧管网改造", 1, "区水利局", Kind.PLAN, "2023", date(2023, 3, 16))


def played(*duties: Duty, first: date = date(2023, 3, 3)) -> dict[str, tuple[int, int]]:
    """{day: (messages, of these if punctual)}"""
    days = play(duties, [CONTACT, HEAD], WorkCalendar(), OfficeHours(), first)
    return {day.day.isoformat(): (day.messages, day.punctual) for day in days if day.notes}


def test_a_plan_is_reminded_of_seven_times_and_its_head_joins_at_the_third_day_after() -> None:
    assert played(PLAN) == {
        "2023-03-09": (1, 1),
        "2023-03-13": (1, 1),
        "2023-03-15": (1, 1),
        "2023-03-16": (1, 1),
        "2023-03-17": (1, 0),
        "2023-03-21": (2, 0),
        "2023-03-23": (2, 0),
    }


def test_what_is_due_together_is_one_message() -> None:
    other = Duty("2-3", "修缮灌溉水渠", 1, "区水利局", Kind.PLAN, "2023", date(2023, 3, 16))
    days = play([PLAN, other], [CONTACT, HEAD], WorkCalendar(), OfficeHours(), date(2023, 3, 3))
    [first] = [day for day in days if day.day == date(2023, 3, 9)]
    assert (first.messages, first.items) == (1, 2)
    assert first.busiest and len(first.busiest.duties) == 2


def test_little_time_left_folds_rungs_into_one() -> None:
    assert list(played(PLAN, first=date(2023, 3, 15)))[:2] == ["2023-03-15", "2023-03-16"]


async def test_the_rehearsal_in_chat_agrees_with_what_then_happens(world: World) -> None:
    text = await world.supervisor.send("预演")
    assert "5 项未定频次，按月报推算" in text
    await world.supervisor.click("3月")
    day = next(line for line in world.supervisor.text.split("\n") if line.startswith("3月9日"))
    for unit in ("区水利局", "区住建局"):
        await world.of(unit).click("签收")
    before = {unit: len(world.of(unit).messages) for unit in ("区水利局", "区住建局")}
    await world.pass_to("2023-03-09T12:00")
    told = [unit for unit, count in before.items() if len(world.of(unit).said_since(count)) == 1]
    assert told == ["区水利局", "区住建局"]
    # Lead units: 区水利局, 区住建局, 区商务局, 区民政局; all of them owe a plan.
    assert "4 人 5 项" in day


async def test_months_are_pages_and_the_sheet_holds_every_message(world: World) -> None:
    await world.supervisor.send("/rehearse")
    await world.supervisor.click("6月")
    assert "6月25日（周日）" in world.supervisor.text and "5 项到期" in world.supervisor.text
    await world.supervisor.click("7月 ›")
    assert "7月预演" in world.supervisor.text
    await world.supervisor.click("全年")
    await world.supervisor.click("下载全年明细表")
    assert ".xlsx" in str(world.supervisor.last)


async def test_a_contact_may_not_rehearse(world: World) -> None:
    assert "预演】" not in await world.of("区水利局").send("/rehearse")


def test_the_command_line_rehearses_a_notice_before_anything_is_stored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "year.xlsx"
    assert main(["rehearse", "--notice", str(NOTICE), "--from", "2023-03-03", "--xlsx", str(out)]) == 0
    said = capsys.readouterr().out
    assert "2023-03-09  周四  4" in said and "遇休息日由3月25日提前" in said
    assert list(tmp_path.iterdir()) == [out], "nothing but the sheet is written"
    page = openpyxl.load_workbook(out).active
    assert page is not None and page.max_row > 100


def test_the_command_line_says_what_it_can_not_rehearse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["rehearse"]) == 2
    assert "还没有已确认的通知" in capsys.readouterr().err
    assert main(["rehearse", "--notice", "none.txt", "--lang", "en"]) == 2
    assert "No such file" in capsys.readouterr().err
    assert main(["rehearse", "--from", "March"]) == 2
    assert "日期写法不对" in capsys.readouterr().err
    assert main(["rehearse", "--notice", str(NOTICE), "--from", "2024-03-03"]) == 2
    assert "--from 2023-03-03" in capsys.readouterr().err
