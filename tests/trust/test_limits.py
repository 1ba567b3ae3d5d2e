"""Telegram's limits, kept by us: no window ever holds more, and little is given away."""

from __future__ import annotations

import heapq
import random
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.limits import Limits, Place


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def play(
    chats: list[int], latency: float, seed: int, limits: Limits, clock: Seconds, ahead: float = 0.0
) -> list[tuple[float, int]]:
    """Sends to every chat in turn as early as allowed, booked `ahead`. Returns when the server saw what (within the trip)."""
    chance, order = random.Random(seed), count()
    waiting, seen = list(chats), []
    booked: dict[int, Place] = {}
    flying: list[tuple[float, int, int, Place]] = []
    while waiting or booked or flying:
        closed = limits.closed(ahead) | booked.keys() | {chat for _, _, chat, _ in flying}
        room = limits.room(ahead)
        for chat in list(dict.fromkeys(waiting)):
            if room is not None and room <= 0:
                break
            if chat in closed:
                continue
            booked[chat] = limits.book(chat)
            waiting.remove(chat)
            closed.add(chat)
            room = None if room is None else room - 1
        for chat, place in list(booked.items()):
            assert place.ready_in() <= ahead + 1e-9
            if place.ready_in() == 0:
                booked.pop(chat).take()
                trip = chance.uniform(0, latency)
                seen.append((clock.now + chance.uniform(0, trip), chat))
                heapq.heappush(flying, (clock.now + trip, next(order), chat, place))
        opens = limits.opens_in(ahead)
        moments = [clock.now + opens] if opens is not None and opens != float("inf") else []
        moments += [clock.now + place.ready_in() for place in booked.values()]
        moments += [flying[0][0]] if flying else []
        if moments:
            clock.now = max(min(moments), clock.now + 1e-6)
        while flying and flying[0][0] <= clock.now:
            heapq.heappop(flying)[3].end()
    return sorted(seen)


def most_in_any_window(times: list[float], window: float) -> int:
    most, start = 0, 0
    for end, at in enumerate(times):
        while times[start] <= at - window:
            start += 1
        most = max(most, end - start + 1)
    return most


@settings(max_examples=60, deadline=None)
@given(
    chats=st.lists(st.sampled_from([1, 2, 3, 4, -1, -2]) | st.integers(10, 200), max_size=150),
    latency=st.floats(0, 0.8),
    seed=st.integers(0, 9),
    ahead=st.sampled_from([0.0, 0.02, 0.5]),
)
def test_no_window_of_the_server_ever_holds_more_than_the_limits(
    chats: list[int], latency: float, seed: int, ahead: float
) -> None:
    clock = Seconds()
    seen = play(chats, latency, seed, Limits(clock, overall=7, group_per_minute=5), clock, ahead)
    assert len(seen) == len(chats)
    assert most_in_any_window([at for at, _ in seen], 1.0) <= 7
    for chat in set(chats):
        times = [at for at, whose in seen if whose == chat]
        assert most_in_any_window(times, 1.0) <= 1
        assert chat > 0 or most_in_any_window(times, 60.0) <= 5


def test_ten_minutes_of_a_long_queue_use_99_percent_of_what_is_allowed() -> None:
    clock = Seconds()
    seen = play(list(range(1, 6001)), 0.002, 1, Limits(clock), clock)
    assert seen[-1][0] <= (6000 / 30) / 0.99
    assert most_in_any_window([at for at, _ in seen], 1.0) <= 30


def test_a_group_gets_twenty_a_minute_nearly_all_of_them() -> None:
    clock = Seconds()
    seen = play([-1] * 200, 0.01, 1, Limits(clock), clock)
    assert seen[-1][0] <= 9 * 60 / 0.99 + 30
    assert most_in_any_window([at for at, _ in seen], 60.0) <= 20


def test_a_long_queue_leaves_a_place_for_a_reply_soon() -> None:
    clock = Seconds()
    seen = [at for at, _ in play(list(range(1, 601)), 0.002, 1, Limits(clock), clock)]
    gaps = [after - before for before, after in zip(seen[30:], seen[31:], strict=False)]
    assert max(gaps) < 0.5


def test_a_pause_holds_everybody_and_a_success_does_not_end_it() -> None:
    clock = Seconds()
    limits = Limits(clock)
    limits.take(1)
    limits.pause_all(30)
    limits.land(1)
    assert limits.room() == 0
    assert limits.opens_in() == 30
    clock.now = 29.9
    assert limits.room() == 0
    clock.now = 30.1
    assert limits.room() == 10


def test_what_opens_soon_is_booked_once_and_leaves_when_it_opens() -> None:
    clock = Seconds()
    limits = Limits(clock, overall=1)
    first = limits.book(1)
    assert first.ready_in() == 0 and limits.room() == 0
    first.take()
    first.end()
    clock.now = 0.99
    assert (limits.room(), limits.room(0.02)) == (0, 1)
    assert (limits.closed(), limits.closed(0.02)) == ({1}, set())
    second = limits.book(2)
    assert limits.room(0.02) == 0
    assert 0.01 <= second.ready_in() <= 0.02
    second.end()  # it never left
    assert limits.room(0.02) == 1
    clock.now = 1.1
    assert limits.room() == 1


def test_no_limits_means_none_but_pauses() -> None:
    clock = Seconds()
    limits = Limits.none(clock)
    for _ in range(5):
        limits.take(-1)
    assert limits.room() is None
    assert limits.closed() == set()
    limits.pause_all(1)
    assert limits.room() == 0


def test_what_an_earlier_life_sent_counts() -> None:
    clock = Seconds()
    clock.now = 100.0
    limits = Limits(clock)
    limits.seed([(1, 0.5), (2, 2.0), *[(-9, 10.0)] * 20])
    assert limits.closed() == {1, -9}
    assert 49 < limits.ready_in(-9) < 51
