"""Frequencies as the plans suggest them: beside the plan, one by one, all at once after a preview."""

from core.rules.obligations import Kind, State
from core.work import Wanted
from tests.chat.world import Actor, World


async def file(contact: Actor, ref: str, text: str) -> None:
    await contact.send("/plan")
    await contact.click(f"○ {ref}")
    await contact.send(text)
    await contact.click("提交")
    assert "【已收到】" in contact.text


async def frequencies(world: World) -> dict[str, str | None]:
    tasks = await world.demo.work(lambda work: work.notices.tasks())
    return {task.ref: task.frequency for task in tasks}


async def test_what_the_plans_suggest_is_taken_one_by_one_or_together(world: World) -> None:
    supervisor = world.supervisor
    await supervisor.send("/classify 1-1")
    assert "还没有报计划，无法建议" in supervisor.text
    world.plant(supervisor, "全部按建议", "freq:P:a")
    assert "还没有报上来的计划" in str(await supervisor.click("全部按建议"))

    months = "\n".join(f"{month}月：完成第{month}段管网" for month in range(3, 13))
    water = world.of("区水利局")
    await file(water, "1-1", f"年度目标：完成30公里\n{months}")
    await file(
        water,
        "2-3",
        "年度目标：修缮12公里\n3月：设计\n6月：开工\n9月：完成6公里\n12月：完工\n4月：无\n5月：无\n7月：无\n8月：无\n10月：无\n11月：无",
    )
    await file(world.of("区民政局"), "2-2", "年度目标：建成4家\n3月：选址\n4-12月：装修运营")

    assert "按计划建议（3 项可定）" in ((await supervisor.send("/classify")), supervisor.labels)[1]
    await supervisor.click("逐项")
    assert "1-1 完成老旧管网改造30公里：未定频次（建议月报）" in supervisor.text
    assert "2-1 引进亿元以上项目6个：未定频次（未报计划）" in supervisor.text
    await supervisor.click("2-3")
    assert "建议季报：节点都在季末（3月、6月、9月、12月）" in supervisor.text and "● 6月：开工" in supervisor.text
    await supervisor.click("‹ 返回")
    await supervisor.click("只定未定的" if "只定未定的 5 项" in supervisor.labels else "全部 5 项")
    assert "按计划建议：月报 1 项，季报 1 项，半年报 1 项；2 项未报计划" in supervisor.text

    # One by one: taken by one tap with its dates in sight, or changed.
    await supervisor.click("逐项看计划和建议")
    assert "第 1/5 项" in supervisor.text and "10 个月中有 10 个月有节点" in supervisor.text
    assert "截止日：3月24日" in supervisor.text
    stale = world.action(supervisor.last, "采用月报，看下一项")
    await supervisor.click("采用月报")
    assert "第 2/5 项" in supervisor.text and (await frequencies(world))["1-1"] == "monthly"
    world.plant(supervisor, "再按一次", stale)
    await supervisor.click("再按一次")
    assert "第 1/5 项" in supervisor.text and "目前：月报" in supervisor.text, "a second press shows how it stands"

    # The rest of a leader's together, after a preview of the dates of each.
    await world.restart()
    await supervisor.send("/classify 钟若谷")
    await supervisor.click("全部按建议定（2 项）")
    preview = supervisor.text
    assert "季报 1 项：2-3" in preview and "半年报 1 项：2-2" in preview and "第二季度：6月25日" in preview
    assert "1 项未报计划，不变：2-1" in preview
    action = world.action(supervisor.last, "确认（2 项）")
    await world.owner.send("/classify 2-2 季报")
    await world.owner.click("确认改为季报")
    await supervisor.click("确认")
    assert "半年报 1 项：2-2" in supervisor.text and "取消" in supervisor.text, "what changed meanwhile is shown first"
    await supervisor.click("确认")
    assert "已按建议定频次" in supervisor.text
    assert await frequencies(world) == {
        "1-1": "monthly", "1-2": None, "2-1": None, "2-2": "half_yearly", "2-3": "quarterly",
    }  # fmt: skip
    world.plant(supervisor, "再按一次", action)
    assert "都已与计划相符" in str(await supervisor.click("再按一次"))
    owed = await world.demo.work(lambda work: work.obligations.find(Wanted(kind=Kind.REPORT, states=[State.OPEN])))
    assert {o.period for o in owed if o.ref == "2-2"} == {"2023-H1", "2023-H2"}
    await world.pass_to("2023-03-03T09:30")
    notes = [m["text"] for m in water.messages if "【报送频次】" in (m["text"] or "")]
    assert len(notes) == 1 and "月报（1 项）：1-1" in notes[0] and "季报（1 项）：2-3" in notes[0]
