"""The year before it happens: what is rehearsed is what the ladder then does."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.__main__ import main
from core.cases.rehearse import rehearse
from core.rules.calendar import WorkCalendar
from core.rules.hours import OfficeHours
from core.rules.obligations import Kind
from core.rules.rehearsal import Day, Duty, Opening, Recipient, play
from core.rules.rehearsed import Rehearsal
from storage.outbox import OutboxEntry
from storage.tables.notices import TaskRow
from storage.tables.obligations import ObligationRow
from tests.chat.world import NOTICE, ZONE, World

CONTACT = Recipient("王敏", "contact", frozenset({1}), "区水利局", key="p1")
HEAD = Recipient("赵刚", "head", frozenset({1}), "区水利局", key="p2")
PLAN = Duty("1-1", "完成老旧管网改造", 1, "区水利局", Kind.PLAN, "2023", date(2023, 3, 16))


def played(*duties: Duty, first: date = date(2023, 3, 3)) -> dict[str, tuple[int, int]]:
    """{day: (messages, of these if punctual)}"""
    days = play(duties, [CONTACT, HEAD], WorkCalendar(), OfficeHours(), Opening(first))
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
    days = play([PLAN, other], [CONTACT, HEAD], WorkCalendar(), OfficeHours(), Opening(date(2023, 3, 3)))
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
    await world.supervisor.click("明细表")
    assert ".xlsx" in str(world.supervisor.last)


async def test_a_contact_may_not_rehearse(world: World) -> None:
    assert "预演】" not in await world.of("区水利局").send("/rehearse")


async def test_a_notice_is_rehearsed_before_it_is_confirmed_and_nothing_is_said_or_kept(tmp_path: Path) -> None:
    world = World(tmp_path)
    try:
        await world.open()
        await world.demo.take(NOTICE, confirm=False)
        supervisor, card = world.supervisor, world.supervisor.last
        await supervisor.click("预演全年")
        assert "尚未交办，什么都不会发出" in supervisor.text and "5 项未定频次，按月报推算" in supervisor.text
        assert "4 个牵头单位暂无联系人" in supervisor.text and "没有绑定的工作群" in supervisor.text
        assert "遇休息日提前的期限 2 个：3月25日（周末）→3月24日" in supervisor.text
        await supervisor.click("3月")
        assert (
            "3月3日（周五） 7 人 0 项（按时则 7 人）；交办 7 人" in supervisor.text
            and "3月9日（周四） 4 人 5 项" in supervisor.text
        )
        assert "无提醒的工作日：6、8、10、14、20、22、28、30日" in supervisor.text
        await supervisor.click("全年")
        await supervisor.click("按人看")
        label = next(each for each in supervisor.labels if "区水利局" in each)
        await supervisor.click(label)
        assert "3月3日（周五） 任务清单（交办）" in supervisor.text
        assert "3月9日（周四） 推进计划 1-1 2-3 (03-16)" in supervisor.text
        await supervisor.click("人员")
        await supervisor.click("全年")
        before = len(supervisor.messages)
        await supervisor.click("日历图")
        assert [m["photo"]["width"] for m in supervisor.said_since(before)] == [1080, 1080]
        await supervisor.click("返回", supervisor.said(card))
        now = world.demo.clock.now()
        draft = await world.demo.work(lambda work: rehearse(work, now, 1))
        assert not await world.demo.work(lambda work: work.notices.tasks())
        await supervisor.click("确认交办", supervisor.said(card))
        later = await world.demo.work(lambda work: rehearse(work, now))
        planned = [sorted(_rows(day)) for day in draft.days if day.items]
        assert planned == [sorted(_rows(day)) for day in later.days if day.items]
        world.plant(supervisor, "预演全年", "reh:home:d1")
        answer = await supervisor.click("预演全年")
        assert answer["answer"] and "预演" not in answer["answer"], "what was confirmed meanwhile is no draft any more"
    finally:
        await world.close()


def _rows(day: Day) -> list[tuple[object, ...]]:
    """What a day says, whatever numbers the units got."""
    return [
        (day.day, note.to.units, note.to.role, sorted((d.ref, d.unit, str(d.kind), d.period) for d in note.duties))
        for note in day.notes
        if note.duties
    ]


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


def sent(session: Session) -> Counter[tuple[object, ...]]:
    """Every unasked message of the year that really went out: (day, kind, person, what it was about)."""
    out: Counter[tuple[object, ...]] = Counter()
    kinds = ("nudge", "escalation", "receipt", "briefing", "summary")
    owed = {row.id: (row.task_id, row.unit_id, row.kind, row.period) for row in session.scalars(select(ObligationRow))}
    refs = {row.id: row.ref for row in session.scalars(select(TaskRow))}
    for row in session.scalars(select(OutboxEntry).where(OutboxEntry.state == "sent")):
        kind = row.key.partition(":")[0]
        if kind in kinds and "/" not in row.key:
            about = [owed[number] for number in row.about] if kind in ("nudge", "escalation") else []
            what = frozenset((refs[task], unit, name, period) for task, unit, name, period in about)
            assert row.ended_at is not None
            out[(row.ended_at.astimezone(ZONE).date(), kind, row.person_id, what)] += 1
    return out


def foretold(seen: Rehearsal, until: date = date(2024, 1, 31)) -> Counter[tuple[object, ...]]:
    out: Counter[tuple[object, ...]] = Counter()
    for day in seen.days:
        if day.day > until:
            break
        if day.summary:
            out[(day.day, "summary", None, frozenset())] += 1
        for note in day.notes:
            what = frozenset((duty.ref, duty.unit_id, str(duty.kind), duty.period) for duty in note.duties)
            out[(day.day, note.kind, int(note.to.key[1:]), what)] += 1
    return out


async def test_what_is_foretold_is_what_goes_out_if_nobody_answers_to_the_message(world: World) -> None:
    """Plans, the three frequencies, a head, owner and supervisor, a group: until the half-year's last reminders are out."""
    await world.supervisor.send("/classify 1-1 月报")
    await world.supervisor.click("确认")
    await world.supervisor.send("/classify 1-2 2-1 季报")
    await world.supervisor.click("确认")
    await world.supervisor.send("/classify 2-2 2-3 半年报")
    await world.supervisor.click("确认")
    await world.pass_to("2023-03-03T09:10")
    now = world.demo.clock.now()
    seen = await world.demo.work(lambda work: rehearse(work, now))
    assert not seen.nobody and seen.groups == 1
    until = date(2023, 7, 7)
    promised = foretold(seen, until)
    assert {kind for _, kind, _, _ in promised} == {"nudge", "escalation", "receipt", "briefing", "summary"}
    assert sum(promised.values()) > 120 and seen.moved
    await world.pass_to(f"{until}T23:00")
    bot = world.demo.bot
    assert bot is not None
    happened = await bot.desk.run(sent)
    assert promised - happened == Counter(), "foretold, but it never came"
    assert happened - promised == Counter(), "it came, but was not foretold"
