"""Knows how a plan pasted in one piece is taken apart into the annual goal and a brief for each month."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from core.rules.month_clauses import LOOSE, Clause, clauses, continuing
from core.rules.month_heads import GOAL, MONTHS, NAMED, REST, Named, named_months
from core.rules.numerals import narrow
from core.rules.report_text import split_numbered

_TRIM = " \t\r\n;；,，、|"


@dataclass(frozen=True, slots=True)
class PlanParse:
    """What a pasted text says about a plan.

    `unknown`: pieces that belong to no month of the form. `duplicates`: months given more than once (their texts are
    joined, none is lost). `missing`: months of the form without text. `assumed`: the text named no months and was
    taken by the order of its numbers; to be confirmed by the person.
    """

    months: dict[int, str] = field(default_factory=dict)
    goal: str | None = None
    unknown: list[str] = field(default_factory=list)
    duplicates: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    assumed: bool = False


class _Kind(Enum):
    MONTHS = "months"
    REST = "rest"
    GOAL = "goal"


@dataclass(frozen=True, slots=True)
class _Head:
    """A head: where its paragraph is cut off from the one before, and where its own text starts."""

    kind: _Kind
    cut: int
    start: int
    named: Named = Named(())
    detail: bool = False
    line: bool = False
    short: bool = False
    strong: bool = False


def parse_plan_months(text: str, months: Sequence[int], year: int | None = None) -> PlanParse:
    """A pasted plan by the months of the form; with `year`, paragraphs of another year count as unknown.

    A month opens a paragraph where a colon (or bracket) follows it and a line, sentence, comma or space ends before
    it; at the start of a line a space, comma or dash will do. `6月底前` within a sentence opens nothing. A range gives
    its text to each of its months; `每月：` to the months that have none of their own.
    """
    flat = narrow(text)
    heads = _heads(flat, months)
    if not any(head.kind is not _Kind.GOAL for head in heads):
        by_order = _by_order(text, months)
        if by_order:
            return by_order
    return _gather(text, heads, months, year, flat)


def _heads(flat: str, months: Sequence[int]) -> list[_Head]:
    lists = _list_numbers(flat, months)
    found = sorted([*_month_heads(flat, lists), *_rest_heads(flat)], key=lambda head: head.cut)
    if not any(head.strong for head in found):
        found = _loose_lines(flat) or [*_spaced(flat)] or [_opened(one) for one in clauses(flat)] or found
    heads = _without_overlap(found)
    heads = sorted([*heads, *_continuing(flat, heads)], key=lambda head: head.cut)
    first = heads[0].cut if heads else len(flat)
    return sorted([*heads, *_goal_heads(flat, first, heads)], key=lambda head: head.cut)


# -- where a head may stand ------------------------------------------------------------------------------------------

_MARK = re.compile(r"(?:[-*•·●○▪◆※>]|\(?\d{1,2}[).、]|[一二三四五六七八九十]{1,3}、|[①-⑳])[ \t]*$")
_COLON = re.compile(r"[ \t]*:[ \t]*")
_MONTH_COLON = re.compile(r"[ \t]*(?:\([^()\n]{1,8}\))?(?:(?:重点|工作|目标|任务|计划|进度|安排){1,2})?[ \t]*:[ \t]*")
_WEAK = re.compile(r"[ \t]*-+[ \t]*(?=\S)|[ \t]+(?=\S)|[、,./](?!\d)|[ \t]*(?=\n|\r|$)")
_GOAL_BARE = re.compile(r"[ \t]*\n[ \t]*|[ \t]+(?=\S)")
_CLOSING = {"(": ")", "[": "]", "【": "】"}


def _before(flat: str, start: int) -> tuple[int, str]:
    """Where to cut before a head at `start`, and what it follows: "line", "end" (a break within a line) or ""."""
    line = flat.rfind("\n", 0, start) + 1
    mark = _MARK.search(flat, line, start)
    for cut in (mark.start() if mark else start, start):
        prefix = flat[line:cut]
        if not prefix.strip():
            return line, "line"
        bare = prefix.rstrip()
        if bare[-1] in "。;!?|:" or (len(bare) < len(prefix) and bare[-1] != "、"):
            return cut, "end"
        if bare[-1] in ",、" and not (len(bare) > 1 and (bare[-2] == "月" or bare[-2].isdigit())):
            return cut, "end"
    return start, ""


def _month_heads(flat: str, lists: bool) -> Iterator[_Head]:
    for found in NAMED.finditer(flat):
        start, end = found.span()
        numbered = re.match(r"\d{1,2}[、.,](?=\d{1,2}[ \t]?月)", found[0]) if lists else None
        inner = NAMED.match(flat, start + numbered.end()) if numbered else None
        found = inner or found
        opening = flat[start - 1 : start]
        close = _CLOSING.get(opening)
        if close and flat[end : end + 1] == close:
            cut, place = _before(flat, start - 1)
            if place == "line" or opening == "【":
                colon = _COLON.match(flat, end + 1)
                after = colon.end() if colon else end + 1
                yield _Head(_Kind.MONTHS, cut, after, named_months(found), line=place == "line", strong=True)
            continue
        cut, place = _before(flat, start)
        colon = _MONTH_COLON.match(flat, found.end())
        if colon and place:
            after = found.start("detail") if found["detail"] else colon.end()
            yield _Head(
                _Kind.MONTHS, cut, after, named_months(found), bool(found["detail"]), place == "line", strong=True
            )
        elif place == "line" and not found["detail"] and (weak := _WEAK.match(flat, found.end())):
            # "May need …": an English month needs more than a space
            if found["english"] and not weak[0].strip().startswith("-"):
                continue
            yield _Head(_Kind.MONTHS, cut, weak.end(), named_months(found), line=True)


def _rest_heads(flat: str) -> Iterator[_Head]:
    for found in REST.finditer(flat):
        cut, place = _before(flat, found.start())
        colon = _COLON.match(flat, found.end())
        if colon and place:
            yield _Head(_Kind.REST, cut, colon.end(), line=place == "line", strong=True)


def _goal_heads(flat: str, first: int, heads: list[_Head]) -> list[_Head]:
    """The one head of the annual goal.

    A bare `目标：` counts before the first month, or as the only one at a line start: several of them are the months'
    own goals.
    """
    taken = {head.start for head in heads}
    found = []
    for match in GOAL.finditer(flat):
        cut, place = _before(flat, match.start())
        colon = _COLON.match(flat, match.end())
        if not colon and not flat[:cut].strip() and cut < first:
            colon = _GOAL_BARE.match(flat, match.end())
        if colon and place and match.start() not in taken:
            head = _Head(_Kind.GOAL, cut, colon.end(), line=place == "line", short=bool(match["short"]))
            found.append(head)
    shorts = [head for head in found if head.short]
    for head in found:
        if not head.short or head.cut < first or (head.line and len(shorts) == 1 and len(found) == 1):
            return [head]
    return []


def _list_numbers(flat: str, months: Sequence[int]) -> bool:
    """Whether `1、3月` at the line starts is a numbered list rather than January and March."""
    numbers = [int(one) for one in re.findall(r"(?m)^[ \t]*(\d{1,2})[、.,]\d{1,2}[ \t]?月", flat)]
    counted = numbers == list(range(1, len(numbers) + 1))
    return bool(numbers) and counted and (len(numbers) > 1 or 1 not in months)


def _opened(clause: Clause) -> _Head:
    return _Head(_Kind.MONTHS, clause.cut, clause.start, clause.named)


def _continuing(flat: str, heads: list[_Head]) -> Iterator[_Head]:
    """Within a month's own words the next month goes on without a colon: `3月：选址，4月开工，5-8月施工`."""
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        if head.kind is _Kind.MONTHS and head.named.months and not head.detail:
            end = following.cut if following else len(flat)
            for clause in continuing(flat, head.start, end, head.named.months[-1]):
                yield _opened(clause)


