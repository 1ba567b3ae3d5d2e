"""Units are renamed, merged and split: nothing open is lost, duplicates are one, those concerned hear once."""

from pathlib import Path

from core.cases.adjust import set_leads
from core.work import Wanted
from tests.chat.test_away import name, told
from tests.chat.test_nudges import nudges
from tests.chat.world import BOTH, NOTICE, Actor, World

DATABASES = BOTH


async def test_a_unit_renamed_keeps_everything_and_is_found_by_its_old_name(world: World) -> None:
    office, contact = world.supervisor, world.of("区商务局")
    await office.send("/units")
    await office.click("区商务局")
    assert "任务 1 项，待办 1 项" in office.text
    await office.click("改名")
    for said, answer in {"区水利局": "已经有“区水利局”了", "局": "2 至 60 个字"}.items():
        assert answer in await office.send(said)
    assert "改名：区商务局 → 区投资促进局" in await office.send("区投资促进局")
    stale = world.action(office.last, "确认")
    await office.click("确认")
    assert "已改名：区商务局 → 区投资促进局" in office.text and "已通知 1 人" in office.text
    world.plant(office, "再按", stale)
    assert "情况刚有变化" in (await office.click("再按"))["answer"]
    assert len(told(contact, "【单位更名】区商务局 已更名为 区投资促进局")) == 1
    assert "区投资促进局" in await office.send("/unit 区商务局") and "2-1" in office.text
    assert "区投资促进局" in await contact.send("/task 2-1")
    card = await office.send("/units 区商务局")
    assert "曾用名、并入：区商务局" in card and "区商务局 改名为 区投资促进局" in card
    await world.pass_to("2023-03-09T18:00")
    assert len(nudges(contact)) == 1
    assert "没有此项权限" in await contact.send("/units")


async def test_a_merger_moves_work_and_people_and_folds_what_both_owe(world: World) -> None:
    office, water, trade = world.supervisor, world.of("区水利局"), world.of("区商务局")
    # Both lead 1-1 from now on: both owe its plan. The one has handed it in, the other has begun 2-1.
    await world.demo.work(lambda work: lead_too(work, "1-1", "区商务局", world.demo.clock.now()))
    await trade.send("/plan")
    await trade.click("○ 1-1")
    await trade.send("年度目标：改造30公里 3-12月：每月3公里")
    await trade.click("提交")
    assert "请写清楚" in await office.send("/units 合并 区商务局")
    assert "不能并入自己" in await office.send("/units 合并 区水利局 区水利局")
    await office.send("/units 合并 区商务局 区水利局")
    assert "合并：区商务局 并入 区水利局" in office.text and "两家都参与的任务 1 项" in office.text
    await office.click("确认")
    assert "转移任务 1 项、待办 1 项" in office.text and "合为一份的任务 1 项" in office.text
    for actor in (water, trade):
        assert len(told(actor, "【单位合并】区商务局 已并入 区水利局")) == 1
    # What was handed in stands, what the other had open for the same is gone, everything else is open as before.
    assert await open_refs(world, "区水利局") == ["2-1", "2-3"]
    tasks = await trade.send("我的任务")
    assert "1-1" in tasks and "2-1" in tasks and "2-3" in tasks
    assert "区水利局" in await office.send("/unit 区商务局")
    assert "区商务局 并入 区水利局" in await office.send("/units 区商务局")
    assert "区商务局" not in await labels(office, "/units")
    await world.pass_to("2023-03-09T18:00")
    for actor in (water, trade):
        assert "2 项待报送" in nudges(actor)[-1]["text"]
    history = await office.send("/task 1-1")
    assert "两家同报合为一项" in history and name(world, trade) in history


