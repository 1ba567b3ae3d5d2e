"""Knows leave (请假) and deputies (代理): how people say from when to when and by whom, and who acts for whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.rules.calendar import WorkCalendar
from core.rules.dates import DateUnclear, read_date
from core.rules.names import find_name
from core.rules.numerals import chinese_number, narrow
from core.rules.people import Role

LONGEST = 366
"""Days of one leave; more is taken for a slip of the pen."""

OPENING = re.compile(
    r"(?:我)?(?:请假|休假|外出|出差)(?=\s*$|\s*[,，:：]|\s*[从自到至由起今明后下本这周星\d一二三四五六七八九十两半])"
)
"""How a typed text begins that announces leave; `外出考察3次` is a report and no leave."""

BACK = ("销假", "我回来了", "back")
"""What ends a leave when it is typed or follows the command."""


@dataclass(frozen=True, slots=True)
class Absence:
    """One leave, both days included. state: planned | running | back (over, the person isn't told yet) | over."""

    id: int
    person_id: int
    person: str
    first: date
    last: date
    deputy_id: int | None
    deputy: str
    state: str

    def covers(self, first: date, last: date) -> bool:
        """Whether it has a day in common with these."""
        return self.first <= last and first <= self.last


@dataclass(frozen=True, slots=True)
class Leave:
    """What somebody said of their leave. `deputy` is the name they gave, None where they gave none, "" for nobody."""

    first: date
    last: date
    deputy: str | None


class LeaveUnclear(ValueError):
    """The text names no usable leave. `reason`: no_day | no_end | past | order | too_long."""

    def __init__(self, reason: str, day: date | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.day = day


_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
_NAME = (
    r"(?:[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,6})*|[A-Za-z][A-Za-z.'-]+(?: +(?!"
    + _MONTH
    + r")(?-i:[A-Z])[A-Za-z.'-]*){0,3})"
)
_DEPUTY = (
    re.compile(r"(?:代理人?|代办人?|代班人?|顶岗人?|替班人?|deputy|covered by)\s*(?:[:是为由]\s*)?(?P<name>" + _NAME + r")\s*(?=$|[,。;!、\s])", re.I),
    re.compile(r"(?:由|请|让|委托|交给|托)\s*(?P<name>[\u4e00-\u9fff]{2,4}?)\s*(?:同志|老师)?\s*(?:代理|代办|代班|代为|顶岗|顶班|顶替|替|代|负责)"),
    re.compile(r"(?:^|[,。;、\s])(?P<name>[\u4e00-\u9fff]{2,4}?)\s*(?:代理|代办|代班|顶岗|顶班|替班|替我)(?=$|[,。;!、\s])"),
)  # fmt: skip
_TITLE = re.compile(r"(?:同志|老师|书记|主任|[局处科股所队镇街区]长)$")
_NOBODY = re.compile(r"(?:不设|不需要?|不用|没有|无)\s*(?:人)?\s*(?:代理|代办|代班)人?|代理人?\s*[:是为]?\s*无|no deputy|without (?:a )?deputy", re.I)  # fmt: skip
_TAIL = re.compile(r"(?:代理人?|代办|代班|顶岗|顶班|替班|替我|deputy)", re.I)
_DAYS = re.compile(r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)\s*个?\s*(?P<unit>工作日|working days?|天|days?|周|星期|礼拜|weeks?|月|months?)(?!\s*(?:[后初底末中]|\d))", re.I)  # fmt: skip
_SHORT_RANGE = re.compile(
    r"(?P<m>\d{1,2})(?:(?P<sign>[月/.])\s*)(?P<d>\d{1,2})[日号]?\s*(?:[-—–~～到至]|to)+\s*(?P<e>\d{1,2})[日号]?(?![月/.\d日号])"
)
_UNTIL = re.compile(r"(?:到|至|截止|截至|until|till|to|through|by)\s*$", re.I)
_FROM = re.compile(r"^\s*(?:起|开始|onwards?)", re.I)
_SINCE = re.compile(r"(?:从|自|由|from|since|starting)\s*$", re.I)
_ONE_DAY = re.compile(r"[今明后大天日周星期礼拜]{1,4}[一二三四五六日天]?|today|tomorrow", re.I)


def read_leave(text: str, today: date, calendar: WorkCalendar, names: Iterable[str] = ()) -> Leave:
    """The leave that a text announces on `today`; `names` are the colleagues who may be named as deputy.

    `until 5月20日`, `5月10日到5月20日`, `5.10-5.20`, `5月10-12日`, `请假三天`, `明天起一周`, `5月10日起3个工作日`. A day alone is the
    last one, but for 明天 or 周五, which is that day. Raises LeaveUnclear.
    """
    said = narrow(text)
    deputy, said = _deputy(said, names)
    said = _SHORT_RANGE.sub(lambda f: f"{f['m']}月{f['d']}日至{f['m']}月{f['e']}日", said)
    days = _days(said, today)
    length = _length(said, days)
    if len(days) >= 2:
        first, last = days[0][2], days[1][2]
        if last < first and last.month == first.month and last.year == first.year:
            raise LeaveUnclear("order", last)
        if last < first:
            last = _same_day_next_year(last)
    elif length:
        first = days[0][2] if days else today
        last = _after(first, length, calendar)
    elif days:
        start, end, day = days[0]
        if _FROM.search(said[end:]) or _SINCE.search(said[:start]):
            raise LeaveUnclear("no_end", day)
        alone = bool(_ONE_DAY.fullmatch(said[start:end])) and not _UNTIL.search(said[:start])
        first, last = (day if alone else min(today, day)), day
    else:
        raise LeaveUnclear("no_day")
    if last < today:
        raise LeaveUnclear("past", last)
    first = max(first, today)
    if (last - first).days >= LONGEST:
        raise LeaveUnclear("too_long", last)
    return Leave(first, last, deputy)


def acting(
    posts: Mapping[int, Sequence[tuple[Role, int]]], absences: Iterable[Absence]
) -> set[tuple[int, Role, int, int]]:
    """{(deputy, role, unit, for whom)} of the running leaves; `posts` are the posts that people hold themselves.

    Whoever is a deputy and goes on leave passes on what they acted in; nobody acts where they have the post anyway.
    """
    running = [a for a in absences if a.state == "running" and a.deputy_id is not None]
    held = {person: dict.fromkeys(own, person) for person, own in posts.items()}
    out: set[tuple[int, Role, int, int]] = set()
    changed = True
    while changed:
        changed = False
        for absence in running:
            deputy = absence.deputy_id
            if deputy is None or not posts.get(deputy):
                continue
            for role, unit in list(held.get(absence.person_id, {})):
                if (role, unit) not in held.setdefault(deputy, {}):
                    held[deputy][role, unit] = absence.person_id
                    out.add((deputy, role, unit, absence.person_id))
                    changed = True
    return out


def _deputy(said: str, names: Iterable[str]) -> tuple[str | None, str]:
    """(the deputy's name, the text without it)."""
    if found := _NOBODY.search(said):
        return "", said[: found.start()] + " " + said[found.end() :]
    named = next((f for pattern in _DEPUTY if (f := pattern.search(said)) and not _is_day(f["name"])), None)
    full = _bare(_TITLE.sub("", named["name"].strip())) if named else ""
    for name in sorted((name for name in names if name), key=len, reverse=True):
        longer = full.startswith(_bare(name)) and full != _bare(name)  # 王五一 is somebody else than the colleague 王五
        if not longer and (where := find_name(said, narrow(name))):
            return name, _TAIL.sub(" ", said[: where.start()] + " " + said[where.end() :])
    if named:
        return named["name"].strip(), said[: named.start()] + " " + said[named.end() :]
    return None, said


def _bare(name: str) -> str:
    return "".join(narrow(name).split()).casefold()


def _is_day(text: str) -> bool:
    return bool(re.search(r"[年月日号天周]|星期|until|from", text))


def _days(said: str, today: date) -> list[tuple[int, int, date]]:
    """The days that the text names, from left to right: (start, end, day)."""
    out: list[tuple[int, int, date]] = []
    at = 0
    while at < len(said):
        if at and said[at].isdigit() and said[at - 1].isdigit():
            at += 1
            continue
        found = next(((end, day) for end in range(min(len(said), at + 18), at + 1, -1) if (day := _day(said, at, end, today))), None)  # fmt: skip
        if found is None:
            at += 1
            continue
        out.append((at, found[0], found[1]))
        at = found[0]
    return out


def _day(said: str, start: int, end: int, today: date) -> date | None:
    words = said[start:end]
    if words != words.strip(" 。.,;!?:") or (end < len(said) and said[end].isdigit() and words[-1].isdigit()):
        return None
    if (
        re.search(r"[前止]$", words)
        or re.fullmatch(r"[\d一二三四五六七八九十两]+\s*[日天周]", words)
        and said[start - 1 : start] not in ("到", "至", "-")
    ):
        return None
    try:
        return read_date(words, today)
    except DateUnclear:
        return None


def _length(said: str, days: Sequence[tuple[int, int, date]]) -> tuple[str, str] | None:
    """(number, unit) of `三天`, outside of the days that the text names."""
    for found in _DAYS.finditer(said):
        if not any(start < found.end() and found.start() < end for start, end, _ in days):
            return found["n"], found["unit"].lower()
    return None


def _after(first: date, length: tuple[str, str], calendar: WorkCalendar) -> date:
    """The last day of a leave of that length which begins on `first`."""
    said, unit = length
    half = said == "半"
    number = 1 if half else int(said) if said.isdigit() else int(chinese_number(said) or 1)
    if unit.startswith(("工作日", "working")):
        return calendar.add_working_days(calendar.working_day_on_or_after(first), number - 1) if number > 1 else first
    if unit.startswith(("周", "星期", "礼拜", "week")):
        return first + timedelta(days=7 * number - 1)
    if unit.startswith(("月", "month")):
        return first + timedelta(days=15 if half else 30 * number) - timedelta(days=1)
    return first + timedelta(days=max(number, 1) - 1)


def _same_day_next_year(day: date) -> date:
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 3, 1)
