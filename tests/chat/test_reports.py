"""Reports by reply: to one task or several, weeks later, edited, withdrawn; nothing that is typed is dropped."""

import io

import pytest
from PIL import Image

from tests.chat.world import BOTH, Actor, World, monthly, reminded

DATABASES = BOTH
SCENE = reminded


@pytest.fixture
def contact(world: World) -> Actor:
    """The water bureau's contact with its April reminder: 1-1 and 2-3, both reported monthly."""
    return world.of("区水利局")


async def test_a_reply_with_numbers_is_split_and_confirmed_per_task(contact: Actor) -> None:
    text = await contact.reply(contact.last, "1. 完成管网改造12公里\n2. 修缮水渠3公里")
    assert "1-1" in text and "完成管网改造12公里" in text
    assert "2-3" in text and "修缮水渠3公里" in text
    assert text.count("4月进展") == 2


async def test_a_reply_by_refs_is_split_too(contact: Actor) -> None:
    text = await contact.reply(contact.last, "2-3：修缮3公里")
    assert "2-3" in text and "修缮3公里" in text and "1-1" not in text


async def test_a_reply_without_numbers_is_asked_about_and_then_stored(contact: Actor) -> None:
    reminder = contact.last
    assert "哪一项" in await contact.reply(reminder, "已经完工一半")
    await contact.click("2-3")
    assert "【已收到】" in contact.text and "已经完工一半" in contact.text


async def test_a_reply_weeks_later_is_the_report_for_that_period(contact: Actor, world: World) -> None:
    reminder = contact.last
    await world.pass_to("2023-05-12T10:00")
    text = await contact.reply(reminder, "1. 迟到的进展\n2. 也迟到了")
    assert text.count("4月进展") == 2


async def test_an_edited_message_is_a_new_version(contact: Actor) -> None:
    await contact.reply(contact.last, "1. 完成12公里\n2. 完成3公里")
    text = await contact.edit(contact.own["message_id"], "1. 完成13公里\n2. 完成3公里")
    assert "【已更新】" in text and "完成13公里" in text and "第2版" in text and "完成3公里" not in text


async def test_undo_opens_it_again_and_the_next_reply_counts(contact: Actor) -> None:
    await contact.reply(contact.last, "2-3：写错了")
    stored = contact.last
    assert "重新变为待报" in await contact.send("/undo")
    assert "第2版" in await contact.reply(stored, "写对了")
    assert "已报" in await contact.send("/task 2-3")


async def test_a_report_in_the_wrong_place_is_moved(contact: Actor) -> None:
    await contact.reply(contact.last, "2-3：管网12公里")
    await contact.click("换到别的事项")
    await contact.click("1-1 4月进展")
    assert "1-1" in contact.text and "管网12公里" in contact.text


async def test_plain_text_is_offered_and_not_dropped(contact: Actor) -> None:
    assert "哪一项" in await contact.send("今天又推进了一些")
    await contact.click("不是报送")
    assert "没有作为报送" in contact.text


async def test_a_thank_you_is_not_filed(contact: Actor) -> None:
    await contact.reply(contact.last, "收到")
    assert "【已收到】" not in contact.text


async def test_a_photo_and_a_document_are_attached(contact: Actor) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "PNG")
    reminder = contact.last
    await contact.reply(reminder, "2-3：见照片", files=[("现场.png", picture.getvalue())], photo=True)
    assert "附件 1 个" in contact.text
    await contact.reply(contact.last, "补一份材料", files=[("验收单.docx", b"PK")])
    assert "验收单.docx" in contact.text and "第2版" in contact.text


async def test_what_is_handed_in_is_no_longer_nudged(contact: Actor, world: World) -> None:
    await contact.reply(contact.last, "1. 完成12公里\n2. 完成3公里")
    await world.pass_to("2023-04-28T18:00")
    reminders = [m for m in contact.messages if m["from"]["is_bot"] and "【提醒】" in (m["text"] or "")]
    assert not any("4月进展" in m["text"] for m in reminders if m["time"] > "2023-04-21T11")


async def test_what_cannot_be_read_gets_a_helpful_answer(contact: Actor) -> None:
    await contact.send("/cancel")
    assert "没有" in await contact.send("/undo")
    assert "编号" in await contact.send("/task 9-99")


async def test_unasked_text_that_names_task_and_month_is_stored_there(contact: Actor) -> None:
    text = await contact.send("2-3：4月修缮水渠2公里")
    assert "【已收到】" in text and "2-3" in text and "4月进展" in text


async def test_unasked_text_that_names_a_task_is_offered_for_its_periods_only(contact: Actor) -> None:
    assert "哪一项" in await contact.send("2-3：又修缮了一段")
    assert [label[:3] for label in contact.labels[:-1]] == ["2-3"] * 3
    assert "4月进展" in contact.labels[0]


async def test_a_reply_that_names_a_task_listed_twice_asks_only_which_of_its_two(assigned: World) -> None:
    await monthly(assigned)
    await assigned.pass_to("2023-03-21T10:00")
    contact = assigned.of("区水利局")
    sent = await contact.reply(contact.last, "2-3 已修缮1公里")
    assert "哪一项" in sent and [label[:3] for label in contact.labels[:-1]] == ["2-3"] * 2
    assert "3月进展" in contact.labels[0]
    await contact.edit(contact.own["message_id"], "2-3 已修缮 2 公里")
    assert [label[:3] for label in contact.labels[:-1]][:2] == ["2-3"] * 2 and "1-1" not in "".join(contact.labels)
    await contact.click(contact.labels[0])
    assert "2-3" in contact.text and "已修缮 2 公里" in contact.text and "3月进展" in contact.text


async def test_unasked_text_that_names_a_month_is_offered_for_it(contact: Actor) -> None:
    await contact.send("三月份完成2公里")
    assert len(contact.labels) == 3 and all("3月进展" in label for label in contact.labels[:-1])


async def test_overdue_shows_a_past_day_as_it_was_known(contact: Actor, world: World) -> None:
    await world.pass_to("2023-04-26T10:00")
    await contact.send("2-3：4月的进展")
    today = await world.supervisor.send("/overdue 区水利局")
    yesterday = await world.supervisor.send("/overdue 2023-04-25 区水利局")
    assert "2-3 修缮灌溉水渠12公里 · 4月进展" not in today
    assert "1-1 完成老旧管网改造30公里 · 4月进展" in today
    assert "4月进展" not in yesterday
