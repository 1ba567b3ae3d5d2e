"""Knows how a use case says no: a sentence's key and its values, and nothing was changed."""

from __future__ import annotations


class Problem(Exception):
    """Wrong or late input. `key` names a sentence in core/words that says what to do; raising it rolls back."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
