"""Knows the straight lines and the pictures of a PDF page as pdfium has them, those in forms within forms too."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from core.papers.notice.ruling import Point, edge_of

Matrix = tuple[float, float, float, float, float, float]

_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEP = 12


def things_on(page: Any, most: int) -> list[tuple[Any, int, Matrix]]:
    """(object, its type, where its space lies on the page) of everything drawn; more than `most` + 1 are not looked at."""
    out: list[tuple[Any, int, Matrix]] = []

    def look(count: int, get: Callable[[int], Any], space: Matrix, deep: int) -> None:
        for place in range(count):
            if len(out) > most:
                return
            thing = get(place)
            kind = pdfium.FPDFPageObj_GetType(thing)
            out.append((thing, kind, space))
            if kind == pdfium.FPDF_PAGEOBJ_FORM and deep < _DEEP:
                inner = _within(_matrix(thing), space)
                count_inside = pdfium.FPDFFormObj_CountObjects(thing)
                look(count_inside, partial(pdfium.FPDFFormObj_GetObject, thing), inner, deep + 1)

    look(pdfium.FPDFPage_CountObjects(page), partial(pdfium.FPDFPage_GetObject, page), _SAME, 0)
    return out


def lines_of(things: list[tuple[Any, int, Matrix]], shown: Callable[[float, float], Point]) -> Iterator[dict[str, Any]]:
    """Lines across and down as pdfplumber has its edges; `shown` is where a point of the paper stands as a person sees it."""
    for thing, kind, space in things:
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        matrix = _within(_matrix(thing), space)
        for one, two in _segments(thing):
            if edge := edge_of(shown(*_at(matrix, one)), shown(*_at(matrix, two))):
                yield edge


def pictures_of(things: list[tuple[Any, int, Matrix]]) -> float:
    """The area in square points that pictures cover."""
    area = 0.0
    for thing, kind, space in things:
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d, _, _ = _within(_matrix(thing), space)
            area += abs(a * d - b * c)
    return area


def _segments(path: Any) -> Iterator[tuple[Point, Point]]:
    """The straight pieces of a path in its own space."""
    at = start = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(pdfium.FPDFPath_CountSegments(path)):
        piece = pdfium.FPDFPath_GetPathSegment(path, place)
        pdfium.FPDFPathSegment_GetPoint(piece, x, y)
        to = (x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(piece)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = to
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield at, to
        at = to
        if pdfium.FPDFPathSegment_GetClose(piece):
            yield at, start
            at = start


def _matrix(thing: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _within(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _at(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f
