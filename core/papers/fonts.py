"""Knows where the fonts lie that papers and pictures are drawn with."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

SANS = "NotoSansCJKsc-Regular.otf"
SERIF = "NotoSerifCJKsc-Regular.otf"
"""They come with the package mplfonts (SIL Open Font License): a fresh machine needs no font of its own."""


@cache
def font_file(name: str = SANS) -> Path:
    """Where a font lies. Raises RuntimeError naming the remedy where the package is missing."""
    # find_spec does not run the package: importing it would rewrite matplotlib's own settings
    spec = find_spec("mplfonts")
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        file = Path(place) / "fonts" / name
        if file.is_file():
            return file
    raise RuntimeError(f"the font {name} is missing: install the package mplfonts (make install)")
