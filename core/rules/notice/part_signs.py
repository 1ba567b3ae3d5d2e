"""Knows the signs and words that say in a cell which part a unit has, and the legend that says what a sign means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from core.rules.notice.labels import CO, LEAD, RESPONSIBLE
from core.rules.notice.shadow import Line, shadow, squeeze

TICK = "√"
_TICKS = "√✓✔☑∨"
_SHAPES = "★☆▲△▼▽●○◎◉◆◇■□※*#"
_ANY = re.compile("[★☆▲△▼▽●○◎◉◆◇■□※√✓✔☑]")
_MAY = re.compile("[★☆▲△▼▽●○◎◉◆◇■□※√✓✔☑*＊#＃]|(?<![A-Za-z])[A-Za-z](?![A-Za-z])")
OF_FONTS = dict(
    zip("\uf0fc\uf0fe\uf050\uf052\uf0ab\uf06c\uf0a1\uf06e\uf0a8\uf075\uf0fb\uf04f", "√√√√★●○■□◆××", strict=True)
)
"""Signs of the fonts Wingdings, as files hold them."""

_SIGN = f"[{re.escape(_TICKS + _SHAPES)}]"
_LEADS = "总牵头 牵头 主办 主责 主导 主抓 主要负责 主要责任 第一责任 主 牵"
_HELPS = "配合 协办 协同 协助 协作 参与 参加 支持 会办 会同 协 配 参"
_DOES = "责任 承办 负责 落实 实施 主体 承担 涉及 责 办"
_WORDS = {
    word: kind for kind, words in ((LEAD, _LEADS), (CO, _HELPS), (RESPONSIBLE, _DOES)) for word in words.split()
} | {"lead": LEAD, "support": CO, "partner": CO}
_LEGEND_WORDS = (
    r"(?:总?牵头|主办|主责|主导|主抓|主要负责|主要责任|第一责任|负主责)|(?:配合|协办|协同|协助|协作|参与|参加|支持|会办)|(?:责任|承办|负责|落实|实施|涉及)"
    r"|\b(?:[Ll]ead|[Ss]upport|[Pp]artner|[Cc]ontribut)"
)
_ORGAN = r"(?:单位|部门|科室|处室|股室|方|者|机构)"
_EXPLAINED = re.compile(rf"(?:表示|为|是)?(?:{_LEGEND_WORDS}){_ORGAN}")
_MARK = rf"(?P<sign>{_SIGN}|(?<![A-Za-z])[A-Za-z](?![A-Za-z]))"
_BEHIND = re.compile(
    rf"{_MARK}[”\"'’\])]*\s*(?:号|标记|标识|符号|标注)*(?:的|者)?{_ORGAN}?\s*(?P<link>(?:为|是|系|即|表示|代表|指|标明|:|=|[-—–]{{1,2}}|\(|“)*)\s*"
    rf"(?:该|本|各)?(?:项|任务|工作|事项)*(?:的)?(?P<word>{_LEGEND_WORDS})"
)
"""★为牵头单位，△表示配合单位; 打√的为参与单位"""

_BEFORE = re.compile(
    rf"(?P<word>{_LEGEND_WORDS})(?:责任|负责|实施|落实|推进|配合)*{_ORGAN}?(?:均|分别)?(?:的)?(?:(?:为|以|用|标|打|注|记|画|划|加|:|=|\((?=[“\"]?.[”\"]?\))|[-—–]{{1,2}})+(?:上|有|注|记|示|出|以|用|为)*[“\"'‘(\[]*|[“\"]){_MARK}"
)
"""牵头单位用★表示; 配合（△）"""

_LONGEST = 30
"""Signs of a cell that only says which part a unit has, a note behind it counted."""

_LEGEND = 60
"""Signs of a line that only explains signs."""

_NAMED = re.compile(rf"{_ORGAN}\s*:\s*[\u4e00-\u9fff]")
_NOTHING = re.compile(r"^(?:[-—–/\\×✗✘0]*|否|无|空)$")
_BOXED = re.compile(r"^(?P<sign>.)\((?P<word>[^()]{1,6})\)$|^\((?P<only>[^()]{1,6})\)$")
_NOTED = re.compile(rf"^(?P<sign>{_SIGN})\((?P<note>[^()]{{2,20}})\)$")
_BESIDE_NAME = re.compile(
    rf"(?:(?<=^)|(?<=[、,;\s]))(?P<before>{_SIGN})\s*(?P<one>[\u4e00-\u9fff()]{{3,30}})(?=[、,;\s]|$)"
    rf"|(?:(?<=^)|(?<=[、,;\s]))(?P<two>[\u4e00-\u9fff()]{{3,30}}?)\s*\(?(?P<after>{_SIGN})\)?(?=[、,;\s]|$)"
)
_SAID = {LEAD: "（牵头）", CO: "（配合）", RESPONSIBLE: ""}
_LATIN = re.compile(r"^[A-Za-z]$")
_ROW = re.compile(
    rf"[{re.escape(_TICKS + _SHAPES + ''.join(OF_FONTS))}]|\t(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))}|牵头单位|配合单位|Lead|Support|[LSAB])(?:\t|$)"
)
"""What stands in a row of nearly every table of that kind; asked of every row, so that others cost nothing."""


def may_hold_signs(rows: Iterable[str]) -> bool:
    """Whether one of the rows, its cells apart by tabs, may have a sign in it or a cell that only says which part a unit has.

    牵头单位 alone in a cell is a head unless it comes again.
    """
    heads = 0
    for found in filter(None, map(_ROW.search, rows)):
        heads += found[0].rstrip("\t").endswith("单位")
        if heads > 1 or not found[0].rstrip("\t").endswith("单位"):
            return True
    return False


@lru_cache(maxsize=1024)
def sign_in(cell: str) -> str | None:
    """What a cell says of a unit's part: a role (牵头, 协), else the sign itself; empty for nothing, None for any other text."""
    if len(cell) > _LONGEST:
        return None
    flat = squeeze(shadow(cell))
    flat = OF_FONTS.get(flat, flat)
    if _NOTHING.match(flat):
        return ""
    if noted := _NOTED.match(flat):
        flat = noted["note"] if sign_in(noted["note"]) in _SAID else noted["sign"]
    boxed = _BOXED.match(flat)
    if boxed:
        flat = boxed["word"] or boxed["only"]
        return sign_in(flat) if len(flat) > 1 or flat in _WORDS else None
    bare = re.sub(rf"^{_SIGN}|{_SIGN}$|(?:责任|负责)?{_ORGAN}$", "", flat).lower() if len(flat) > 1 else flat
    if bare in _WORDS:
        return _WORDS[bare]
    if len(flat) != 1:
        return None
    if flat in _TICKS:
        return TICK
    return flat if flat in _SHAPES or _LATIN.match(flat) else None


