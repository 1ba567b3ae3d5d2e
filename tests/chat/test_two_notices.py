"""Next year's notice goes to the same people; two notices in force at once are never taken for each other."""

import asyncio
from io import BytesIO
from pathlib import Path

import openpyxl

from core.rules.people import Role
from tests.chat.world import BOTH, NOTICE, Actor, World

DATABASES = BOTH

NEXT = (
    NOTICE.read_text("utf-8")
    .replace("2023年", "2024年")
    .replace("3月16日", "3月15日")
    .replace("完成老旧管网改造30公里，新建泵站2座", "建成智慧水务平台1个")
    .replace("新增公共停车位500个以上", "新增充电桩200个")
    .replace("引进亿元以上项目6个", "举办招商推介会3场")
    .replace("新建社区食堂4家", "改造养老服务中心2个")
    .replace("修缮灌溉水渠12公里", "建成高标准农田800亩")
    .replace("区水利局、区农业农村局", "区水利局、区数据局")
)


async def send_next(world: World, folder: Path) -> Actor:
    path = folder / "next.txt"
    await asyncio.to_thread(path.write_text, NEXT, "utf-8")
    supervisor = world.supervisor
    await world.demo.take(path)
    return supervisor


def assigned(supervisor: Actor) -> str:
    """The confirmation: below it the groups of the last notice may be offered."""
    said = (m.get("text") or "" for m in reversed(supervisor.messages))
    return next((text for text in said if "已交办" in text), "")


def plans_due(actor: Actor) -> dict:  # type: ignore[type-arg]
    return next(m for m in reversed(actor.messages) if m["from"]["is_bot"] and "推进计划" in (m.get("text") or ""))


async def test_after_the_year_the_new_notice_finds_the_same_people(world: World, tmp_path: Path) -> None:
    supervisor, trade, water = world.supervisor, world.of("区商务局"), world.of("区水利局")
    await supervisor.send("/units rename 区商务局 区商务和投资局")
    await supervisor.click("确认")
    await world.pass_to("2023-03-06T10:00")
    await trade.send("/tasks")
    old = trade.last
    await supervisor.send("/close")
    await supervisor.click("确认收尾")
    await world.pass_to("2024-02-28T09:30")
    before = {actor.person: len(actor.messages) for actor in (trade, water)}
    links = len(await world.demo.work(lambda work: work.people.open_invites(world.demo.clock.now())))
    await send_next(world, tmp_path)
    done = assigned(supervisor)
    assert "5 个单位沿用原有联系人" in done and "需邀请：区财政局、区数据局" in done
    await world.pass_to("2024-02-28T10:30")
    told = [m["text"] for m in trade.said_since(before[trade.person])]
    assert len(told) == 1 and "举办招商推介会" in told[0] and "亿元" not in told[0], "by the unit's new name"
    assert "2-1" in told[0] and "24·" not in told[0], "alone in force it keeps the paper's numbers"
    assert "5 个单位沿用原有联系人" in await supervisor.send("/reach") and "区数据局" in supervisor.text
    assert len(await world.demo.work(lambda work: work.people.open_invites(world.demo.clock.now()))) == links
    await supervisor.click("为未加入单位生成邀请")
    book = openpyxl.load_workbook(BytesIO(world.content(supervisor.last)))
    sheet = str([[cell.value for cell in row] for row in book.active.iter_rows()])  # type: ignore[union-attr]
    assert "区数据局" in sheet and "区水利局" not in sheet, "links for who has nobody, for nobody else"
    assert "牵头 3 项" in await world.actor("leader").send("我的任务"), "leaders are the same too"
    people = await world.demo.work(lambda work: work.people.with_role(Role.CONTACT))
    assert len({person.telegram_id for person in people}) == len(people)
    # A button below last year's list opens last year's task, not this year's of the same number.
    await trade.click("2-1", old)
    assert "引进亿元以上项目6个" in trade.text and "举办" not in trade.text
    assert "举办招商推介会3场" in await trade.send("/task 2-1")


