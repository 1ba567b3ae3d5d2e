"""Trouble can be switched on: 429, outage, lost answers; and the account of rates is exact."""

from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter

from bot.sandbox import Limits, Sandbox
from bot.sandbox.rates import Rates, Window

from .conftest import TOKEN


@pytest.fixture
def li(sandbox: Sandbox) -> int:
    return sandbox.world.people["li"].user_id


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_429_names_the_pause_and_ends_after_its_count(sandbox: Sandbox, bot: Bot, li: int) -> None:
    sandbox.fault("429", count=1, retry_after=7)
    with pytest.raises(RetryAfter, match="Retry in 7 seconds"):
        await bot.send_message(li, "x")
    assert await bot.send_message(li, "x")
    assert sandbox.faults.active == []


async def test_an_outage_answers_502_and_carries_nothing_out(sandbox: Sandbox, bot: Bot, li: int) -> None:
    sandbox.fault("outage", count=1)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(li, "x")
    assert sandbox.messages("li") == []


async def test_a_lost_answer_means_the_message_is_there(sandbox: Sandbox, bot: Bot, li: int) -> None:
    sandbox.fault("answer_lost")
    with pytest.raises(NetworkError):
        await bot.send_message(li, "x")
    assert [m["text"] for m in sandbox.messages("li")] == ["x"]


async def test_a_lost_answer_can_hang_until_the_bot_gives_up(sandbox: Sandbox, bot: Bot, li: int) -> None:
    sandbox.fault("answer_lost", hang=True)
    with pytest.raises(NetworkError, match="Timed out"):
        await bot.send_message(li, "x", read_timeout=0.2)
    assert [m["text"] for m in sandbox.messages("li")] == ["x"]


async def test_a_refused_connection_means_nothing_arrived(sandbox: Sandbox, bot: Bot, li: int) -> None:
    sandbox.fault("refuse", methods=["sendMessage"])
    assert await bot.get_me()
    with pytest.raises(NetworkError):
        await bot.send_message(li, "x")
    assert sandbox.messages("li") == []


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_with_limits_on_a_chat_gets_one_message_a_second() -> None:
    async with Sandbox(limits="telegram") as sandbox:
        li = sandbox.add_person("li", "李雷", started=True).user_id
        async with Bot(TOKEN, base_url=f"{sandbox.url}/bot") as bot:
            await bot.send_message(li, "一")
            with pytest.raises(RetryAfter):
                await bot.send_message(li, "二")
            assert await bot.send_chat_action(li, "typing")
        assert sandbox.summary()["limits"]["refused"] == 1


async def test_the_account_is_kept_even_when_limits_are_off(sandbox: Sandbox, bot: Bot, li: int) -> None:
    sent = [await bot.send_message(li, str(number)) for number in range(3)]
    await bot.edit_message_text("x", li, sent[0].message_id)
    assert sandbox.rates.sent == 4
    assert sandbox.summary()["limits"]["enforced"] is False


def test_a_sliding_window_forgets_only_what_is_older_than_its_length() -> None:
    window = Window(1.0)
    for moment in (0.0, 0.5, 0.9, 1.0, 1.4):
        window.add(moment)
    assert window.most == 4
    assert window.wait(1.4, 4) == pytest.approx(0.1)
    assert window.wait(1.4, 5) == 0


def test_a_group_has_its_own_minute() -> None:
    rates = Rates(Limits(overall=30, chat=100, group=2))
    for moment in (0.0, 10.0):
        rates.check(-5, moment)
        rates.took(-5, moment)
    with pytest.raises(Exception, match="retry after 49"):
        rates.check(-5, 11.0)
    rates.check(-5, 60.0)
