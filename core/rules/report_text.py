"""Knows how one answer to several tasks is taken apart: by the numbers of a list or by the tasks' own refs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from core.rules.numerals import chinese_number, narrow
from core.rules.refs import mark_of, meanings, typed

_TRIM = " \t\r\n;；,，、|"


@dataclass(frozen=True, slots=True)
class Split:
    """The parts by number, and what stood before the first of them."""

    parts: dict[int, str]
    remainder: str = ""


@dataclass(frozen=True, slots=True)
class RefSplit:
    """The parts by task ref; `unknown` holds parts whose ref was not among those asked for."""

    parts: dict[str, str]
    remainder: str = ""
    unknown: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Head:
    """A number that may open a part: where it starts, where its text starts, and how firmly it stands."""

    number: int
    start: int
    end: int
    level: int


_LINE, _SENTENCE, _SPACE, _NOWHERE = 3, 2, 1, 0

_CN = "[一二三四五六七八九十]{1,3}"
_Reading = Callable[[str], int | None]


def _circled(text: str) -> int:
    code = ord(text)
    return code - next(base for base in (0x2488, 0x2474, 0x2460) if code >= base) + 1


def _chinese(text: str) -> int | None:
    value = chinese_number(text)
    return None if value is None else int(value)


def _either(text: str) -> int | None:
    return int(text) if text.isdigit() else _chinese(text)


_STYLES: tuple[tuple[re.Pattern[str], _Reading], ...] = (
    (re.compile(r"(?<![\d.\-])(\d{1,2})\s?(?:[.、:,](?!\d)|。(?=\s*\S))", re.ASCII), int),
    (re.compile(r"(?<![\d.\-])\(?(\d{1,2})\)[.、:]?", re.ASCII), int),
    (re.compile(r"([\u2460-\u2473\u2474-\u2487\u2488-\u249b])[.、:]?"), _circled),
    (re.compile(r"(?<!\d)(\d)\ufe0f?\u20e3"), int),
    (re.compile(rf"(?:第(\d{{1,2}}|{_CN})[项条个](?:任务|工作)?)\s?[:、,]"), _either),
    (re.compile(rf"(?:任务|事项|[Tt]ask\s?|[Nn]o\.?\s?)(\d{{1,2}}|{_CN})\s?[:、.,)](?!\d)"), _either),
    (re.compile(rf"({_CN})\s?[、.:]"), _chinese),
    (re.compile(rf"\(({_CN})\)[.、:]?"), _chinese),
)
_GLUED = re.compile(r"(?<![\d.\-])(\d{1,2})[.](?=\d)", re.ASCII)
"""`1.420亩`: an item or a decimal; taken for an item only where it completes a run of lines."""
_BARE = re.compile(r"(?<![\d.\-])(\d{1,2})[ \t]+(?=[^\d\s])", re.ASCII)


def split_numbered(text: str, count: int) -> Split | None:
    """An answer to a list of `count` tasks, by the numbers in it; None where it can't be told.

    Understands 1. 1、 1: 1) (1) ① 1️⃣ 一、 （一） 第一项： 任务1：. A number opens a part at the start of a line;
    within a line only where it goes on counting after a sentence end, comma or space. Parts left empty are not answers.
    """
    if count < 2:
        return None
    flat = narrow(text)
    for pattern, reading in _STYLES:
        heads = _choose(_candidates(flat, pattern, reading), count)
        if pattern is _STYLES[0][0] and (run := _with_glued(flat, count, heads)):
            heads = run
        if heads:
            return _cut(text, heads)
    heads = [head for head in _candidates(flat, _BARE, int) if head.level == _LINE]
    if len(heads) > 1 and [head.number for head in heads] == list(range(1, len(heads) + 1)) and len(heads) <= count:
        return _cut(text, heads)
    return None


def by_ref(text: str, refs: Iterable[str]) -> RefSplit | None:
    """An answer whose parts begin with task refs (`2-15：…`, `2-15、2-16：…`); None where no known ref opens one."""
    known = meanings(refs)
    flat = narrow(text)
    heads = [found for found in _REF_HEAD.finditer(flat) if _opens(flat, found) and _likely(found, known)]
    if not any(ref in known for found in heads for ref in _refs(found)):
        return None
    parts: dict[str, list[str]] = {}
    for found, following in zip(heads, [*heads[1:], None], strict=True):
        said = text[found.end() : following.start() if following else len(text)].strip(_TRIM)
        for ref in _refs(found) if said else ():
            parts.setdefault(known.get(ref, ref), []).append(said)
    joined = {ref: "\n".join(pieces) for ref, pieces in parts.items()}
    return RefSplit(
        {ref: said for ref, said in joined.items() if ref in known.values()},
        text[: heads[0].start()].strip(_TRIM),
        {ref: said for ref, said in joined.items() if ref not in known.values()},
    )


def split_answer(text: str, refs: Sequence[str]) -> RefSplit | None:
    """An answer to a reminder that listed `refs` in this order: by refs if it names any, else by the list's numbers."""
    found = by_ref(text, refs)
    if found:
        return found
    numbered = split_numbered(text, len(refs))
    if numbered is None:
        return None
    return RefSplit({refs[number - 1]: said for number, said in numbered.parts.items()}, numbered.remainder)


