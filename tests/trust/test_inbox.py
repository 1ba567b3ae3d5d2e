"""What the inbox promises: nothing twice, order per chat, tries, takeover."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.ports import ClaimLost
from storage import inbox
from storage.engine import Desk

from .conftest import NINE, HandClock


def keep(desk: Desk, *rows: tuple[int, int]) -> int:
    return desk.run_sync(
        lambda s: inbox.keep(s, [(number, chat, f'{{"update_id":{number}}}') for number, chat in rows], NINE)
    )


def claim(desk: Desk, who: str = "a", limit: int = 10, now=NINE) -> list[int]:
    return [row.update_id for row in desk.run_sync(lambda s: inbox.claim(s, now, who, limit))]


def done(desk: Desk, number: int, who: str | None = None) -> None:
    desk.run_sync(lambda s: inbox.done(s, number, NINE, who))


def test_an_update_that_comes_twice_is_kept_once(desk: Desk) -> None:
    assert keep(desk, (1, 7), (2, 7), (2, 7)) == 2
    assert keep(desk, (2, 7), (3, 7)) == 1


def test_an_update_that_comes_again_after_it_was_handled_has_no_second_effect(desk: Desk) -> None:
    keep(desk, (1, 7))
    claim(desk)
    done(desk, 1)
    assert keep(desk, (1, 7)) == 0
    assert claim(desk) == []


def test_chats_go_side_by_side_and_each_in_its_order(desk: Desk) -> None:
    keep(desk, (1, 7), (2, 7), (3, 8), (4, 8), (5, 9))
    assert claim(desk) == [1, 3, 5]
    assert claim(desk) == []
    done(desk, 3)
    assert claim(desk) == [4]
    done(desk, 1)
    assert claim(desk, "b") == [2]


def test_an_update_that_arrives_late_waits_for_the_one_of_its_chat_in_flight(desk: Desk) -> None:
    keep(desk, (5, 7))
    assert claim(desk) == [5]
    keep(desk, (4, 7))
    assert claim(desk) == []
    done(desk, 5)
    assert claim(desk) == [4]


def test_a_failed_update_is_tried_four_times_and_then_set_aside_with_its_error(desk: Desk) -> None:
    keep(desk, (1, 7), (2, 7))
    now = NINE
    for attempt in range(1, 5):
        assert claim(desk, now=now) == [1], attempt
        at = now
        aside = desk.run_sync(lambda s, at=at: inbox.failed(s, 1, "KeyError: 'x'", at))
        assert aside is (attempt == 4)
        if not aside:
            assert claim(desk, now=now) == [], "the chat's next update waits as well"
        now += timedelta(seconds=31)
    assert claim(desk, now=now) == [2]
    entry = desk.run_sync(inbox.set_aside)[0]
    assert (entry.update_id, entry.error) == (1, "KeyError: 'x'")
    assert desk.run_sync(inbox.counts) == {"waiting": 0, "claimed": 1, "reading": 0, "aside": 1}


def test_an_update_set_aside_can_get_another_round(desk: Desk) -> None:
    keep(desk, (1, 7))
    for attempt in range(4):
        claim(desk, now=NINE + timedelta(minutes=attempt))
        desk.run_sync(lambda s: inbox.failed(s, 1, "no", NINE))
    assert desk.run_sync(lambda s: inbox.again(s, 1))
    assert claim(desk) == [1]


def test_a_claim_is_taken_over_after_its_lease_and_the_late_one_can_not_finish_it(desk: Desk) -> None:
    keep(desk, (1, 7))
    claim(desk, "a")
    assert desk.run_sync(lambda s: inbox.release_expired(s, NINE)) == 0
    later = NINE + inbox.LEASE
    assert desk.run_sync(lambda s: inbox.release_expired(s, later)) == 1
    assert claim(desk, "b", now=later) == [1]
    with pytest.raises(ClaimLost):
        done(desk, 1, "a")
    done(desk, 1, "b")
    with pytest.raises(ClaimLost):
        done(desk, 1, "b")


def test_deaths_are_not_counted_as_errors_of_the_update_but_not_forgiven_for_ever(desk: Desk) -> None:
    keep(desk, (1, 7))
    now = NINE
    for _ in range(inbox.DEATHS):
        assert claim(desk, now=now) == [1]
        now += inbox.LEASE
        at = now
        desk.run_sync(lambda s, at=at: inbox.release_expired(s, at))
    assert "died" in (desk.run_sync(inbox.set_aside)[0].error or "")


def test_what_was_put_back_has_not_used_a_try(desk: Desk) -> None:
    keep(desk, (1, 7))
    claim(desk)
    desk.run_sync(lambda s: inbox.put_back(s, [1]))
    assert desk.run_sync(lambda s: inbox.claim(s, NINE, "a", 1))[0].tries == 1


def test_old_words_are_forgotten_first_and_their_numbers_a_month_later(desk: Desk, clock: HandClock) -> None:
    keep(desk, (1, 7), (2, 8))
    claim(desk)
    done(desk, 1)
    month = NINE + timedelta(days=31)
    assert desk.run_sync(lambda s: inbox.prune(s, month)) == 1
    assert desk.run_sync(lambda s: s.get(inbox.InboxEntry, 1)).payload == ""
    assert desk.run_sync(lambda s: inbox.prune(s, month)) == 0
    assert desk.run_sync(lambda s: inbox.prune(s, NINE + timedelta(days=61))) == 1
    assert desk.run_sync(lambda s: s.get(inbox.InboxEntry, 1)) is None
    assert desk.run_sync(lambda s: s.get(inbox.InboxEntry, 2)).payload


def test_a_claim_from_before_the_clock_was_set_back_does_not_wait_for_it(desk: Desk) -> None:
    keep(desk, (1, 7))
    claim(desk, "elsewhere:1:a", now=NINE + timedelta(hours=1))
    assert desk.run_sync(lambda s: inbox.release_expired(s, NINE)) == 1
    assert claim(desk, "b") == [1]


def test_a_back_off_from_before_the_clock_was_set_back_does_not_wait_for_it(desk: Desk) -> None:
    keep(desk, (1, 7))
    claim(desk)
    desk.run_sync(lambda s: inbox.failed(s, 1, "bad", NINE + timedelta(hours=1)))
    assert claim(desk) == []
    desk.run_sync(lambda s: inbox.release_expired(s, NINE))
    assert claim(desk) == [1]
