"""Knows the text of one cell of a table: the number before it, a name with its content, the units on its lines."""

from __future__ import annotations

import re

from core.rules.notice.labels import LABEL, unmanned
from core.rules.notice.leaders import people
from core.rules.notice.lists import looks_like_units
from core.rules.notice.names import are_two, is_ending, looks_like_unit
from core.rules.notice.numerals import numeral, written
from core.rules.notice.shadow import shadow, squeeze

Doubt = tuple[str, int, str]

NUMBERED = re.compile(r"^\**(?P<n>\d{1,3}(?:\.\d{1,3})*)\**(?:[.、．\s]+|(?=[\u4e00-\u9fff]{2}))(?=\S)")
HEADED = re.compile(r"^(?:[(（][一二三四五六七八九十]+[)）]、?|[一二三四五六七八九十]+、|第[一二三四五六七八九十]+)\s*")
_SUBMARK = re.compile(r"^\s*(?:\((?P<n>\d{1,2})\)|(?P<ring>[①-⑳])|\((?P<cn>[一二三四五六七八九十]{1,3})\))\s*(?=\S)")
_MEASURE = re.compile(r"[%‰亿万千百个项处公平立米吨亩元家座条套辆台户人名次倍度]")
_STAR = re.compile(r"^[★☆*]")
_POINT = re.compile(r"^(?:[•·●▪■◆◇★☆*\-]\s*|(?:\d{1,2}[.、)]|[(（]\d{1,2}[)）]|[①-⑳])\s*)(?=[\u4e00-\u9fff])")
_INNER_POINT = re.compile(
    r"(?P<between>[:：;；,，、]\s*|\s+)(?:\d{1,2}[.．、)]|[(（]\d{1,2}[)）]|[①-⑳])\s*(?=[\u4e00-\u9fff])"
)
"""The number of a unit that stands behind another one, or behind a label: 1.区甲局 2.区乙局; 协办：①区丙局."""

_PHONE = re.compile(r"[:：,，]?\s*(?:(?:联系)?电话|手机)?[:：]?\s*(?<!\d)(?:0\d{2,3}[-—]?)?\d{7,11}(?!\d)")

_BEHIND_NAME = re.compile(r"^(?P<who>[^()（）]{2,4})[(（](?P<units>[^()（）]{3,30})[)）]$")
_PERSON = re.compile(r"[(（](?![^()（）]*[局委办厅部院会站所处科室队])[\u4e00-\u9fff· \u3000]{2,6}[)）]")


def listed(cell: str, doubts: list[Doubt], line: int = 0) -> str:
    """The lines of a cell as one list; a name broken in two is put together, what may be one name or two is asked about."""
    if not re.search(r"[\u4e00-\u9fff]", cell):
        parts = [part.strip() for part in cell.split("\n") if part.strip()]
        return ("; " if all(looks_like_unit(part) for part in parts) else " ").join(parts)
    out = ""
    lines = [each.strip() for each in cell.split("\n")]
    starred = [bool(_STAR.match(each)) for each in lines if each]
    points = len(starred) > 1 and all(starred)
    for part in (each if _STAR.match(each) and not points else _POINT.sub("", each) for each in lines):
        part = _INNER_POINT.sub(lambda found: found["between"].strip() or "、" * (found.start() > 0), part)
        last = re.split(r"[、,，;；]", out)[-1]
        head = re.split(r"[、,，;；]", part)[0]
        if part and out and LABEL.match(shadow(part)):
            out += "；" + part
        elif not part or not out or not last or shadow(part)[0] in "、,;()" or _one_name(last, head):
            out += part
        else:
            if are_two(last, head) is None:
                doubts.append(("wrap_units", line, squeeze(last + "、" + head)))
            out += "、" + part
    return out


def _one_name(last: str, head: str) -> bool:
    """区市场监 / 管局: a line break within a name."""
    if not looks_like_unit(last):
        return looks_like_unit(last + head)
    return are_two(last, head) is False and (is_ending(squeeze(head)) or looks_like_unit(last + head))


def without_persons(cell: str) -> str:
    """The units of a cell whose head says that persons stand in it too: no names, no telephone numbers."""
    kept: list[str] = []
    for line in _PERSON.sub("", _PHONE.sub("", cell)).split("\n"):
        line = _nobody(unmanned(line.strip(), shadow(line.strip())))
        pieces = [piece for piece in re.split(r"\s+", line.strip()) if piece]
        shown = [piece for piece in pieces if looks_like_units(piece)] if len(pieces) > 1 else pieces
        kept += [" ".join(shown)] if shown and (looks_like_units(shown[0]) or not kept) else []
    return "\n".join(kept)


def _nobody(line: str) -> str:
    """区甲局、丁一; 区甲局：丁一; 丁一（区甲局）: the units of a line without the person beside them."""
    pieces = [piece for piece in re.split(r"[、/，,：:；;]", line) if piece.strip()]
    units = [piece for piece in pieces if looks_like_unit(piece) or not people(piece)]
    if len(pieces) > len(units) and units and all(map(looks_like_units, units)):
        return "、".join(units)
    behind = _BEHIND_NAME.match(line)
    return behind["units"] if behind and people(behind["who"]) and looks_like_units(behind["units"]) else line


def between(first: str) -> str:
    """What stands between the name of a task and what is to be done."""
    if shadow(first)[-1:] in "。;:!?,、":
        return ""
    return " " if first[-1:] in ".!?" else ": " if first.isascii() else "："


def titled(parts: list[str]) -> str:
    """A name and what is to be done about it as one text."""
    out = parts[0].strip()
    for part in parts[1:]:
        out += between(out) + part.strip()
    return out


def unheaded(text: str) -> str:
    """A heading without its mark."""
    return HEADED.sub("", text)


def without_submark(content: str, numbered: bool) -> str:
    """（1）新建…: a cell of its own below a heading needs no mark, unless it goes on with （2）.

    （一） is a mark of that kind only in a row that has another number.
    """
    flat = shadow(content)
    found = _SUBMARK.match(flat)
    if not found or (found["cn"] and not numbered):
        return content
    if found["cn"]:
        following = f"({written((numeral(found['cn']) or 0) + 1)})"
    else:
        following = f"({int(found['n']) + 1})" if found["n"] else chr(ord(found["ring"]) + 1)
    return content if following in flat else content[found.end() :]


def counts_on(found: re.Match[str]) -> bool:
    """1.甲；2.乙: the number begins a list within the text."""
    number = number_of(found["n"])
    return isinstance(number, int) and bool(re.search(rf"[。；;\n]\s*{number + 1}[.、]", shadow(found.string)))


def measured(found: re.Match[str] | None) -> bool:
    """12个口袋公园, 1.5公里: the figure belongs to the text and is no number of the row; that of 1.1推行… is one."""
    if not found or re.search(r"[.、．\s]$", found[0].rstrip("*") or found[0]):
        return False
    return "." not in found["n"] or bool(_MEASURE.match(shadow(found.string[found.end() :])))


def ordinal_of(mark: str) -> int | None:
    """The number of a mark such as （一） or 二、; None for a chapter's."""
    return numeral(mark.strip().strip("()（）、"))


def number_of(text: str) -> int | str:
    """A row's number as a figure where it is one: 3, 3., （三）, ③."""
    value = numeral(text.strip().strip("()（）").rstrip(".、．"))
    return value if value is not None else text.strip("* ")
