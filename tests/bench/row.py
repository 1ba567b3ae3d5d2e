"""Knows what a row of the bench is: its figures with their targets, and how one repeat of it is measured."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import rows as package


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `counted` is no matter of speed (lost, violations): the worst repeat counts, on any machine."""

    name: str
    says: str
    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None
    counted: bool = False

    def of(self, values: list[float]) -> float:
        """What stands for all repeats."""
        if not self.counted:
            return median(values)
        return max(values) if self.at_least is None else min(values)

    def met(self, value: float) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.at_least is None and self.at_most is None:
            return None
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True, slots=True)
class Row:
    """`measure(folder, **full)` is one repeat in a process of its own: an empty folder in, {figure: value} out.

    `smoke` are the same parameters, so small that it takes a second or two; the test of every row plays it.
    """

    what: str
    figures: tuple[Figure, ...]
    measure: Callable[..., dict[str, float]]
    full: Mapping[str, Any] = field(default_factory=dict)
    smoke: Mapping[str, Any] = field(default_factory=dict)
    repeats: int = 3
    note: str = ""

    def play(self, folder: Path, small: bool) -> dict[str, float]:
        """One repeat. Raises ValueError where the row's figures and its measurement differ."""
        found = self.measure(folder, **(self.smoke if small else self.full))
        if set(found) != {figure.name for figure in self.figures}:
            raise ValueError(f"measured {sorted(found)}, announced {[figure.name for figure in self.figures]}")
        return found


def names() -> list[str]:
    """Every row is the name of its file."""
    return sorted(info.name for info in pkgutil.iter_modules(package.__path__))


def row(name: str) -> Row:
    """That row alone: what the others import would count as the memory of this one."""
    found: Row = importlib.import_module(f"{package.__name__}.{name}").ROW
    return found


@cache
def rows() -> dict[str, Row]:
    """Every row by its name."""
    return {name: row(name) for name in names()}