_REF = r"(?:(?:20)?\d\d[b-z]?[ \t]?[·•・年/][ \t]?)?\d{1,2}[ \t]?-[ \t]?\d{1,3}"
_REF_HEAD = re.compile(
    rf"(?<![\d.\-])(?:任务|事项|[Tt]ask[ \t]?|#|第|[(\[【])?[ \t]?"
    rf"(?P<refs>{_REF}(?:[ \t]?[、,和及&][ \t]?{_REF})*)(?![\d\-])"
    r"(?P<mark>号?[)\]】]?[ \t]?(?::|[、.,](?!\d))|号?[)\]】][ \t]?|号?[ \t]+|(?=[已正未尚完推开启全按现本我]))",
    re.ASCII,
)


def _refs(found: re.Match[str]) -> list[str]:
    return [typed(re.sub(r"\s", "", ref)) for ref in re.findall(_REF, found["refs"], re.ASCII)]


def _likely(found: re.Match[str], known: dict[str, str]) -> bool:
    """A year before figures is a mark only where a task has it: `2024年3-5月` opens nothing."""
    return all(not mark_of(ref) or ref in known for ref in _refs(found))


def _opens(flat: str, found: re.Match[str]) -> bool:
    """A ref with a colon opens a part after any break; one that only stands before a space, at a line start."""
    level = _level(flat, found.start())
    return level == _LINE or (level > _NOWHERE and found["mark"].strip()[-1:] in (":", ")", "]", "】"))


def _level(flat: str, start: int) -> int:
    before = flat[:start].rstrip(" \t")
    if not before or before[-1] in "\r\n":
        return _LINE
    if before[-1] in "。;!?":
        return _SENTENCE
    return _SPACE if len(before) < start or before[-1] in ",、" else _NOWHERE


def _candidates(flat: str, pattern: re.Pattern[str], reading: _Reading) -> list[_Head]:
    heads = []
    for found in pattern.finditer(flat):
        number, level = reading(found[1]), _level(flat, found.start())
        # "全长约 1. 5 公里": a figure torn apart by a space, not a second item
        torn = level == _SPACE and found[0].rstrip().endswith(".") and flat[found.end() :].lstrip()[:1].isdigit()
        if number is not None and level and not torn:
            heads.append(_Head(number, found.start(), found.end(), level))
    return heads


def _choose(candidates: list[_Head], count: int) -> list[_Head]:
    """The heads that make a list; empty where they contradict each other."""
    chosen: list[_Head] = []
    for head in candidates:
        last = chosen[-1].number if chosen else 0
        if head.level == _LINE:
            chosen = [one for one in chosen if one.number != head.number or one.level == _LINE]
            chosen.append(head)
        elif head.number == last + 1 or (head.level == _SENTENCE and head.number > last and chosen):
            chosen.append(head)
    numbers = [head.number for head in chosen]
    if not numbers or len(set(numbers)) < len(numbers) or not all(1 <= number <= count for number in numbers):
        return []
    return chosen if chosen[0].level == _LINE or len(chosen) > 1 else []


def _with_glued(flat: str, count: int, heads: list[_Head]) -> list[_Head]:
    glued = [head for head in _candidates(flat, _GLUED, int) if head.level == _LINE]
    run = sorted([*heads, *glued], key=lambda head: head.start)
    complete = [head.number for head in run] == list(range(1, len(run) + 1))
    return run if glued and complete and 2 <= len(run) <= count else []


def _cut(text: str, heads: list[_Head]) -> Split | None:
    parts = {}
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        said = text[head.end : following.start if following else len(text)].strip(_TRIM)
        if said:
            parts[head.number] = said
    return Split(parts, text[: heads[0].start].strip(_TRIM)) if parts else None
