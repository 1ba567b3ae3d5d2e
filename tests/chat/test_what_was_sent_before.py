"""What was sent before goes on meaning what it meant: a reminder's numbers, a button that can't be read, a unit's form."""

from tests.chat.world import World, monthly
from tests.plan_form.paper import fill_table, last_file, word


async def test_numbers_count_what_the_reminder_listed_also_when_some_of_it_is_owed_no_more(world: World) -> None:
    office, contact = world.supervisor, world.of("区水利局")
    await monthly(world)
    await world.pass_to("2023-03-21T10:00")
    reminder = next(m for m in reversed(contact.messages) if "4. 2-3" in (m.get("text") or ""))
    await contact.reply(reminder, "3. 管网改造2公里\n4. 修缮水渠1公里")
    assert "2-3" in contact.text and "修缮水渠1公里" in contact.text
    # An edited answer counts the same way, though it became two of the four.
    await contact.edit(contact.own["message_id"], "3. 管网改造2公里\n4. 修缮水渠2公里")
    assert "修缮水渠2公里" in contact.text and "第2版" in contact.text and "管网" not in contact.text
    await office.send("/adjust 1-1")
    await office.click("取消")
    await office.send("区里决定不再实施")
    await office.click("确认")
    answer = await contact.reply(reminder, "3. 管网改造3公里\n4. 修缮水渠3公里")
    stored = next(m for m in reversed(contact.messages) if "已收到" in (m.get("text") or ""))["text"]
    assert "2-3" in stored and "修缮水渠3公里" in stored and "第3版" in stored and "管网" not in stored
    assert "3. 管网改造3公里" in answer, "what was said of the task that is gone is kept and asked about"


async def test_a_button_that_can_not_be_read_has_expired_and_is_no_defect(world: World) -> None:
    office, contact = world.supervisor, world.of("区水利局")
    await office.send("/overdue")
    for action in (
        "task:",
        "pg:unit:x",
        "pg:unit:",
        "hs:t:1",
        "hs:t:99999999999999:0",
        "od:p:a:b",
        "rv:x:y",
        "bf:docx",
        "ad:c:zz",
    ):
        world.plant(office, "旧按钮", action)
        answer = (await office.click("旧按钮"))["answer"] or ""
        assert "失效" in answer or "没有编号" in answer or answer == "", (action, answer)
    await contact.send("/tasks")
    for action in ("plan:x", "fill:", "cl:p:y", "fg:task:z", "tasks:q"):
        world.plant(contact, "旧按钮", action)
        assert "失效" in ((await contact.click("旧按钮"))["answer"] or ""), action
    said = " ".join(m.get("text") or "" for a in (office, contact) for m in a.messages)
    assert "暂时处理不了" not in said


async def test_a_form_exported_before_units_were_merged_is_accepted_for_the_unit_of_today(world: World) -> None:
    office, old, new = world.supervisor, world.of("区商务局"), world.of("区民政局")
    await old.send("/plan")
    await old.click("下载表格")
    name, content = last_file(old)
    await office.send("/units 合并 区商务局 区民政局")
    await office.click("确认")

    def fill(document) -> None:  # type: ignore[no-untyped-def]
        fill_table(document.tables[0], "引进6个项目", {"3月": "签约1个", "4月": "签约2个"})

    text = await new.send(files=[(name, word(content, fill))])
    assert "可提交 1 份" in text and "签约2个" in text, text
    await new.click("提交 1 份")
    assert "区民政局" in await office.send("/task 2-1") and "签约2个" in office.text
