"""What an inspection found, as others see it: leaders and units their part, groups the briefing, the office a table."""

from io import BytesIO

from openpyxl import load_workbook

from tests.chat.test_inspection import late, opened, told
from tests.chat.world import World
from tests.plan_form.paper import last_file


async def test_findings_are_seen_by_who_they_concern_sent_to_groups_and_taken_out_as_a_table(world: World) -> None:
    office, leader, water = world.supervisor, world.actor("leader"), world.of("区水利局")
    assert "还没有与您有关的督查" in await leader.send("/rounds")
    await late(world)
    await opened(world, "1-1 2-3", "4月10日")
    await world.pass_to("2023-04-10T10:00")
    await office.send("/inspect")
    await office.click(office.labels[0])
    await office.click("开始：1-1")
    await office.send("一号泵站台账缺失 <1>")
    await office.click("需整改")
    await office.send("/inspect")
    await office.click(office.labels[0])
    # A leader sees the stops of their own tasks only; the unit its own; nobody else anything.
    seen = await leader.send("/rounds")
    assert "2-3" in seen and "1-1" not in seen and "2023年第1轮督查" in seen
    assert "1-1" in await water.send("督查情况") and "台账缺失 <1>" in water.text and "2-3" in water.text
    assert "还没有与您有关的督查" in await world.of("区民政局").send("/rounds")
    # Completing by hand is refused while something is to be mended, as it is by the unit's own report.
    await office.send("/adjust 1-1")
    assert "1 条督查整改未办完" in ((await office.click("办结销号"))["answer"] or "")
    # To the groups: exactly what is shown, after a press, once.
    await office.send("/inspect")
    await office.click(office.labels[0])
    await office.click("结束本轮")
    await office.click("结束，出通报")
    assert "台账缺失 <1>" in office.text
    before = len(world.group.messages)
    await office.click("发到工作群")
    preview = office.said_since(0)[-2]["text"]
    assert "发到 1 个工作群" in office.text and not world.group.said_since(before)
    again = world.action(office.last, "发送（1 个群）")
    await office.click("发送")
    assert "已发到 1 个工作群" in office.text
    assert [m["text"] for m in world.group.said_since(before)] == [preview]
    world.plant(office, "发送", again)
    assert "发" in ((await office.click("发送"))["answer"] or "") and len(world.group.said_since(before)) == 1
    # The table: a row for each finding, one for what nobody has seen; formulas made harmless by the maker.
    await office.send("/export")
    await office.click("督查 Excel")
    name, content = last_file(office)
    rows = [
        [str(cell or "") for cell in row] for row in load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    ]
    assert name.endswith(".xlsx") and any("一号泵站台账缺失 <1>" in row and "1-1" in row for row in rows)
    assert any("2-3" in row and "未查" in "".join(row) for row in rows), rows
    await leader.send("/export")
    await leader.click("督查 CSV")
    _, content = last_file(leader)
    text = content.decode("utf-8-sig")
    assert "2-3" in text and "1-1" not in text
    await office.send("/export 4月8日")
    assert told(office, "导出")
    await office.click("督查 CSV")
    assert "台账缺失" not in office.text
