"""Knows how an office's ladder is written in a file: TOML with a table of rungs for plans and one for reports."""

from __future__ import annotations

import tomllib
from typing import Any

from core.rules.ladder import LadderFault, load_ladders, to_data

SUFFIX = ".toml"


def read_ladders(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """The ladders by kind of obligation, checked, as plain data for the office's settings. Raises LadderFault."""
    try:
        found = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LadderFault("toml", str(error), why=str(error)) from None
    return {kind: to_data(ladder) for kind, ladder in load_ladders(found).items()}
