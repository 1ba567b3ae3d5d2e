"""Knows points that are counted in words (一是…；二是…) and have units of their own: each is a task."""

from __future__ import annotations

import re
from dataclasses import replace

from core.rules.notice.brackets import brackets_out, duty_brackets
from core.rules.notice.node import Node
from core.rules.notice.numerals import numeral
from core.rules.notice.shadow import Line, shadow

_MARK = re.compile(r"(?:^|(?<=[。;:,!?)]))\s*(?P<n>[一二三四五六七八九十]{1,2})(?:是|要)(?=\S)")
_FIRST = re.compile(r"^\s*(?P<n>[一二三四五六七八九十]{1,3})(?:是|要)(?=\S)")
_NAMED = re.compile(r"[。;][^。;]*(?:牵头|负责|主办|(?:单位|部门)[:\u4e00-\u9fff])")
"""A sentence behind the first one that says who does it."""

_LEAST = 3
_ENDS = " ，,；;。"


def counted(lines: list[Line]) -> list[Line]:
    """The lines with figures for 一是, 二是 where these begin paragraphs that go on over the paper and each says who does it."""
    found = [(place, mark) for place, line in enumerate(lines) if (mark := _FIRST.match(line.flat))]
    named = all(_NAMED.search(lines[place].flat) for place, _ in found)
    if len(found) < _LEAST or not named or [numeral(mark["n"]) for _, mark in found] != [*range(1, len(found) + 1)]:
        return lines
    out = list(lines)
    for number, (place, mark) in enumerate(found, 1):
        out[place] = replace(lines[place], text=f"{number}. {lines[place].text[mark.end() :]}")
    return out


def points_apart(nodes: list[Node]) -> list[Node]:
    """The nodes with such points below their item, each as a node of its own; everything else as it was."""
    out: list[Node] = []
    for node in nodes:
        out.append(node)
        pieces = [] if node.children or node.duties or node.leaders else _pieces(node.text)
        if not pieces:
            continue
        node.parts = [pieces[0].rstrip(_ENDS) or node.parts[0]]
        for number, piece in enumerate(pieces[1:], 1):
            point = Node("ring", number, node.first, node.last, [piece.lstrip().strip(_ENDS)], parent=node)
            node.children.append(point)
            out.append(point)
    return out


def _pieces(text: str) -> list[str]:
    """What stands before the points, then the points without their marks; empty unless each names its units."""
    flat = shadow(text)
    marks = list(_MARK.finditer(flat))
    if len(marks) < 2 or marks[0]["n"] != "一":
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    points = [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    named = [duty_brackets(point.rstrip(_ENDS)) for point in points]
    trailing = all(not brackets_out(point)[0].rstrip(_ENDS).endswith(("）", ")")) for point in points)
    return [text[: marks[0].start()], *points] if all(len(each) == 1 for each in named) and trailing else []