def _loose_lines(flat: str) -> list[_Head]:
    """Every sentence begins with a month and goes on at once: `3月完成方案。4月开工。`, ascending."""
    heads = []
    for sentence in re.finditer(r"\s*([^。;\n]+)[。;\n]*", flat):
        if not sentence[1].strip():
            continue
        found = LOOSE.match(flat, sentence.start(1))
        if not found or found["english"]:
            return []
        line = not flat[: sentence.start(1)].rstrip(" \t") or "\n" in sentence[0]
        heads.append(_Head(_Kind.MONTHS, sentence.start(1), found.end(), named_months(found), line=line))
    ordered = all(before.named.months < after.named.months for before, after in zip(heads, heads[1:], strict=False))
    return heads if len(heads) > 1 and ordered else []


def opening_month(text: str, months: Sequence[int]) -> tuple[int, str] | None:
    """The month that opens a single sentence (`3月完成方案`) and the rest of it; None for `6月底前…` and the like."""
    found = LOOSE.match(narrow(text).strip())
    if not found or found["english"]:
        return None
    named = [month for month in named_months(found).months if month in months]
    return (named[0], text.strip()[found.end() :].strip()) if len(named) == 1 else None


_SPACED = re.compile(rf"(?:^|(?<=\s))(?:{MONTHS})[ \t]+(?=\S)", re.IGNORECASE)


