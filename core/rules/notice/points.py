"""Knows points that are counted in words (一是…；二是…) and have units of their own: each is a task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.rules.notice.brackets import brackets_out, duty_brackets
from core.rules.notice.clauses import closing_duty
from core.rules.notice.labels import LABEL, LEAD, RESPONSIBLE, label_kind
from core.rules.notice.marks import mark_of
from core.rules.notice.node import Node
from core.rules.notice.numerals import numeral
from core.rules.notice.sentences import closing_clauses
from core.rules.notice.shadow import Line, shadow

_MARK = re.compile(
    r"(?:^|(?<=[。;:,!?)]))\s*(?:(?P<n>[一二三四五六七八九十]{1,2})(?:是|要)(?=\S)|[第其](?P<th>[一二三四五六七八九])[,、:]|(?P<ring>[①-⑳])\s*[、.]?)"
)
_FIRST = re.compile(
    r"^\s*(?:(?P<n>[一二三四五六七八九十]{1,3})(?:是|要)(?=\S)|[第其](?P<th>[一二三四五六七八九])[,、:])"
)
_NAMED = re.compile(
    r"[。;][^。;]*(?:(?:牵头|负责|主办)(?:[^人同,。;]{0,4}(?=[,。;、])|$)|(?:牵头|责任|主办|承办|主责)(?:单位|部门)[:\u4e00-\u9fff])"
)
"""A sentence behind the first one that says who does it."""

_LEAST = 2
_STYLES = (("num", "{}. "), ("pnum", "（{}）"), ("ring", ""))
_ENDS = " ，,；;。"


def counted(lines: list[Line]) -> list[Line]:
    """The lines with marks for 一是, 二是 where these begin paragraphs that count from one on and each says who does it."""
    found = [(place, n) for place, line in enumerate(lines) if (n := _first(line))]
    if len(found) < _LEAST:
        return lines
    used = {mark.style for line in lines if (mark := mark_of(line.flat))}
    shape = next((shape for style, shape in _STYLES if style not in used), "")
    out = list(lines)
    for run in _runs(found):
        if not all(_says_who(lines, place) for place, _ in run):
            continue
        for place, number in run:
            begin = _FIRST.match(lines[place].flat)
            sign = shape.format(number) or chr(ord("①") + number - 1)
            out[place] = replace(lines[place], text=sign + lines[place].text[begin.end() if begin else 0 :])
    return out


def _first(line: Line) -> int:
    found = _FIRST.match(line.flat) if line.cells is None else None
    return numeral(found["n"] or found["th"]) or 0 if found else 0


def _runs(found: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The parts of a list of (place, number) that count from one on, two at least."""
    run: list[tuple[int, int]] = []
    for each in found:
        if run and each[1] != run[-1][1] + 1:
            if len(run) >= _LEAST:
                yield run
            run = []
        if run or each[1] == 1:
            run.append(each)
    if len(run) >= _LEAST:
        yield run


def _says_who(lines: Sequence[Line], place: int) -> bool:
    line = lines[place]
    if _NAMED.search(line.flat) or duty_brackets(line.text):
        return True
    below = LABEL.match(lines[place + 1].flat.strip()) if place + 1 < len(lines) else None
    return bool(below and label_kind(below) in (LEAD, RESPONSIBLE))


def points_apart(nodes: list[Node]) -> list[Node]:
    """The nodes with such points below their item, each as a node of its own; everything else as it was."""
    out: list[Node] = []
    for node in nodes:
        out.append(node)
        pieces = [] if node.children or node.duties or node.leaders else _pieces(node.text)
        if not pieces:
            continue
        node.parts = [pieces[0].rstrip(_ENDS + ":：") or node.parts[0]]
        for number, piece in enumerate(pieces[1:], 1):
            point = Node("ring", number, node.first, node.last, [piece.lstrip().rstrip(_ENDS)], parent=node)
            node.children.append(point)
            out.append(point)
    return out


def _pieces(text: str) -> list[str]:
    """What stands before the points, then the points without their marks; empty unless each names its units."""
    every = list(_MARK.finditer(shadow(text)))
    for of in ("n", "th", "ring") if len(every) >= _LEAST else ():
        marks = [mark for mark in every if mark[of]]
        if len(marks) < _LEAST or marks[0][of] not in "一①" or not text[: marks[0].start()].strip():
            continue
        ends = [*(mark.start() for mark in marks[1:]), len(text)]
        points = [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
        if all(_says_itself(point.rstrip(_ENDS)) for point in points):
            return [text[: marks[0].start()], *points]
    return []


def _says_itself(point: str) -> bool:
    """True for a point that ends with the bracket or the sentence that says who does it."""
    inside = duty_brackets(point)
    if inside:
        return len(inside) == 1 and not brackets_out(point)[0].rstrip(_ENDS).endswith(("）", ")"))
    return 0 < min(closing_duty(point), closing_clauses(point)) < len(point.rstrip())
