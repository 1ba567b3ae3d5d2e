"""Open rounds of inspection at the year's end: listed before, ended or carried by a rule, as before when it is undone."""

import asyncio
from pathlib import Path

from tests.chat.test_closing import SMALL
from tests.chat.test_inspection import late, opened, told
from tests.chat.world import BOTH, World

DATABASES = BOTH


async def test_a_round_nothing_was_found_in_is_called_off_and_undone_with_the_closing(world: World) -> None:
    supervisor, contact = world.supervisor, world.of("区民政局")
    await late(world)
    await opened(world, "2-2 2-1")
    assert len(told(contact, "督查通知")) == 1
    await supervisor.send("/close")
    assert "2023年第1轮督查（4月10日）还没有记录：随收尾取消（2 项不再查）" in supervisor.text
    await supervisor.click("确认收尾")
    page = supervisor.last
    assert "✕ 2023年第1轮督查（4月10日）" in await _rounds(world)
    await supervisor.click("撤销收尾", page)
    assert "已撤销收尾" in supervisor.said(page)["text"]
    assert "● 2023年第1轮督查" in await _rounds(world), "as it was"
    await supervisor.click("● 2023年第1轮督查")
    await supervisor.click("开始：")
    stop = supervisor.last
    await world.pass_to("2023-04-06T10:05")
    before = len(contact.messages)
    await supervisor.send("/close")
    await supervisor.click("确认收尾")
    await world.pass_to("2023-04-07T15:00")  # two were said today already: the thanks come the next working day
    thanks = [m["text"] for m in contact.said_since(before)]
    assert len(thanks) == 1 and "年终致谢" in thanks[0] and "2023年第1轮督查（4月10日）不再进行" in thanks[0]
    assert "督查" not in told(world.of("区水利局"), "年终致谢")[0]["text"], "who was not told of it reads nothing of it"
    # An old button of the round says that it is over.
    assert "已取消" in (await supervisor.click("情况正常", stop))["answer"]


async def test_a_round_with_findings_ends_and_what_is_to_be_mended_stays(world: World) -> None:
    supervisor = world.supervisor
    await late(world)
    await opened(world, "2-2 2-1")
    await supervisor.click("开始：")
    await supervisor.send("签约项目无合同")
    await supervisor.click("需整改")
    await supervisor.send("/close")
    assert "2023年第1轮督查（4月10日）已有记录：随收尾结束，整改列入清单（1 项未查的不再查）" in supervisor.text
    await supervisor.click("确认收尾")
    page = supervisor.last
    assert "✓ 2023年第1轮督查" in await _rounds(world)
    await supervisor.click("撤销收尾", page)
    assert "● 2023年第1轮督查" in await _rounds(world)
    await supervisor.click("● 2023年第1轮督查")
    assert "已查 1/2" in supervisor.text and "结束本轮" in supervisor.labels


async def test_a_round_goes_on_with_another_notices_tasks(world: World, tmp_path: Path) -> None:
    supervisor = world.supervisor
    other = tmp_path / "other.txt"
    text = SMALL.replace("重点任务分工", "民生实事分工").replace("30公里", "9公里")
    await asyncio.to_thread(other.write_text, text, "utf-8")
    await world.demo.take(other)
    if "作为新通知" in str(supervisor.labels):
        await supervisor.click("作为新通知")
    await late(world)
    first, second = await world.demo.work(lambda work: [card.mark for card in work.notices.active()])
    refs = [f"{mark}·2-2" if mark else "2-2" for mark in (first, second)]
    await opened(world, f"{refs[0] if first else '23·2-2'} {refs[1]}")
    await supervisor.send("/close")
    await supervisor.click("《2023年重点任务")
    assert "还查另一份通知的任务：照常进行，只去掉这份通知未查的 1 项" in supervisor.text
    await supervisor.click("确认收尾")
    page = supervisor.last
    assert "● 2023年第1轮督查" in await _rounds(world)
    await supervisor.click("● 2023年第1轮督查")
    assert "已查 0/1" in supervisor.text
    await supervisor.click("撤销收尾", page)
    await _rounds(world)
    await supervisor.click("● 2023年第1轮督查")
    assert "已查 0/2" in supervisor.text


async def _rounds(world: World) -> str:
    """The list of rounds as its buttons name them."""
    await world.supervisor.send("/inspect")
    if not any("第1轮督查" in label for label in world.supervisor.labels):
        await world.supervisor.click("已有各轮")
    return " ".join(world.supervisor.labels)
