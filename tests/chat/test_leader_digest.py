"""Leaders' digests: one a period by a supervisor's standing word, with lights and the units' own reasons; held, never doubled."""

from datetime import datetime

from tests.chat.world import ZONE, Actor, World, monthly

DATABASES = ("sqlite", "postgresql")


def digests(actor: Actor) -> list[dict]:  # type: ignore[type-arg]
    return [m for m in actor.messages if m["from"]["is_bot"] and "【专报】" in (m.get("text") or "")]


async def down_until(world: World, moment: str) -> None:
    """The bot's process is away until then."""
    assert world.demo.bot is not None
    await world.demo.bot.stop()
    world.demo.clock.set(datetime.fromisoformat(moment).replace(tzinfo=ZONE))
    await world.demo.start_bot()
    await world.demo.pass_to(world.demo.clock.now())


async def test_one_digest_a_period_by_a_standing_word_held_freed_and_never_doubled(world: World) -> None:
    leader, boss, unit = world.actor("leader"), world.supervisor, world.of("区商务局")
    await monthly(world)
    # Off until a supervisor says otherwise: March ends without a digest.
    assert "未开启" in await boss.send("/digest") and "尚未加入" in boss.text
    await world.pass_to("2023-04-03T16:00")
    assert not digests(leader)
    await boss.send("领导专报")
    await boss.click("开启")
    assert "已开启" in boss.text and "4月专报，5月4日 15:00 送达" in boss.text
    again = world.supervisor.last
    world.plant(boss, "开启", "dg:on")
    assert "已经是开启" in ((await boss.click("开启", again))["answer"] or "")
    # Why it is behind, in the unit's own words.
    await world.pass_to("2023-04-26T10:00")
    await unit.send("/extend 2-1 5月20日 因土地未征收到位，签约推迟")
    await unit.click("2-1 4月")
    await world.supervisor.send("/digest")
    screen = boss.last
    await boss.click("钟若谷")
    assert "预览 · 钟若谷副区长" in boss.text and "2023年4月重点工作" in boss.text
    assert "因土地未征收到位" in boss.text and "1-1" not in boss.text
    assert "本期应报 3 项：已报 0，未报 3" in boss.text
    await boss.click("4月这份不送", screen)
    assert "已暂缓" in boss.said(screen)["text"]
    await boss.click("恢复这份", screen)
    assert "已暂缓" not in boss.said(screen)["text"]
    # The office has the briefing in the morning, with the word that the digest comes.
    await world.pass_to("2023-05-04T09:30")
    assert "今天 15:00 自动送达" in boss.text and not digests(leader)
    await world.pass_to("2023-05-04T15:01")
    assert len(digests(leader)) == 1
    text = digests(leader)[0]["text"]
    assert "逾期" in text and "区商务局：“因土地未征收到位，签约推迟”（4月26日报）" in text
    assert "5月进展 3 项到期" in text and "1-1" not in text
    # It can be answered: with the only word a leader gives, an instruction.
    await leader.reply(digests(leader)[0], "2-1 请区政府办协调征地")
    assert "【确认批示】2-1" in leader.text
    await leader.click("不发了")
    # Neither a restart nor another tick says it again; a month held says nothing.
    await world.restart()
    await world.pass_to("2023-05-05T16:00")
    assert len(digests(leader)) == 1
    await boss.send("/digest")
    await boss.click("5月这份不送")
    await world.pass_to("2023-06-02T16:00")
    assert len(digests(leader)) == 1
    assert "没有此项权限" in await leader.send("/digest")
    assert "没有此项权限" in await unit.send("/digest")


async def test_after_downtime_the_digest_comes_once_and_an_old_one_not_at_all(world: World) -> None:
    leader, boss = world.actor("leader"), world.supervisor
    await monthly(world)
    await boss.send("/digest")
    await boss.click("开启")
    await down_until(world, "2023-04-06T10:00")
    assert len(digests(leader)) == 1 and "2023年3月" in digests(leader)[0]["text"]
    await down_until(world, "2023-05-22T10:00")
    assert len(digests(leader)) == 1, "eighteen days late: its figures would be old news"