def note_in(cell: str) -> str:
    """What stands in a bracket behind a sign and is no word for a part: △（提供数据）."""
    found = _NOTED.match(squeeze(shadow(cell)))
    return found["note"] if found and found["note"] not in _WORDS else ""


def spoken(text: str, legend: Mapping[str, str]) -> str:
    """A list of units with the signs before or behind their names as words: ★区甲局、区乙局△ is 区甲局（牵头）、区乙局（配合）."""

    def said(found: re.Match[str]) -> str:
        sign = found["before"] or found["after"]
        role = legend.get(TICK if sign in _TICKS else sign)
        name = "one" if found["before"] else "two"
        return text[found.start(name) : found.end(name)] + _SAID[role] if role else text[found.start() : found.end()]

    return _BESIDE_NAME.sub(said, shadow(text)) if _ANY.search(text) else text


def has_signs(text: str) -> bool:
    """Whether any such sign stands in a text."""
    return bool(_ANY.search(text))


def legend_of(lines: Sequence[Line]) -> dict[str, str]:
    """What the paper says that signs mean, wherever it says so."""
    out: dict[str, str] = {}
    for text in (
        text for line in lines for text in line.cells or (line.text,) if _MAY.search(text) and sign_in(text) is None
    ):
        for sign, role in legend_in(text).items():
            out.setdefault(sign, role)
    for line in lines:
        for sign, word in pairwise(line.cells or ()):
            if len(sign) < _LEGEND and _ANY.fullmatch(sign.strip()) and _EXPLAINED.fullmatch(squeeze(word)):
                out.setdefault(sign_in(sign) or sign, sign_in(word) or RESPONSIBLE)
    return out


def legend_in(text: str) -> dict[str, str]:
    """The signs that a text explains, with the role of each."""
    flat = shadow(text)
    found = list(_BEFORE.finditer(flat)) or [
        each for each in _BEHIND.finditer(flat) if each["link"] or not each["sign"].isascii()
    ]
    return {(TICK if each["sign"] in _TICKS else each["sign"]): _role(each["word"]) for each in found}


def is_legend(text: str) -> bool:
    """Whether a line says hardly anything but what signs mean."""
    return len(squeeze(text)) <= _LEGEND and not _NAMED.search(shadow(text)) and bool(legend_in(text))


def head_of(sign: str) -> str:
    """The head of the column of units under a sign that nobody explains."""
    return {"*": "＊", "#": "＃"}.get(sign, sign)


def is_sign(head: str) -> bool:
    """Whether a head is nothing but such a sign."""
    return (
        len(head) == 1
        and (head in _SHAPES or head in _TICKS or head in "＊＃" or bool(_LATIN.match(head)))
        and head != "#"
    )


def _role(word: str) -> str:
    word = word.lower()
    if word in ("负主责", "lead") or _WORDS.get(word) == LEAD:
        return LEAD
    return RESPONSIBLE if _WORDS.get(word) == RESPONSIBLE else CO
