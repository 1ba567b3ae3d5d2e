"""Extensions: two dates, asked in one text, advised by the head, decided once by the office."""

import pytest

from tests.chat.world import Actor, World

WISH = "3月24日，因设计单位更换需重新测算"


@pytest.fixture
def contact(world: World) -> Actor:
    return world.of("区民政局")


async def ask(contact: Actor, wish: str = WISH) -> str:
    await contact.send("/extend 2-2")
    return await contact.send(wish)


def card(actor: Actor) -> dict:  # type: ignore[type-arg]
    return next(m for m in reversed(actor.messages) if "延期申请】" in (m.get("text") or ""))


async def test_a_wish_reaches_the_office_and_the_agreed_date_is_the_one_that_is_chased(
    world: World, contact: Actor
) -> None:
    answer = await ask(contact)
    assert "延至 3月24日（周五）" in answer and "因设计单位更换需重新测算" in answer
    assert "原定 3月16日" in card(world.supervisor)["text"]
    await world.supervisor.click("同意延至3月24日", card(world.supervisor))
    assert "已同意，延至 3月24日" in world.supervisor.text
    assert "【同意延期】" in contact.text and "考核仍按原定" in contact.text
    before = len(contact.messages)
    await world.pass_to("2023-03-20T18:00")
    assert not [m for m in contact.said_since(before) if "已逾期" in m["text"]]
    overdue = await world.supervisor.send("/overdue")
    assert "逾期 4 项" in overdue and "已同意延期 1 项" in overdue and "3月24日（原3月16日）" in overdue
    await world.pass_to("2023-03-27T18:00")
    assert any("3月24日（原3月16日）截止，已逾期3天" in m["text"] for m in contact.said_since(before))
    assert "逾期 5 项" in await world.supervisor.send("/overdue")


async def test_the_second_supervisor_sees_that_it_is_decided(world: World, contact: Actor) -> None:
    await ask(contact)
    await world.supervisor.click("不同意", card(world.supervisor))
    await world.supervisor.click("返回")
    stale = dict(card(world.owner))
    await world.supervisor.click("同意")
    assert "已同意，延至" in card(world.owner)["text"] and not card(world.owner).get("buttons")
    await world.owner.send("/extend")
    assert "没有待答复" in world.owner.text
    assert stale["message_id"] == card(world.owner)["message_id"]


async def test_the_office_sets_another_date(world: World, contact: Actor) -> None:
    await ask(contact)
    await world.supervisor.click("另定日期", card(world.supervisor))
    assert "已经过了" in await world.supervisor.send("3月1日")
    assert "不晚于现在的期限" in await world.supervisor.send("3月10日")
    assert "延至 3月20日" in await world.supervisor.send("3月20日")
    assert "延至 3月20日" in contact.text


async def test_a_refusal_says_why_and_keeps_the_date(world: World, contact: Actor) -> None:
    await ask(contact)
    await world.supervisor.click("不同意", card(world.supervisor))
    await world.supervisor.send("区政府要求按期报送")
    assert "延期未同意" in contact.text and "区政府要求按期报送" in contact.text and "3月16日" in contact.text
    await world.pass_to("2023-03-20T10:00")
    assert "逾期 5 项" in await world.supervisor.send("/overdue")


async def test_the_heads_word_stands_on_the_offices_card(world: World) -> None:
    contact, head = world.of("区水利局"), Actor(world, "head")
    await contact.send("/extend 1-1 3月24日 管线图未移交")
    assert "负责人和督查室" in contact.text
    await head.click("同意延至3月24日", card(head))
    assert "单位负责人" in card(world.supervisor)["text"] and "同意" in card(world.supervisor)["text"]
    await world.pass_to("2023-03-15T10:00")
    assert "3月16日截止" in (await contact.send("/tasks"))
    await world.supervisor.click("同意延至3月24日", card(world.supervisor))
    assert "同意延期" in next(m["text"] for m in reversed(contact.messages) if "同意延期" in (m.get("text") or ""))


async def test_a_heads_refusal_ends_the_wish(world: World) -> None:
    contact, head = world.of("区水利局"), Actor(world, "head")
    await contact.send("/extend 1-1 3月24日 管线图未移交")
    await head.click("不同意", card(head))
    await head.click("不写理由")
    assert "延期未同意" in contact.text
    assert "未同意" in card(world.supervisor)["text"] and not card(world.supervisor).get("buttons")


@pytest.mark.parametrize(
    ("wish", "answer"),
    [
        ("3月1日，忘了", "已经过了"),
        ("3月10日，想早点", "不晚于现在的期限"),
        ("尽快", "没看懂要延到哪一天"),
        ("3月24日", "请写上延期的理由"),
        ("2033-03-24 笔误", "太远了"),
    ],
)
async def test_a_wish_that_can_not_be_used_is_explained_and_the_next_text_is_tried(
    world: World, contact: Actor, wish: str, answer: str
) -> None:
    before = len(world.supervisor.messages)
    assert answer in await ask(contact, wish)
    assert len(world.supervisor.messages) == before
    assert "延至 3月24日" in await contact.send(WISH)


async def test_asking_after_the_date_is_possible_and_marked(world: World, contact: Actor) -> None:
    await world.pass_to("2023-03-20T10:00")
    nudge = next(m for m in reversed(contact.messages) if "申请延期" in str(m.get("buttons")))
    await contact.click("申请延期", nudge)
    assert "延至 3月30日" in await contact.send("延期两周，等批复")
    assert "逾期后申请" in contact.text and "逾期后申请" in card(world.supervisor)["text"]
    await world.supervisor.click("同意", card(world.supervisor))
    assert "逾期 4 项" in await world.supervisor.send("/overdue")
    assert "逾期 5 项" in await world.supervisor.send("/overdue 2023-03-19")


async def test_what_is_handed_in_needs_no_extension_and_closes_the_wish(world: World, contact: Actor) -> None:
    await ask(contact)
    await contact.send("/plan")
    await contact.click("○ 2-2")
    await contact.send("年度目标：建成4家 3月：选址 4-12月：装修运营")
    await contact.click("提交")
    assert "已撤回或已报送" in card(world.supervisor)["text"] and not card(world.supervisor).get("buttons")
    assert "没有待报事项" in await contact.send("/extend 2-2")


async def test_a_wish_is_taken_back(world: World, contact: Actor) -> None:
    await ask(contact)
    await contact.click("撤回申请")
    assert "已撤回" in contact.text and "已撤回或已报送" in card(world.supervisor)["text"]


async def test_a_second_wish_replaces_the_first(world: World, contact: Actor) -> None:
    await ask(contact)
    first = card(world.supervisor)["message_id"]
    await ask(contact, "3月28日，仍缺数据")
    assert "待答复的延期申请 1 件" in await world.supervisor.send("延期")
    edited = next(m for m in world.supervisor.messages if m["message_id"] == first)
    assert "已撤回" in edited["text"]


async def test_nobody_else_decides(world: World, contact: Actor) -> None:
    await ask(contact)
    assert "您没有待报事项" not in await contact.send("/extend")
    other = world.of("区商务局")
    assert "没有待报事项" in await other.send("/extend 2-2 3月24日 顺便")


async def test_the_history_says_who_asked_and_who_agreed(world: World, contact: Actor) -> None:
    await ask(contact)
    await world.supervisor.click("同意", card(world.supervisor))
    text = await world.supervisor.send("/task 2-2")
    assert "申请推进计划延期至3月24日：因设计单位更换需重新测算" in text and "同意推进计划延期至3月24日" in text
