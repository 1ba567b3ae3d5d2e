"""The calendar as a file: imported again it moves, ticks off and takes back what it brought before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from icalendar import Calendar

from core.papers.render import render
from core.work import Wanted, Work
from tests.chat.test_extension import WISH, card
from tests.chat.world import Actor, World, monthly
from tests.plan_form.paper import last_file


async def events(actor: Actor) -> dict[str, Any]:
    """{uid: event} of this person's calendar."""
    await actor.send("/export")
    await actor.click("我的日历")
    found = list(Calendar.from_ical(last_file(actor)[1]).walk("VEVENT"))
    assert all(event["DTSTART"].params["VALUE"] == "DATE" for event in found), "a day is the same in every time zone"
    assert all(event.decoded("DTSTAMP").utcoffset().total_seconds() == 0 for event in found)
    assert all((event.decoded("DTEND") - event.decoded("DTSTART")).days == 1 for event in found)
    assert len({str(event["UID"]) for event in found}) == len(found)
    return {str(event["UID"]): event for event in found}


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The uids whose sequence grew; none ever shrinks."""
    assert all(after[uid]["SEQUENCE"] >= event["SEQUENCE"] for uid, event in before.items() if uid in after)
    return [uid for uid, event in before.items() if uid in after and after[uid]["SEQUENCE"] > event["SEQUENCE"]]


async def test_an_extended_date_moves_its_entry(world: World) -> None:
    contact = world.of("区民政局")
    before = await events(contact)
    assert changed(before, await events(contact)) == [], "what did not change is no new version"
    await world.pass_to("2023-03-06T10:00")
    await contact.send("/extend 2-2")
    await contact.send(WISH)
    await world.supervisor.click("同意延至3月24日", card(world.supervisor))
    after = await events(contact)
    [uid] = changed(before, after)
    assert before[uid].decoded("DTSTART") == date(2023, 3, 16) and after[uid].decoded("DTSTART") == date(2023, 3, 24)
    assert after.keys() == before.keys() and after[uid]["STATUS"] == "CONFIRMED"


async def test_what_was_handed_in_is_ticked_off_and_comes_back_when_it_is_withdrawn(world: World) -> None:
    contact = world.of("区民政局")
    before = await events(contact)
    await world.pass_to("2023-03-06T10:00")
    await contact.send("/plan")
    await contact.click("○ 2-2")
    await contact.send("年度目标：建4家\n3月：选址")
    await contact.click("预览")
    await contact.click("提交")
    after = await events(contact)
    [uid] = changed(before, after)
    assert str(after[uid]["SUMMARY"]).startswith("✓")
    await world.pass_to("2023-03-06T11:00")
    await contact.send("/undo")
    again = await events(contact)
    assert changed(after, again) == [uid] and not str(again[uid]["SUMMARY"]).startswith("✓")


@pytest.mark.parametrize("button", ["取消任务", "暂停"])
async def test_what_is_owed_no_more_is_taken_back(world: World, button: str) -> None:
    contact = world.of("区民政局")
    await monthly(world)
    before = await events(contact)
    office = await events(world.supervisor)
    await world.pass_to("2023-03-06T10:00")
    await world.supervisor.send("/adjust 2-2")
    await world.supervisor.click(button)
    await world.supervisor.send("区政府会议决定")
    await world.supervisor.click("确认")
    after = await events(contact)
    assert set(changed(before, after)) == set(before), "all of them, so that a calendar believes it"
    assert {str(event["STATUS"]) for event in after.values()} == {"CANCELLED"}
    assert "日历，0 个日期" in contact.text
    later = await events(world.supervisor)
    assert later.keys() == office.keys() and {str(event["STATUS"]) for event in later.values()} == {"CONFIRMED"}
    assert set(changed(office, later)) == set(office) and any("4 项" in event["SUMMARY"] for event in later.values())


async def test_the_offices_entry_of_a_date_that_emptied_is_taken_back(world: World) -> None:
    before = await events(world.supervisor)
    [plans] = [uid for uid, event in before.items() if event.decoded("DTSTART") == date(2023, 3, 16)]
    await world.pass_to("2023-03-06T10:00")
    for unit, ref in (("区民政局", "2-2"), ("区商务局", "2-1"), ("区住建局", "1-2")):
        await world.of(unit).send(f"/extend {ref}")
        await world.of(unit).send(WISH)
        await world.supervisor.click("同意延至3月24日", card(world.supervisor))
    for ref in ("1-1", "2-3"):
        await world.supervisor.send(f"/adjust {ref}")
        await world.supervisor.click("取消任务")
        await world.supervisor.send("区政府会议决定")
        await world.supervisor.click("确认")
    after = await events(world.supervisor)
    assert after[plans]["STATUS"] == "CANCELLED" and plans in changed(before, after)
    [moved] = [event for event in after.values() if event.decoded("DTSTART") == date(2023, 3, 24)]
    assert "3 项" in moved["SUMMARY"] and moved["STATUS"] == "CONFIRMED"


def test_long_lines_are_folded_between_characters_as_strict_programs_want_them() -> None:
    """75 octets a line, CRLF (RFC 5545, 3.1); a character that was torn would be no text at all on its line."""
    text = '完善养老服务网络，推动居家养老；\\与社区"养老"融合发展🚀㐂𠮷,;' * 9
    event = {"uid": "o1.office1@duban", "sequence": 3, "day": "2023-12-31", "title": text, "text": f"{text}\r\n第二行"}
    data = {"name": "督查室", "stamp": "2023-03-01T09:00:00+08:00", "events": [event]}
    content = render("dates.ics", data)
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert len([line.decode() for line in lines]) > 40
    [read] = Calendar.from_ical(content).walk("VEVENT")
    assert str(read["SUMMARY"]) == text and str(read["DESCRIPTION"]) == f"{text}\n第二行"
    assert (read.decoded("DTSTART"), read.decoded("DTEND")) == (date(2023, 12, 31), date(2024, 1, 1))
    assert not read.errors and not read.walk("VALARM"), "the bot reminds; a calendar need not"
    assert render("dates.ics", data) == content, "two exports of the same are the same"


async def test_who_owes_nothing_is_told_so_instead_of_being_sent_an_empty_file(world: World) -> None:
    def helps_only(work: Work) -> str:
        leads = {o.unit_id for o in work.obligations.find(Wanted())}
        return next(unit.name for unit in work.notices.units() if unit.id not in leads)

    contact = await world.another_contact(await world.demo.work(helps_only), "helper")
    await contact.send("/export")
    await contact.click("我的日历")
    assert "没有要记入日历的日期" in contact.last["text"] and not contact.last.get("document")
