"""Groups that the year's end let go are linked again by one press when the next notice comes into force."""

from tests.chat.test_closing import SMALL
from tests.chat.world import BOTH, Actor, World

DATABASES = BOTH


async def closed(world: World) -> None:
    """The notice is closed for good."""
    await world.pass_to("2023-12-29T10:00")
    await world.supervisor.send("/close")
    await world.supervisor.click("确认收尾")
    await world.pass_to("2023-12-29T12:00")
    assert "本群不再发送通报" in world.group.text


SCENE = closed


async def next_years(world: World) -> None:
    text = SMALL.replace("2023", "2024")
    await world.supervisor.send(files=[("明年.txt", text.encode())])
    if "作为新通知" in world.supervisor.labels:
        await world.supervisor.click("作为新通知")
    answer = await world.supervisor.click("确认交办")
    if "确认交办" in world.supervisor.labels and not answer["answer"]:
        await world.supervisor.click("确认交办")


def offer(actor: Actor) -> dict:  # type: ignore[type-arg]
    return next(m for m in reversed(actor.messages) if "通报发到哪些群" in (m.get("text") or ""))


async def test_the_next_notice_offers_last_years_groups_and_one_press_links_them(world: World) -> None:
    read = len(world.group.messages)
    await world.pass_to("2024-02-23T10:00")
    await next_years(world)
    asked = offer(world.supervisor)
    assert "督办群" in asked["text"] or "群" in asked["text"]
    pressed = world.action(asked, "照旧绑定（1 个群）")
    await world.supervisor.click("照旧绑定", asked)
    assert "已绑定" in world.supervisor.said(asked)["text"]
    told = [m["text"] for m in world.group.said_since(read)]
    assert len(told) == 1 and "已绑定" in told[0] and "下一次" in told[0]
    assert len(await world.demo.work(lambda work: work.groups.all())) == 1
    # Another supervisor presses the same offer: nothing is linked, or said in the group, twice.
    world.plant(world.owner, "照旧绑定", pressed)
    assert "已经绑定" in (await world.owner.click("照旧绑定"))["answer"]
    assert len(world.group.said_since(read)) == 1
    await world.supervisor.send("/summary")
    assert any(label.startswith("发送到") for label in world.supervisor.labels)


async def test_left_for_now_it_is_offered_again_with_the_summary_and_not_for_a_group_that_put_the_bot_out(
    world: World,
) -> None:
    await world.pass_to("2024-02-23T18:30")
    await next_years(world)
    await world.supervisor.click("先不绑定", offer(world.supervisor))
    assert not await world.demo.work(lambda work: work.groups.all())
    await world.supervisor.send("/summary")
    again = offer(world.supervisor)
    read = len(world.group.messages)
    await world.supervisor.click("照旧绑定", again)
    assert len(world.group.said_since(read)) == 0, "in the evening no group is disturbed"
    await world.pass_to("2024-02-26T09:30")
    assert len([m for m in world.group.said_since(read) if "已绑定" in (m.get("text") or "")]) == 1


async def test_a_group_that_put_the_bot_out_is_not_offered(world: World) -> None:
    await world.demo.sandbox.kick(world.group.chat, wait=True)
    await world.pass_to("2024-02-23T10:00")
    await next_years(world)
    assert not any("通报发到哪些群" in (m.get("text") or "") for m in world.supervisor.messages)
