"""Knows how people write a past moment in front of or behind a name: `2023-04-10 15:00`, `昨天 下午3点`, `4月10日 周砚秋`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from core.rules.dates import DateUnclear, read_date
from core.rules.numerals import narrow

_CLOCK = re.compile(
    r"(?:^|(?<=[\s日号天T]))(?P<half>凌晨|早上|上午|中午|下午|晚上|晚)?\s?"
    r"(?P<h>[01]?\d|2[0-4])(?:[::](?P<m>[0-5]\d)|[点时](?P<cn>半|[0-5]?\d分?)?)(?P<en>\s?[ap]m)?(?=$|\s)",
    re.IGNORECASE,
)
_CODE = re.compile(r"(\d{8})(\d{4})?")


class ToCome(ValueError):
    """The moment named hasn't come yet."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """A past moment as it was asked for: a whole day (as it ended), or a day and a time."""

    day: date
    clock: time | None = None

    @property
    def code(self) -> str:
        """For a button: 20230410 or 202304101500."""
        return self.day.strftime("%Y%m%d") + (self.clock.strftime("%H%M") if self.clock else "")

    @staticmethod
    def parse(code: str) -> AsOf:
        """The inverse of `code`. Raises ValueError for anything else."""
        found = _CODE.fullmatch(code)
        if found is None:
            raise ValueError(f"no moment: {code!r}")
        clock = time(int(found[2][:2]), int(found[2][2:])) if found[2] else None
        return AsOf(date.fromisoformat(found[1]), clock)

    def moment(self, zone: tzinfo) -> datetime:
        """The moment (UTC) whose facts are shown: the time named, or the last of the day."""
        if self.clock is not None:
            return datetime.combine(self.day, self.clock, zone).astimezone(UTC)
        midnight = datetime.combine(self.day + timedelta(days=1), time(0), zone)
        return midnight.astimezone(UTC) - timedelta(microseconds=1)


def split_moment(text: str, now: datetime) -> tuple[AsOf | None, str]:
    """(the moment, the rest) of a question asked at the local time `now`; None where it names no day and no time.

    A day without a year is the last one of that name, for a question about the past looks back; a time alone is today's.
    Raises ToCome for a moment that hasn't come. Today without a time is now, so it is no past moment.
    """
    clock, text = _clock(narrow(text).replace("T", " ") if re.search(r"\dT\d", text) else text)
    day, rest = _day(text, now.date())
    if day is None and clock is None:
        return None, rest
    asked = AsOf(day or now.date(), clock)
    if clock is None and asked.day == now.date():
        return None, rest
    if asked.day > now.date() or (clock is not None and asked.moment(_zone(now)) > now):
        raise ToCome(text)
    return asked, rest


def _zone(now: datetime) -> tzinfo:
    assert now.tzinfo is not None
    return now.tzinfo


def _clock(text: str) -> tuple[time | None, str]:
    flat = narrow(text)
    found = _CLOCK.search(flat)
    if found is None:
        return None, text
    hour, minutes = int(found["h"]), found["m"] or (found["cn"] or "0").rstrip("分")
    minute = 30 if minutes == "半" else int(minutes)
    late = found["half"] in ("下午", "晚上", "晚") or (found["en"] or "").strip().lower() == "pm"
    noon = found["half"] == "中午" and hour < 11
    if (late or noon) and hour < 12:
        hour += 12
    if hour == 24:
        hour, minute = 23, 59
    return time(hour, minute), f"{flat[: found.start()]} {flat[found.end() :]}"


def _day(text: str, today: date) -> tuple[date | None, str]:
    words = text.split()
    for size in range(min(len(words), 4), 0, -1):
        for dated, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            if (day := _past(" ".join(dated), today)) is not None:
                return day, " ".join(rest)
    return None, " ".join(words)


def _past(text: str, today: date) -> date | None:
    try:
        day = read_date(text, today)
    except DateUnclear:
        return None
    if day > today and str(day.year) not in text and any(c.isdigit() for c in text):
        last = _year_before(day)
        # 11月20日 said in March is last November; 3月20日 said a week before is a day that hasn't come.
        return last if (today - last).days <= 183 else day
    return day


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)