def _spaced(flat: str) -> list[_Head]:
    """All in one row, told apart by spaces only: `3月 制定方案 4月 开工`."""
    heads = [
        _Head(_Kind.MONTHS, found.start(), found.end(), named_months(found))
        for found in _SPACED.finditer(flat)
        if not found["english"]
    ]
    return heads if len(heads) > 1 and not flat[: heads[0].cut].strip() else []


def _without_overlap(heads: list[_Head]) -> list[_Head]:
    kept: list[_Head] = []
    for head in heads:
        if not kept or head.cut >= kept[-1].start or head.start > kept[-1].start and head.cut > kept[-1].cut:
            kept.append(head)
    return kept


# -- what the paragraphs say -----------------------------------------------------------------------------------------

_FORM_HEADER = re.compile(r"月[ \t]*份?[ \t]*[\t|]?[ \t]*(?:目标)?任务(?:进度)?(?:简述)?")


def _gather(text: str, heads: list[_Head], months: Sequence[int], year: int | None, flat: str) -> PlanParse:
    pieces: dict[int, list[tuple[bool, str]]] = {}
    rest: list[str] = []
    unknown: list[str] = []
    goal: str | None = None
    preamble = text[: heads[0].cut if heads else len(text)].strip(_TRIM)
    if preamble and not _FORM_HEADER.fullmatch(narrow(preamble)):
        unknown.append(preamble)
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        end = following.cut if following else len(text)
        said = text[head.start : end].strip(_TRIM)
        if not said:
            continue
        if head.kind is _Kind.GOAL:
            goal = said
        elif head.kind is _Kind.REST:
            rest.append(said)
        else:
            owners = _owners(head, months, year)
            for month in owners:
                pieces.setdefault(month, []).append((head.detail, said))
            if not owners:
                unknown.append(text[head.cut : end].strip(_TRIM))
    found = {month: "\n".join(said for _, said in pieces[month]) for month in months if month in pieces}
    if rest:
        found = {month: found.get(month, "\n".join(rest)) for month in months}
    return PlanParse(
        found,
        goal,
        unknown,
        [month for month in months if sum(not detail for detail, _ in pieces.get(month, ())) > 1],
        [month for month in months if month not in found],
    )


def _owners(head: _Head, months: Sequence[int], year: int | None) -> list[int]:
    if year is not None and head.named.year not in (None, year):
        return []
    return [month for month in head.named.months if month in months]


def _by_order(text: str, months: Sequence[int]) -> PlanParse | None:
    """A list that names no months: 1 to n for the n months of the form, or the months' own numbers."""
    split = split_numbered(text, 12)
    if split is None or len(split.parts) < 2:
        return None
    numbers = list(split.parts)
    if numbers == list(range(1, len(months) + 1)):
        found = {month: split.parts[number] for number, month in enumerate(months, 1)}
    elif numbers == sorted(numbers) and set(numbers) <= set(months):
        found = dict(split.parts)
    else:
        return None
    unknown = [split.remainder] if split.remainder else []
    return PlanParse(found, None, unknown, [], [month for month in months if month not in found], assumed=True)
