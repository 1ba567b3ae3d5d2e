"""Data out: tables that run nothing, a calendar that updates itself, everything as JSON; each their own."""

from __future__ import annotations

import csv
import json
import threading
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from bot.__main__ import main
from bot.commands.waiting import waiting
from core.cases.export import check
from core.cases.problem import Problem
from core.papers.packing import packed, unpacked
from core.papers.plain_files import harmless
from core.papers.render import render
from core.papers.steps import step
from core.rules.people import Person, Post, Role
from core.rules.scope import Scope
from storage.engine import Desk
from storage.work import OfficeStorage
from tests.chat.world import Actor, World, monthly
from tests.plan_form.paper import last_file
from tests.supervisor.hall import build

EVIL = '=HYPERLINK("http://example.org","点我")'


async def filed(world: World) -> None:
    """A plan and a report whose texts a spreadsheet would run."""
    contact = world.of("区民政局")
    await contact.send("/plan")
    await contact.click("○ 2-2")
    await contact.send(f"年度目标：{EVIL}\n3月：+8613800000000\n4月：@SUM(A1)\n5月：-2家")
    await contact.click("预览")
    await contact.click("提交")
    await monthly(world)
    await world.pass_to("2023-03-22T10:00")
    await contact.send("=1+1 已选址两处")
    await contact.click("2-2")


SCENE = filed


async def csv_rows(actor: Actor, name: str) -> list[dict[str, str]]:
    await actor.send("/export")
    await actor.click(f"{name} CSV")
    _, content = last_file(actor)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


async def test_every_table_comes_as_sheet_and_as_csv_and_says_the_same(world: World) -> None:
    supervisor = world.supervisor
    for name in ("任务", "计划", "进展", "逾期", "办理记录"):
        rows = await csv_rows(supervisor, name)
        await supervisor.send("/export")
        await supervisor.click(f"{name} Excel")
        page = load_workbook(BytesIO(last_file(supervisor)[1])).active
        assert page.max_row - 3 == len(rows) > 0, name


async def test_no_text_of_a_person_is_run_by_a_spreadsheet(world: World) -> None:
    supervisor = world.supervisor
    [plan] = [row for row in await csv_rows(supervisor, "计划") if row["编号"] == "2-2"]
    assert plan["年度目标"] == "'" + EVIL
    assert [plan[m] for m in ("3月", "4月", "5月")] == ["'+8613800000000", "'@SUM(A1)", "'-2家"]
    assert [row["内容"] for row in await csv_rows(supervisor, "进展") if row["编号"] == "2-2"] == ["'=1+1 已选址两处"]
    await supervisor.send("/export")
    await supervisor.click("计划 Excel")
    page = load_workbook(BytesIO(last_file(supervisor)[1])).active
    cells = [
        cell for row in page.iter_rows() for cell in row if cell.value and str(cell.value).startswith(("=", "+", "@"))
    ]
    assert len(cells) == 3 and all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


@pytest.mark.parametrize(
    "text",
    ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", " =1", "\u3000＝1", "＝cmd|' /C calc'!A0", "＋1", "|x", "%0a"],
)
def test_what_would_run_is_made_text(text: str) -> None:
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("text", ["3月", "完成-2家", "a=b", "", "1,234", "“引号”", "'已有撇号"])
def test_what_would_not_run_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


async def test_a_contact_gets_their_own_and_no_history(world: World) -> None:
    contact = world.of("区民政局")
    assert {row["单位"] for row in await csv_rows(contact, "计划")} == {"区民政局"}
    assert {row["编号"] for row in await csv_rows(contact, "任务")} == {"2-2"}
    await contact.send("/export")
    assert not [label for label in contact.labels if "办理记录" in label or "JSON" in label]
    assert "邀请链接" in await world.stranger.send("/export")


def test_a_forged_button_gives_nobody_more_than_is_theirs() -> None:
    contact = Person(1, 1, 1, 1, "王敏", (Post(Role.CONTACT, 7),))
    for kind in ("history", "all", "forms"):
        with pytest.raises(Problem, match="not_allowed"):
            check(contact, kind)
    assert check(contact, "plans") == Scope(units=(7,))


