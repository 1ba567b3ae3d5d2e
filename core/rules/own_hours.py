"""Knows a person's own hours within the office's: when what they did not ask for may reach them, and how they say it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from core.rules.numerals import chinese_number, narrow
from core.rules.office import Office

SHORTEST = 120
"""Minutes of a working day that must stay open: with less, a reminder might never arrive in time."""

OPENING = re.compile(r"(?:静音|免打扰|接收时段|时段)(?=\s*$|\s*[:：]?\s*[\d一二三四五六七八九十早上中下晚午全恢取])")
"""How a typed text begins that sets one's hours."""


WHOLE = re.compile(r"(?:全天|全部|恢复|取消|不限|办公时间|all|off|reset)", re.IGNORECASE)
"""What takes one's own hours back."""

QUIET = re.compile(r"^(?:静音|免打扰|quiet|mute)", re.IGNORECASE)
"""How a text begins that names the quiet hours, not the open ones."""


@dataclass(frozen=True, slots=True)
class OwnHours:
    """Local times: open from `opens` to `closes`, but for a rest in between (`rest`: from, to)."""

    opens: time
    closes: time
    rest: tuple[time, time] | None = None

    @property
    def minutes(self) -> int:
        return _minutes(self.opens, self.closes) - (_minutes(*self.rest) if self.rest else 0)

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"opens": f"{self.opens:%H:%M}", "closes": f"{self.closes:%H:%M}"}
        return {**data, "rest": [f"{end:%H:%M}" for end in self.rest]} if self.rest else data

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> OwnHours:
        rest = [time.fromisoformat(end) for end in data.get("rest") or ()]
        ends = (rest[0], rest[1]) if len(rest) == 2 else None
        return OwnHours(time.fromisoformat(data["opens"]), time.fromisoformat(data["closes"]), ends)


class HoursUnclear(ValueError):
    """The text sets no usable hours. `reason`: unreadable | order | outside | too_short."""

    def __init__(self, reason: str, minutes: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.minutes = minutes


_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_TIME = (
    r"(?P<part#>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚|早)?\s*"
    r"(?:(?P<four#>[0-2]\d[0-5]\d)|(?P<h#>" + _NUMBER + r")\s*"
    r"(?:(?::|点|时)\s*(?P<m#>半|一刻|[0-5]?\d)?\s*分?|(?=\s*(?:[-—–~～到至]|to|$|[ap]\.?m)))(?:整|钟)?)\s*(?P<half#>[ap]\.?m\.?)?"
)
_RANGE = re.compile(
    _TIME.replace("#", "1") + r"\s*(?:[-—–~～到至]|to|until)+\s*" + _TIME.replace("#", "2"), re.IGNORECASE
)


def read_range(text: str) -> tuple[time, time]:
    """`8:30-17:00`, `9点到17点半`, `上午9点至下午5点`, `9am-5pm`. Raises HoursUnclear."""
    found = _RANGE.search(narrow(text))
    if found is None:
        raise HoursUnclear("unreadable")
    first, last = _time(found, 1), _time(found, 2)
    noon = first.hour == 12 and last.hour < 7 and not found["half1"] and not found["half2"]
    if last <= first and last.hour < 12 and not found["part2"] and (noon or found["part1"] in ("中午", "下午")):
        last = last.replace(hour=last.hour + 12)  # 下午2点到5点, 12点到2点
    return first, last


def open_between(office: Office, first: time, last: time, before: OwnHours | None) -> OwnHours:
    """Hours set as `8:30-17:00`, cut to the office's; a rest set before stays where it still fits. Raises HoursUnclear."""
    if first >= last:
        raise HoursUnclear("order")
    opens, closes = max(first, office.opens), min(last, office.closes)
    if opens >= closes:
        raise HoursUnclear("outside")
    rest = before.rest if before and before.rest and opens < before.rest[0] and before.rest[1] < closes else None
    return _checked(OwnHours(opens, closes, rest))


def quiet_between(office: Office, first: time, last: time, before: OwnHours | None) -> OwnHours:
    """Hours set as quiet from `first` to `last`: over night, at either end of the day, or a rest in it. Raises HoursUnclear."""
    opens, closes = (before.opens, before.closes) if before else (office.opens, office.closes)
    rest = before.rest if before else None
    if first == last:
        raise HoursUnclear("order")
    if first > last:  # over night: 17:00-9:30
        return open_between(office, max(last, opens), min(first, closes), before)
    if last <= office.opens or first >= office.closes:
        raise HoursUnclear("outside")
    if first <= opens:
        return open_between(office, last, closes, OwnHours(opens, closes, rest)) if last < closes else _none()
    if last >= closes:
        return open_between(office, opens, first, OwnHours(opens, closes, rest))
    return _checked(OwnHours(opens, closes, (first, last)))


def arrival(own: OwnHours | None, office: Office, moment: datetime) -> datetime:
    """The first moment from `moment` on (UTC) at which something unasked may reach the person.

    The office's hours always hold; own hours that no longer fit into them are left out of account.
    """
    at = office.next_open(moment)
    if own is None or not _fits(own, office):
        return at
    while True:
        here = office.hours.local(at)
        clock, day = here.time(), here.date()
        if clock < own.opens:
            at = office.hours.at(day, max(own.opens, office.opens))
        elif own.rest and own.rest[0] <= clock < own.rest[1]:
            at = office.hours.at(day, own.rest[1])
        elif clock >= min(own.closes, office.closes):
            at = office.next_morning(at)
        else:
            return at


def _fits(own: OwnHours, office: Office) -> bool:
    return _minutes(max(own.opens, office.opens), min(own.closes, office.closes)) >= SHORTEST and own.minutes > 0


def _checked(own: OwnHours) -> OwnHours:
    if own.minutes < SHORTEST:
        raise HoursUnclear("too_short", own.minutes)
    return own


def _none() -> OwnHours:
    raise HoursUnclear("too_short")


def _minutes(first: time, last: time) -> int:
    return max(0, (last.hour - first.hour) * 60 + last.minute - first.minute)


def _time(found: re.Match[str], which: int) -> time:
    if four := found[f"four{which}"]:
        hour, minute = int(four[:2]), int(four[2:])
    else:
        said = found[f"h{which}"]
        hour = int(said) if said.isdigit() else int(chinese_number(said) or 0)
        part = found[f"m{which}"] or "0"
        minute = {"半": 30, "一刻": 15}.get(part) or (int(part) if part.isdigit() else 0)
    half, when = (found[f"half{which}"] or "").lower(), found[f"part{which}"] or ""
    if hour < 12 and (half.startswith("p") or when in ("下午", "傍晚", "晚上", "晚") or (when == "中午" and hour < 3)):
        hour += 12
    try:
        return time(0 if hour == 12 and half.startswith("a") else hour, minute)
    except ValueError:
        raise HoursUnclear("unreadable") from None
