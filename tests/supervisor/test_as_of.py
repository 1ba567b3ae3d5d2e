"""Any list can be asked for as of any past moment, and then says exactly what it said at that moment."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

import pytest

from core.cases.problem import Problem
from core.ports import Source
from core.rules.people import Place
from core.words.html import plain
from core.words.voice import voice
from core.work import Work
from handlers.as_of import answer
from handlers.ask import Ask
from handlers.registry import registry

from .deeds import something
from .hall import PEOPLE, ZONE, Hall

LISTS = (
    "/review", "/review 区发改局", "/rounds", "/notice", "/units", "/units 区发改局", "/extend", "/classify",
    "/overdue", "/progress", "/tasks", "/task 1-1", "/task 2-1", "/task 2-3", "/task 3-1", "/unit 区发改局",
    "/unit 区经信局", "/unit 蓝汀镇", "/leader 周砚秋", "/leader 夏泉", "/history 1-1", "/history 2-3",
    "/history 区经信局", "/history li", "/receipts", "/reach", "/people", "/briefing 3月",
    "/briefing 4月",
)  # fmt: skip
ONLY_THEN = ("/inspect", "/inspect 区经信局", "/digest")
"""What reads otherwise as of a moment, for now something can be done there."""

OWN = ("/tasks", "/overdue", "/task 2-3", "/history 2-3", "/history 区经信局")
"""What a contact and a leader ask."""

Shown = dict[str, tuple[str, object]]


def everything(hall: Hall, moment: str = "", lists: Sequence[str] = LISTS) -> Shown:
    """What the handlers answer to each: the words without the line that says as of when, and the paper."""

    def look(work: Work) -> Shown:
        asked = [("wen", text) for text in lists]
        if lists is LISTS:
            asked += [(who, text) for who in ("sun", "zhou") for text in OWN]
        return {f"{who}: {text}": _answer(work, hall, who, f"{text} {moment}".strip()) for who, text in asked}

    return hall.do(look)


def _answer(work: Work, hall: Hall, who: str, text: str) -> tuple[str, object]:
    person = work.people.by_telegram(PEOPLE[who][0])
    assert person is not None
    name, args = registry().command_of(text) or ("", "")
    source = Source(person.chat_id, 1)
    ask = Ask(person, work.office, voice("zh"), hall.clock.now(), Place.PRIVATE, person.chat_id, source, text, args)
    try:
        message = answer(registry().commands[name], ask, work).messages[0]
    except Problem as problem:
        return plain(voice("zh")(problem.key, **problem.values)), None
    words = plain(message.text)
    return words.partition("\n")[2] if words.startswith("截至") else words, message.paper


@pytest.mark.parametrize("seed", [1, 3])
def test_what_was_shown_at_a_moment_is_shown_again_when_it_is_asked_for_later(hall: Hall, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    kept: list[tuple[str, str, Shown]] = []
    deeds: list[str] = []
    for _ in range(8):
        for _ in range(8):
            hall.clock.moment += timedelta(minutes=chance.randrange(1, 60 * 24))
            deeds.append(something(hall, chance))
        local = hall.clock.moment.astimezone(ZONE)
        moment, live = f"{local:%Y-%m-%d %H:%M}", everything(hall)
        hall.clock.moment = hall.clock.moment.replace(second=0) + timedelta(minutes=1)
        kept.append((moment, " | ".join(deeds), live | everything(hall, moment, ONLY_THEN)))
    hall.clock.moment += timedelta(days=3)
    assert sum("refused" not in deed for deed in deeds) > 20, deeds
    assert len({str(texts) for _, _, texts in kept}) == len(kept), "something was to be seen after every step"
    for moment, done, before in kept:
        later = everything(hall, moment) | everything(hall, moment, ONLY_THEN)
        for question, said in before.items():
            # Who may look is asked of today's posts: a contact who was taken off sees nothing of then either.
            if not question.startswith("sun"):
                assert later[question] == said, (moment, question, done)


def test_a_button_below_an_old_list_leads_to_the_same_moment(hall: Hall) -> None:
    hall.hand_in("sun", "2-3")
    hall.pass_to("2023-03-22T10:00")
    then = hall.say("wen", "/overdue 3月20日 09:30")
    assert then.text.startswith("截至2023年3月20日 09:30") and "逾期 5 项" in then.text
    assert "催办" not in then.labels
    leaders = hall.click("wen", then, "按区领导")
    assert leaders.text.startswith("截至2023年3月20日 09:30")
    assert "逾期 3 项" in hall.click("wen", leaders, "周砚秋").text
    sheet = hall.click("wen", hall.last("wen"), "下载表格")
    assert sheet.out.message.paper and "3月20日 09:30" in str(sheet.out.message.paper.data["title"])
    card = hall.say("wen", "/task 2-3 昨天")
    assert "已报" in card.text and "调整" not in str(card.labels)
    assert "○ 推进计划：待报" in hall.say("wen", "/task 2-3 3月20日 上午9点").text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/progress 2024-01-01", "还没到"),
        ("/tasks 23:59", "还没到"),
        ("/receipts 2023-03-01", "首份通知于"),
        ("/reach 2023-13-45", "没看懂“2023-13-45”"),
        ("/task 2-15 乱写", "没看懂“乱写”"),
        ("/overdue 3月25日", "还没到"),
    ],
)
def test_a_moment_that_can_not_be_known_gets_a_clear_answer(hall: Hall, text: str, said: str) -> None:
    assert said in hall.say("wen", text).text