async def test_the_calendar_is_valid_and_its_entries_keep_their_names(world: World) -> None:
    contact = world.of("区民政局")

    async def calendar() -> Any:
        await contact.send("/export")
        await contact.click("我的日历")
        name, content = last_file(contact)
        assert name.endswith(".ics") and b"\r\n" in content and all(len(line) <= 75 for line in content.split(b"\r\n"))
        return Calendar.from_ical(content)

    first = await calendar()
    events = list(first.walk("VEVENT"))
    assert first["VERSION"] == "2.0" and first["PRODID"]
    assert all(event["UID"] and event["DTSTAMP"] and event["DTSTART"].params["VALUE"] == "DATE" for event in events)
    assert len({event["UID"] for event in events}) == len(events) == 11, "a plan and ten months"
    await world.pass_to("2023-04-10T10:00")
    again = await calendar()
    assert [event["UID"] for event in again.walk("VEVENT")] == [event["UID"] for event in events]


async def test_the_offices_calendar_gathers_what_is_due_together(world: World) -> None:
    await world.supervisor.send("/export")
    await world.supervisor.click("我的日历")
    events = list(Calendar.from_ical(last_file(world.supervisor)[1]).walk("VEVENT"))
    assert len(events) == 11 and any("5 项" in event["SUMMARY"] for event in events)


async def test_everything_is_there_and_nothing_that_opens_doors(world: World) -> None:
    await world.supervisor.send("/export")
    await world.supervisor.click("全部数据")
    name, content = last_file(world.supervisor)
    data = json.loads(content)
    tables = data["tables"]
    assert name == "督办数据-2023-03-22.json" and len(tables["task"]) == 5
    for table in ("office", "notice", "unit", "assignment", "obligation", "report", "person", "post", "event"):
        assert tables[table], table
    assert tables["report"][0]["goal"] == EVIL, "what people wrote is kept as they wrote it"
    assert all("token_hash" not in row for row in tables["invite"])
    assert not {"inbox", "outbox"} & set(tables)


async def test_all_forms_come_as_one_file(world: World) -> None:
    await world.supervisor.send("/export")
    for kind, suffix in (("Word", "docx"), ("Excel", "xlsx")):
        await world.supervisor.click(f"计划表汇编 {kind}")
        assert "5 份" in world.supervisor.text and last_file(world.supervisor)[0].endswith(suffix)
        await world.supervisor.send("/export")


def test_packed_data_comes_out_as_it_went_in() -> None:
    data = {"columns": [{"key": "a", "label": "甲"}], "rows": [{"a": "值" * 9999}], "title": "", "notes": []}
    assert unpacked(packed(data)) == data and unpacked(data) is data
    assert len(packed(data)["packed"]) < 1000
    assert render("table.csv", packed(data)) == render("table.csv", data)


# -- the command line ------------------------------------------------------------------------------------------------


