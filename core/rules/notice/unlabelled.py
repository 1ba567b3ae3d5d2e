"""Knows units that stand there without a label: on a line of their own below or above the tasks, behind a dash, first in the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.rules.notice.clauses import JOINT, TIMED, VERB, clause_names, closing_duty, is_bare_list
from core.rules.notice.dates import FULL_DATE
from core.rules.notice.labels import CO, LABEL, LEAD, RESPONSIBLE, label_kind, labels_in
from core.rules.notice.lists import looks_like_units
from core.rules.notice.marks import is_furniture, mark_of
from core.rules.notice.names import is_group
from core.rules.notice.shadow import Line, shadow, split_outside

_LONGEST = 80
_OPENING = 200
"""Characters in which a sentence says who does it before it says what."""

_DASH = re.compile(r"[。;)]\s*[—–―─-]{1,3}\s*(?P<units>[^—–―─。;]{2,120})[。.]?\s*$")
_LATIN_DASH = re.compile(
    r"[A-Za-z0-9.)] [–—-] (?:[A-Z][\w&’' ]{2,60}(?: \((?:lead|support)\))?(?:, |; |$|\.$)){0,6}?[A-Z][\w&’' ]{2,60} \(lead\)"
    r"(?:[,;] [^.;]{2,80}){0,6}\.?$"
)
"""Open a club - Youth Services (lead), Library Service; by June 2025"""

_ABOVE = re.compile(
    r"^(?:以上|上述)(?:(?:\d{1,2}-\d{1,2}|[\d一二三四五六七八九十]{1,3})项(?=.))?(?:各项|重点|所有|全部)*(?:(?<=项)|工作|任务|事项|项目)(?:均|都)?,?(?P<who>.{3,120})$"
)
_SOME = re.compile(
    r"^(?:以上|上述)?第?(?P<from>\d{1,3})[-—–~至到、]+第?(?P<to>\d{1,3})项(?:重点)?(?:工作|任务|事项|项目)?(?:均|都)?,?(?P<who>.{3,160})$"
)
_SAYS = re.compile(
    r"(?:牵头|负责|主办)(?:落实|推进|实施|组织)?$|(?:共同|联合)推进$|会同.{2,60}(?:组织实施|实施|落实|办理)$"
)

_FIRST = re.compile(r"\s*(?:[(\[](?P<boxed>[^()\[\]:]{3,60})[)\]]\s*:?|(?P<plain>[\u4e00-\u9fff、]{3,40}):)\s*")
_OF_LEVEL = re.compile(
    r"[省市区县州镇](?!场|域|城|政|民|容|长)[\u4e00-\u9fff、]{2,40}(?:[局委办厅队社处所站院会司校团]|中心|街道|政府|公司)$"
)
_WORDS = 4
"""Signs of a task behind the units it begins with."""

_BY = re.compile(r",(?=[请由])")
_PARTS = (LEAD, CO, RESPONSIBLE)
_TWO = 2
_STOP = re.compile(r"[。:;]")

BELOW, ABOVE = "below", "above"


def unit_lines(lines: Sequence[Line]) -> tuple[str, frozenset[int]]:
    """Where units stand on lines of their own without a label: below their task or above a list of tasks, and the lines' numbers.

    Two such lines at least, in a paper that has no labels; else "" and nothing.
    """
    shown = [line for line in lines if line.text.strip() and not is_furniture(line) and line.cells is None]
    first = next((n for n, line in enumerate(shown) if _begins(line)), None)
    if first is None or sum(bool(LABEL.match(line.flat.strip())) for line in shown) > 1:
        return "", frozenset()
    found = [n for n, line in enumerate(shown) if _bare(line) and not _signs(shown, n)]
    above = [n for n in found if n + 1 < len(shown) and mark_of(shown[n + 1].flat)]
    if len(found) < 2 or len(above) < len(found) - (found[-1] == len(shown) - 1):
        return "", frozenset()
    if found[0] < first:
        return (ABOVE, frozenset(shown[n].number for n in found)) if len(above) == len(found) else ("", frozenset())
    below = [n for n in found if n and n - 1 not in found]
    return (BELOW, frozenset(shown[n].number for n in below)) if below == found else ("", frozenset())


def duty_above(lines: Sequence[Line]) -> dict[int, tuple[str, str]]:
    """Labelled units that stand above the list of items they do: (kind, units) by line. Empty where they stand below items.

    The first such line decides: no item stands above it, and the list that begins with 1 follows at once.
    """
    shown = [line for line in lines if line.text.strip() and not is_furniture(line) and line.cells is None]
    found = [(n, said) for n, line in enumerate(shown) if (said := _labelled_alone(line)) and n + 1 < len(shown)]
    if not found or not (_begins(shown[found[0][0] + 1]) or _above_parts(shown, [n for n, _ in found])):
        return {}
    first, (kind, _) = found[0]
    if first and (mark_of(shown[first - 1].flat) or any(_begins(line) for line in shown[:first])):
        return {}
    return {shown[n].number: said for n, said in found if said[0] == kind and mark_of(shown[n + 1].flat)}


def _above_parts(shown: Sequence[Line], places: Sequence[int]) -> bool:
    """Two such lines or more, each of them above a mark of one list (一、… 二、…) that begins behind the first."""
    marks = [mark for place in places if (mark := mark_of(shown[place + 1].flat))]
    if not _TWO <= len(marks) == len(places) or marks[0].number != 1 or {mark.style for mark in marks} != {"cn"}:
        return False
    return [mark.number for mark in marks] == sorted({mark.number for mark in marks})


def _labelled_alone(line: Line) -> tuple[str, str] | None:
    flat = line.flat.strip()
    label = LABEL.match(flat)
    if not label or label_kind(label) not in (LEAD, RESPONSIBLE):
        return None
    further = labels_in(flat)[1:]
    units = line.text.strip()[label.end() :].strip()
    first = units[: further[0].start() - label.end()] if further else units
    if any(label_kind(each) not in _PARTS for each in further) or not looks_like_units(first.strip(" ，,；;。")):
        return None
    return label_kind(label), units


def _begins(line: Line) -> bool:
    mark = mark_of(line.flat)
    return bool(mark and mark.number == 1 and mark.style not in ("cn", "chapter", "topic", "bullet"))


def _bare(line: Line) -> bool:
    flat = line.flat.strip().rstrip("。.;").strip("()[] ")
    if len(flat) > _LONGEST or mark_of(flat) or not flat or line.flat.count("(") != line.flat.count(")"):
        return False
    if flat.endswith(":"):
        return not flat.startswith("各") and is_bare_list(flat[:-1])
    return is_bare_list(flat) or (looks_like_units(flat) and "、" in flat and not re.search(r"[,。;]", flat))


def _signs(lines: Sequence[Line], place: int) -> bool:
    """The signature of the paper, above its date."""
    following = lines[place + 1].flat.strip() if place + 1 < len(lines) else ""
    return bool(FULL_DATE.match(following))


def behind_dash(text: str) -> int:
    """Where the units begin that stand behind a dash at the end of a text (修路。——区交通局), with the dash; else its length."""
    english = _LATIN_DASH.search(text)
    if english:
        return english.start() + 1
    found = _DASH.search(shadow(text))
    return found.start() + 1 if found and is_bare_list(found["units"]) else len(text)


def opening_duty(text: str) -> int:
    """Where the sentence goes on that begins with who does it (甲局牵头，乙局配合，完成……); 0 where it doesn't begin so."""
    flat = shadow(text)
    clauses = split_outside(flat[:_OPENING], ",")
    said = 0
    for clause in clauses[:-1]:
        if not clause_names(clause):
            break
        said += 1
    while said and not (VERB.search(clauses[said - 1]) or JOINT.match(clauses[said - 1])):
        said -= 1
    if any(clause.strip().startswith(("由", "请由")) for clause in clauses[1:said]):
        return 0
    if not said or not any(_SAYS.search(clause.strip()) for clause in clauses[:said]):
        return 0
    return sum(len(clause) + 1 for clause in clauses[:said])


