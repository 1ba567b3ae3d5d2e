"""Knows how ruled lines on a page make the cells of a table, merged ones too (pdfplumber's geometry does the finding)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points."""

Point = tuple[float, float]

_STRAIGHT = 1.0
"""Points that a line across or down may lean."""

_NEAR = 3.0
_MOST_EDGES = 6000
"""Lines of one page; a full page of a table has some hundred, a map or a drawing has many more."""


def edge_of(one: Point, two: Point) -> dict[str, Any] | None:
    """A line between two points of a page as pdfplumber has its edges; None where it goes neither across nor down."""
    across, down = abs(one[0] - two[0]), abs(one[1] - two[1])
    if min(across, down) > _STRAIGHT or max(across, down) < _STRAIGHT:
        return None
    return {
        "x0": min(one[0], two[0]),
        "x1": max(one[0], two[0]),
        "top": min(one[1], two[1]),
        "bottom": max(one[1], two[1]),
        "width": across,
        "height": down,
        "orientation": "h" if across > down else "v",
        "object_type": "line",
    }


@dataclass(slots=True)
class Grid:
    """A table: its cells, the tops of its rows and the left sides of its columns."""

    boxes: list[Box]
    tops: list[float]
    lefts: list[float]

    @property
    def columns(self) -> int:
        return len(self.lefts)

    def box_of(self, point: tuple[float, float]) -> Box | None:
        x, y = point
        return next((box for box in self.boxes if box[0] <= x < box[2] and box[1] <= y < box[3]), None)

    def rows(self) -> list[list[Box | None]]:
        """Per row and column the cell: one merged downwards stands in each of its rows, one merged sideways only once."""
        return [[self._at(left, top) for left in self.lefts] for top in self.tops]

    def _at(self, left: float, top: float) -> Box | None:
        found = self.box_of((left + _NEAR / 2, top + _NEAR / 2))
        return found if found and abs(found[0] - left) < _NEAR else None


def grids_in(edges: list[dict[str, Any]]) -> list[Grid]:
    """The tables that straight lines draw."""
    straight = [edge for edge in edges if edge.get("orientation") in ("h", "v")]
    long = [edge for edge in straight if edge["x1"] - edge["x0"] > _NEAR or edge["bottom"] - edge["top"] > _NEAR]
    if not long or len(long) > _MOST_EDGES:
        return []
    merged = merge_edges(long, _NEAR, _NEAR, _NEAR, _NEAR)
    boxes = intersections_to_cells(edges_to_intersections(merged, _NEAR, _NEAR))
    out = []
    for cells in cells_to_tables(boxes):
        tops = sorted({round(box[1], 1) for box in cells})
        lefts = sorted({round(box[0], 1) for box in cells})
        out.append(Grid([(x0, top, x1, bottom) for x0, top, x1, bottom in cells], tops, lefts))
    return out