@pytest.fixture
async def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder whose database holds an office with an assigned notice."""
    world = World(tmp_path)
    await world.assigned(then=filed)
    await world.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'duban.db'}")
    monkeypatch.setenv("LANGUAGE", "zh")
    return tmp_path


async def test_the_command_line_writes_every_kind(folder: Path, capsysbinary: Any) -> None:
    for kind, suffix, begins in (
        ("tasks", "xlsx", b"PK"),
        ("plans", "csv", b"\xef\xbb\xbf"),
        ("reports", "xlsx", b"PK"),
        ("overdue", "csv", b"\xef\xbb\xbf"),
        ("history", "xlsx", b"PK"),
        ("all", "json", b"{"),
        ("forms", "docx", b"PK"),
        ("forms", "xlsx", b"PK"),
        ("briefing", "docx", b"PK"),
        ("briefing", "pdf", b"%PDF"),
        ("leaders", "png", b"\x89PNG"),
        ("units", "png", b"\x89PNG"),
        ("lights", "png", b"\x89PNG"),
        ("task", "png", b"\x89PNG"),
    ):
        file = folder / f"{kind}.{suffix}"
        more = {"briefing": ["--period", "2023-03"], "task": ["--task", "2-2"]}.get(kind, [])
        assert main(["export", kind, "--to", str(file), *more]) == 0
        assert file.read_bytes().startswith(begins), kind
    assert main(["export", "inspections", "--at", "2023-03-03"]) == 0
    assert "督查" in capsysbinary.readouterr().out.decode("utf-8-sig")
    assert main(["export", "tasks"]) == 0
    out = capsysbinary.readouterr().out.decode("utf-8-sig")
    assert [row["编号"] for row in csv.DictReader(StringIO(out))] == ["1-1", "1-2", "2-1", "2-2", "2-3"]


async def test_the_command_line_says_what_is_wrong(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, said in (
        (["tasks", "--to", "x.pdf"], "后缀"),
        (["briefing"], "--to"),
        (["calendar"], "--person"),
        (["units", "--to", "x.pdf"], ".png"),
        (["task", "--to", "x.png"], "--task"),
        (["task", "--task", "9-9", "--to", "x.png"], "9-9"),
        (["round", "--to", "x.docx"], "--round"),
        (["calendar", "--person", "没有这个人"], "没有叫"),
        (["overdue", "--day", "随便"], "看不懂日期"),
        (["overdue", "--day", "2999-01-01"], "还没到"),
        (["forms", "--unit", "区水产局", "--to", "x.docx"], "没有叫"),
        (["tasks", "--office", "99"], "没有编号为 99"),
        (["tasks", "--to", "no/such/folder/x.csv"], "无法写入"),
        (["forms", "--at", "2023-03-03", "--to", "x.docx"], "总是现在的"),
        (["all", "--at", "2023-03-03"], "过去任一时刻"),
        (["archive", "--at", "2023-03-03", "--to", "x.zip"], "归档包里就有"),
        (["briefing", "--period", "2999-01", "--to", "x.pdf"], "还没开始"),
    ):
        assert main(["export", *arguments]) == 2, arguments
        assert said in capsys.readouterr().err, arguments


def test_without_a_database_the_command_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    monkeypatch.setenv("LANGUAGE", "zh")
    assert main(["export", "tasks"]) == 2
    assert "还没有办公室" in capsys.readouterr().err and not (tmp_path / "none.db").exists()


def test_everything_is_read_from_either_database(url: str) -> None:
    now = datetime(2023, 3, 6, 1, 0, tzinfo=UTC)
    desk = Desk(url)
    desk.create_tables()
    storage = OfficeStorage({"name": "云屿区政府督查室"})

    def work(session: Session) -> tuple[dict[str, list[dict[str, Any]]], list[Any], list[Any]]:
        office = storage.first(session, now)
        build(office, now)
        return office.archive.tables(), office.history.every(), office.reports.every()

    tables, events, reports = desk.run_sync(work)
    desk.close()
    assert len(tables["obligation"]) == 5 and tables["obligation"][0]["due"] == "2023-03-16"
    assert tables["event"][0]["at"] == now.isoformat() and len(events) == len(tables["event"]) and reports == []


async def test_two_people_of_one_name_are_told_apart_by_their_unit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    world = World(tmp_path)
    await world.assigned()
    for unit, person in (("区水利局", "one"), ("区民政局", "two")):
        await world.another_contact(unit, person, "同名者")
    await world.close()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'duban.db'}")
    file = tmp_path / "c.ics"
    assert main(["export", "calendar", "--person", "同名者", "--to", str(file)]) == 2
    assert "区水利局、区民政局" in capsys.readouterr().err
    assert main(["export", "calendar", "--person", "同名者", "--unit", "区民政局", "--to", str(file)]) == 0
    titles = [str(event["summary"]) for event in Calendar.from_ical(file.read_bytes()).walk("VEVENT")]
    assert titles and all("2-2" in title for title in titles)


def test_the_terminal_shows_a_bar_while_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.commands.waiting._FIRST", 0.01)
    monkeypatch.setattr("bot.commands.waiting._EVERY", 0.01)
    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    with waiting("正在生成"):
        step("file", 3, 12)
        assert shown.heard.wait(10)
    assert "正在生成 [######------------------] 3/12 25%" in shown.getvalue()
    assert shown.getvalue().endswith("\r\x1b[K"), "gone when it is done"
    quick = Terminal()
    monkeypatch.setattr("sys.stderr", quick)
    monkeypatch.setattr("bot.commands.waiting._FIRST", 60.0)
    with waiting("正在生成"):
        step("file", 1, 2)
    assert quick.getvalue() == ""


class Terminal(StringIO):
    """A terminal that says when a bar was drawn on it."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = threading.Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if "#" in text:
            self.heard.set()
        return super().write(text)