async def test_two_notices_in_force_are_never_taken_for_each_other(world: World, tmp_path: Path) -> None:
    supervisor, water, civil = world.supervisor, world.of("区水利局"), world.of("区民政局")
    farm = await world.another_contact("区农业农村局", "刘农")
    await world.pass_to("2023-03-06T10:00")
    before = len(civil.messages)
    await send_next(world, tmp_path)
    assert "编号前加“24·”" in supervisor.text and "/close" in supervisor.text
    quiet = len(farm.messages)
    money = await world.another_contact("区财政局", "钱进")
    told = [m for m in money.messages if "签收" in str(m.get("buttons"))]
    assert len(told) == 2 and "24·2-1" in told[1]["text"] and "24·" not in told[0]["text"], (
        "each to be confirmed by itself"
    )
    await money.click("签收", told[1])
    cards = await world.demo.work(
        lambda work: [(card.mark, len(work.notices.receipts(card.id))) for card in work.notices.active()]
    )
    assert dict(cards)["24"] == 1
    await world.pass_to("2023-03-06T11:00")
    told = [m["text"] for m in civil.said_since(before)]
    assert len(told) == 1 and "24·2-2" in told[0] and "食堂" not in told[0] and "不带前缀的属" in told[0]
    # Lists, commands.
    listed = await water.send("/tasks")
    assert "24·1-1" in listed and "· 1-1" in listed or "1-1 " in listed
    assert "“24·”开头的属《2024年重点任务分工》" in listed and "不带前缀的属《2023年重点任务分工》" in listed
    await water.click("24·1-1")
    assert "智慧水务" in water.text and "属于：《2024年" in water.text
    answer = await supervisor.send("/task 2-2")
    assert "请写明是哪一份" in answer and "23·2-2 《2023年" in answer and "24·2-2 《2024年" in answer
    assert "社区食堂" in await supervisor.send("/task 23·2-2")
    assert "养老服务中心" in await supervisor.send("/task 24年2-2")
    assert "请写明是哪一份" in await supervisor.send("/adjust 2-2")
    assert "请写明是哪一份" in await world.actor("leader").send("/instruct 2-2 请抓紧")
    await world.actor("leader").send("/instruct 24·2-2 请抓紧")
    assert "24·2-2" in world.actor("leader").text
    await civil.send("/extend 2-2")
    assert {"2-2", "24·2-2"} <= {label.split()[0] for label in civil.labels if "2-2" in label}
    # Unasked text: the paper's number alone may be either, so it is asked; with the mark it is filed.
    await supervisor.send("/classify 2-2 月报")
    assert "请写明是哪一份" in supervisor.text
    await civil.send("/cancel")
    await civil.send("2-2：选址已经完成")
    assert {"2-2", "24·2-2"} <= {label.split()[0] for label in civil.labels if "2-2" in label}, civil.text
    filed = await civil.send("24·2-2：养老中心已开工改造")
    assert "24·2-2" in filed and "食堂" not in filed
    # Replies to a reminder of both: by the numbers as they stand in it.
    await world.pass_to("2023-03-14T10:00")
    nudge = plans_due(water)
    assert "1-1" in nudge["text"] and "不带前缀的属" in nudge["text"]
    assert not [m for m in farm.said_since(quiet) if "24·" in m["text"]], "no part in it: not asked to confirm it"
    assert len([m for m in farm.said_since(quiet) if "签收" in m["text"]]) <= 1
    assert "2024年推进计划" in await supervisor.send("/progress") and "2023年推进计划" in supervisor.text
    # One is closed: the other goes on, with the numbers that people know.
    await supervisor.send("/close")
    await supervisor.click("《2023年")
    await supervisor.click("确认收尾")
    await world.pass_to("2023-03-14T11:00")
    listed = await water.send("/tasks")
    assert "24·1-1" in listed and "管网" not in listed and "不带前缀" not in listed
    assert "智慧水务" in await water.send("/task 1-1"), "the paper's number means one only"


async def test_a_closing_is_not_undone_once_the_next_notice_has_its_numbers(world: World, tmp_path: Path) -> None:
    supervisor = world.supervisor
    await supervisor.send("/close")
    await supervisor.click("确认收尾")
    closed = supervisor.last
    path = tmp_path / "alike.txt"
    await asyncio.to_thread(path.write_text, NOTICE.read_text("utf-8").replace("2023年", "2024年"), "utf-8")
    await world.demo.take(path)
    assert assigned(supervisor), "the same clauses for another year are a notice of their own, not a new version"
    assert "编号会混淆" in (await supervisor.click("撤销收尾", closed))["answer"]
    assert "应报 5" in await supervisor.send("/progress")