def named_first(text: str) -> tuple[int, int] | None:
    """Where the units end that a text begins with, and where the task begins (市教育局：新建…, 【市教育局】新建…); None for any other text."""
    found = _FIRST.match(shadow(text))
    units = (found["boxed"] or found["plain"]) if found else ""
    if (
        not found
        or len(text) - found.end() < _WORDS
        or not (is_bare_list(units) or is_group(units) or (_OF_LEVEL.match(units) and looks_like_units(units)))
        or re.search(r"[,。;]", units)
    ):
        return None
    return found.start("boxed" if found["boxed"] else "plain") + len(units), found.end()


def inner_duty(text: str) -> str:
    """Who does it, where a sentence behind the first one begins with that (关于交房。由甲局牵头，乙局配合，于5月底前完成); else empty."""
    flat = shadow(text)
    for stop in (*_STOP.finditer(flat[:_OPENING]), *_BY.finditer(flat)):
        rest = text[stop.end() :]
        end = len(rest.rstrip("。 ")) if closing_duty(rest) == 0 else opening_duty(rest)
        if end:
            return text[stop.end() : stop.end() + end].rstrip("，, ")
    return ""


def for_some_above(flat: str) -> tuple[int, int, str]:
    """Which items above are done by whom (第4—5项由某局牵头): the first, the last, who; (0, 0, "") for any other line."""
    found = _SOME.match(flat.strip().rstrip("。 ").removeprefix("(").removesuffix(")"))
    who = _said_of_items(found["who"]) if found else ""
    return (int(found["from"]), int(found["to"]), who) if found and who else (0, 0, "")


def for_all_above(flat: str) -> str:
    """Who does all the items above (以上工作由某局牵头，某局配合), as it stands there; empty where a line says nothing of the kind."""
    found = _ABOVE.match(flat.strip())
    return _said_of_items(found["who"]) if found else ""


def _said_of_items(who: str) -> str:
    who = who.rstrip("。. ")
    label = LABEL.match(who)
    clauses = [clause for clause in split_outside(who, ",") if not TIMED.match(clause.strip())]
    return who if label or (clauses and all(clause_names(clause) for clause in clauses)) else ""
