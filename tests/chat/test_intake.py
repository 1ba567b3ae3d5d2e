"""A notice file in chat: read, questioned, confirmed once; what can't be read is refused with what to do."""

from __future__ import annotations

import io
import zipfile

import pytest

from core.rules.people import Post, Role
from tests.chat.world import NOTICE, World

EXAMPLE = NOTICE.parents[2] / "examples"


async def sent(world: World, name: str, content: bytes) -> str:
    return await world.supervisor.send(files=[(name, content)])


async def test_the_bot_says_what_it_read_and_tells_nobody_before_it_is_confirmed(office: World) -> None:
    text = await sent(office, "通知.txt", NOTICE.read_bytes())
    assert "区领导 2 位，任务 5 项，单位 7 个" in text and "2023年3月16日" in text
    number = await office.demo.work(lambda work: work.notices.ensure_unit("区水利局", office.demo.clock.now()).id)
    office.demo.sandbox.add_person("early", "早来的人", role="contact")
    await office.demo.join("early", Post(Role.CONTACT, number))
    early = office.actor("early")
    assert "交办" not in early.text and "1-1" not in await early.send("我的任务")


async def test_a_word_file_reads_like_the_text(office: World) -> None:
    text = await sent(office, "notice.docx", (EXAMPLE / "notice.docx").read_bytes())
    assert "任务 82 项" in text and "区领导 9 位" in text


async def test_confirming_assigns_and_the_same_file_again_changes_nothing(world: World) -> None:
    before = len(world.of("区水利局").messages)
    assert "已经交办，没有任何变化" in await sent(world, "again.txt", NOTICE.read_bytes())
    assert len(world.of("区水利局").messages) == before


async def test_a_draft_sent_twice_is_one_draft(office: World) -> None:
    await sent(office, "a.txt", NOTICE.read_bytes())
    await sent(office, "b.txt", NOTICE.read_bytes())
    assert "尚未交办" in office.supervisor.messages[-2]["text"]
    await office.supervisor.click("确认交办")
    assert "已交办：5 项任务" in office.supervisor.text


async def test_plans_that_would_be_late_at_once_are_pointed_out_before_anybody_hears(office: World) -> None:
    await office.pass_to("2023-03-20T10:00")
    await sent(office, "a.txt", NOTICE.read_bytes())
    await office.supervisor.click("确认交办")
    assert "2023年3月16日 已过 4 天" in office.supervisor.text
    await office.supervisor.click("改计划截止日期")
    await office.supervisor.send("4月10日")
    await office.supervisor.click("确认交办")
    assert "已交办：5 项任务" in office.supervisor.text


async def test_a_discarded_draft_reaches_nobody_and_can_be_sent_again(office: World) -> None:
    await sent(office, "a.txt", NOTICE.read_bytes())
    await office.supervisor.click("作废")
    await office.supervisor.click("确定作废")
    assert "已作废" in office.supervisor.text
    assert "已读取" in await sent(office, "a.txt", NOTICE.read_bytes())


async def test_an_old_draft_button_after_confirmation_changes_nothing(office: World) -> None:
    await sent(office, "a.txt", NOTICE.read_bytes())
    draft = office.supervisor.last
    await office.supervisor.click("确认交办")
    assert draft["message_id"] == office.supervisor.last["message_id"]
    office.plant(office.supervisor, "确认交办", "confirm:1:1")
    answered = await office.supervisor.click("确认交办")
    assert "无需再操作" in (answered["answer"] or "")


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


BAD = {
    "empty": ("空.txt", b"", "空"),
    "junk": ("垃圾.docx", b"\x00\x01\x02 nothing", "打不开"),
    "no tasks": ("别的.txt", "关于放假的通知\n各单位：\n5月1日放假。".encode(), "没有找到任务"),
    "old Word": ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".docx"),
    "picture": ("扫描.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "文字"),
    "bomb": ("弹.docx", zipped(word__document_xml=b"0" * 300_000_000), ""),
}


@pytest.mark.parametrize("case", sorted(BAD))
async def test_a_file_that_is_no_notice_gets_a_clear_answer_and_the_bot_goes_on(office: World, case: str) -> None:
    name, content, hint = BAD[case]
    text = await sent(office, name, content)
    assert text and hint in text, text
    assert "确认交办" not in office.supervisor.labels
    assert "已读取" in await sent(office, "a.txt", NOTICE.read_bytes())


async def test_a_contacts_file_is_no_notice(world: World) -> None:
    contact = world.of("区商务局")
    await contact.send(files=[("通知.txt", NOTICE.read_bytes())])
    assert "确认交办" not in contact.labels and contact.text


async def test_receipt_is_one_button_and_is_thanked_once(world: World) -> None:
    contact = world.of("区商务局")
    answer = await contact.click("签收")
    assert "签收" in (answer["answer"] or "") or "签收" in contact.text
    assert "签收 1/6" in await world.supervisor.send("/notice")
    assert "签收" not in contact.labels


async def test_who_joins_later_gets_theirs_on_joining(world: World) -> None:
    assert "区财政局" in await world.supervisor.send("/reach")
    number = await world.demo.work(lambda work: work.notices.find_units("区财政局")[0].id)
    world.demo.sandbox.add_person("late", "晚到的人", role="stranger")
    await world.demo.join("late", Post(Role.CONTACT, number))
    await world.demo.settle()
    late = world.actor("late")
    assert "【交办】区财政局" in late.text and "2-1" in late.text and "配合" in late.text


async def test_a_group_term_gives_its_part_to_each_unit_it_stands_for(office: World) -> None:
    paper = (
        NOTICE.read_text("utf-8")
        .replace("区商务局、区财政局", "区商务局、各镇街")
        .replace("区民政局\n", "清泉镇、马屿街道\n")
    )
    await sent(office, "通知.txt", paper.encode())
    await office.supervisor.click("确认交办")
    await office.supervisor.click("确认交办")
    number = await office.demo.work(lambda work: work.notices.find_units("马屿街道")[0].id)
    office.demo.sandbox.add_person("street", "街道的人", role="stranger")
    await office.demo.join("street", Post(Role.CONTACT, number))
    await office.demo.settle()
    street = office.actor("street")
    assert "配合 2 项" in street.text and "2-1" in street.text and "2-2" in street.text
    text = await street.send("我的任务")
    assert "配合 2 项" in text and "2-1 [配合]" in text and "2-2 [配合]" in text
    await office.pass_to("2023-03-04T10:00")
    assert text.splitlines()[1:] == (await street.send("我的任务 2023-03-03")).splitlines()[2:]


async def test_a_person_of_two_units_gets_one_message_and_one_list(world: World) -> None:
    number = await world.demo.work(lambda work: work.notices.find_units("区住建局")[0].id)
    await world.demo.join(world.of("区水利局").person, Post(Role.CONTACT, number))
    await world.demo.settle()
    contact = world.of("区水利局")
    text = await contact.send("我的任务")
    assert "1-1 [区水利局 牵头]" in text and "1-2 [区住建局 牵头]" in text and "2-3 [区水利局 牵头]" in text
    await world.pass_to("2023-03-09T10:00")
    assert "（区水利局）" in contact.text and "（区住建局）" in contact.text and "3 项待报送" in contact.text


async def test_tasks_and_one_task_with_its_history(world: World) -> None:
    contact = world.of("区水利局")
    assert "1-1" in await contact.send("/tasks") and "2-3" in contact.text
    text = await contact.send("/task 1-1")
    assert "区住建局" in text and "交办" in text and "30公里" in text
    assert "不在您的任务范围内" in await contact.send("/task 1-2")
