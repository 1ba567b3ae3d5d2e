"""Knows how a long list is cut into pages, and the buttons that turn them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from core.words.message import Button
from core.words.voice import Voice

T = TypeVar("T")


def paged(rows: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, int]:
    """(what stands on the page, that page or the nearest there is, how many there are). Pages count from 0."""
    pages = max(1, -(-len(rows) // size))
    page = min(max(page, 0), pages - 1)
    return rows[page * size : (page + 1) * size], page, pages


def turning(
    said: Voice,
    to: str | Callable[[int], str],
    page: int,
    pages: int,
    *,
    after: str = "",
    middle: Button | None = None,
    beyond: Button | None = None,
) -> tuple[tuple[Button, ...], ...]:
    """‹ 上一页 · 下一页 ›, as rows to add to a message's buttons: none where there is nothing in it.

    `to` is what stands before the page's number in an action, or makes the action of a page. `after` is another label for
    the next page; `middle` stands between the two, `beyond` behind them.
    """

    def turn(label: str, number: int) -> Button:
        return Button(label, to(number) if callable(to) else f"{to}:{number}")

    back = turn(said.plain("terms.before"), page - 1) if page > 0 else None
    forth = turn(after or said.plain("terms.after"), page + 1) if page + 1 < pages else None
    row = tuple(each for each in (back, middle, forth, beyond) if each)
    return (row,) if row else ()