async def test_a_unit_split_off_takes_its_tasks_and_has_people_or_stands_on_the_list(world: World) -> None:
    office, water = world.supervisor, world.of("区水利局")
    assert "不足两项任务" in await office.send("/units 拆分 区商务局 区新局")
    await office.send("/units 拆分 区水利局 区管网中心")
    assert "已选 0 项" in office.text
    await office.click("☐ 1-1")
    await office.click("☐ 2-3")
    assert "全部任务都转走" in (await office.click("选好了"))["answer"]
    await office.click("☑ 2-3")
    await office.click("选好了（1 项）")
    assert "转给新单位的任务：1-1" in office.text and "暂由原单位人员" in office.text
    await office.click("改为：不兼管")
    assert "新单位暂无联系人" in office.text
    before = len(world.owner.messages)
    await office.click("确认")
    assert "转移任务 1 项、待办 1 项" in office.text and "区管网中心 现在没有能联系上的联系人" in office.text
    assert any("区管网中心：还没有人加入" in m["text"] for m in world.owner.said_since(before))
    assert len(told(water, "【单位拆分】从 区水利局 拆出 区管网中心")) == 1
    assert await open_refs(world, "区管网中心") == ["1-1"] and await open_refs(world, "区水利局") == ["2-3"]
    assert "区管网中心：未加入" in await office.send("/reach")
    # Somebody joins by the button's link and has the task with its plan.
    await office.send("/units 区管网中心")
    await office.send("/invites")
    contact = await world.another_contact("区管网中心", "吴十")
    assert "1-1" in await contact.send("我的任务") and "1-1" not in await water.send("填报计划")
    await world.pass_to("2023-03-09T18:00")
    assert nudges(contact) and "2-3" in nudges(water)[-1]["text"] and "1-1" not in nudges(water)[-1]["text"]
    # Once more, with the old unit's people for the time being; a name that is taken is refused.
    assert "已经有“区管网中心”了" in await office.send("/units 拆分 区住建局 区管网中心")


async def open_refs(world: World, unit: str) -> list[str]:
    def look(work) -> list[str]:  # type: ignore[no-untyped-def]
        found = work.notices.find_units(unit)
        return sorted(o.ref for o in work.obligations.find(Wanted(unit_ids=[found[0].id], states=["open"])))

    return await world.demo.work(look)  # type: ignore[no-any-return]


async def labels(actor: Actor, said: str) -> list[str]:
    await actor.send(said)
    return actor.labels


def lead_too(work, ref: str, unit: str, now) -> None:  # type: ignore[no-untyped-def]
    """A second lead for a task, with the plan that it owes."""
    task, other = work.notices.tasks_named(ref)[0], work.notices.find_units(unit)[0]
    set_leads(work, task, (*task.leads, other), now)


async def test_a_former_name_is_followed_through_every_change_and_asked_about_where_two_had_it(world: World) -> None:
    office = world.supervisor

    async def change(said: str) -> None:
        await office.send(said)
        await office.click("确认")

    # 区商务局 goes into 区住建局, that is renamed, and that goes into 区水利局: the first name leads to the last unit.
    await change("/units 合并 区商务局 区住建局")
    await change("/units 改名 区住建局 区城建局")
    await change("/units 合并 区城建局 区水利局")
    for name_once in ("区商务局", "区住建局", "区城建局"):
        assert "区水利局" in await office.send(f"/unit {name_once}"), name_once
    # Another unit whose name only looks like it is not taken for it.
    await change("/units 改名 区财政局 区商务局服务中心")
    assert "区水利局" in await office.send("/unit 区商务局") and "服务中心" not in office.text
    # A name that two units had in turn is asked about, never guessed.
    await change("/units 改名 区民政局 区商贸局")
    await change("/units 改名 区商贸局 区社会局")
    await change("/units 改名 区农业农村局 区商贸局")
    await change("/units 改名 区商贸局 区农业局")
    await office.send("/unit 区商贸局")
    assert {"区社会局", "区农业局"} <= set(office.labels), office.text
    await office.send("/overdue 区商贸局")
    assert {"区社会局", "区农业局"} <= set(office.labels), office.text
    await office.send("/adjust 2-1 换牵头 区商贸局")
    assert "区社会局" in office.text or "区社会局" in await office.send("/units 区商贸局") or office.labels


async def test_a_notice_that_names_a_unit_by_a_name_two_had_is_not_assigned_before_somebody_says_which(
    world: World, tmp_path: Path
) -> None:
    office = world.supervisor
    for said in (
        "/units 改名 区民政局 区商贸局",
        "/units 改名 区商贸局 区社会局",
        "/units 改名 区商务局 区商贸局",
        "/units 改名 区商贸局 区投资局",
    ):
        await office.send(said)
        await office.click("确认")
    text = NOTICE.read_text("utf-8").replace("2023年重点任务分工", "2023年民生实事分工").replace("区民政局", "区商贸局")
    await office.send(files=[("民生.txt", text.encode())])
    tasks = await world.demo.work(lambda work: len(work.notices.tasks()))
    said = ""
    for _ in range(3):
        if not said and (label := next((known for known in office.labels if "交办" in known), "")):
            said = (await office.click(label))["answer"] or ""
    assert "“区商贸局”现在没有单位用" in said and "区社会局" in said and "区投资局" in said, said
    assert await world.demo.work(lambda work: len(work.notices.tasks())) == tasks, "nothing half done"
