"""Knows what a person may say that a column of a table holds, and in which words."""

from __future__ import annotations

import re

from core.rules.notice.heads import BESIDE, CONTENT, NUMBER, PAIR, SECTION, column_of, is_beside
from core.rules.notice.labels import CO, DUE, LEAD, LEADER, RESPONSIBLE
from core.rules.notice.model import Column
from core.rules.notice.shadow import squeeze
from core.words.voice import LANGUAGES, voice

ROLES = (LEAD, CO, RESPONSIBLE, LEADER, DUE, CONTENT, SECTION, BESIDE)
"""What is offered, in this order; NUMBER and PAIR may be typed."""

_KNOWN = (*ROLES, NUMBER, PAIR)
_UNUSED = re.compile(r"^(?:不用|不要|不需要|无|没有|无关|unused|none|no)[。.]?$")


class ColumnFault(ValueError):
    """A column can't hold what a person says. `kind`: taken (`what` is the column that holds it already) | unfit (`what`: a cell)."""

    def __init__(self, kind: str, name: str, what: str) -> None:
        super().__init__(name)
        self.kind, self.name, self.what = kind, name, what


def fault_in(column: Column) -> ColumnFault | None:
    """What speaks against the role that a person gave to a column; None for nothing."""
    if column.other:
        return ColumnFault("taken", column.name, column.other)
    return None if column.fits else ColumnFault("unfit", column.name, next(iter(column.samples), ""))


def role_of(text: str) -> str:
    """The role that a person names: a button's word, the JSON's word, or any head that the reader knows. Raises ValueError."""
    wanted = squeeze(text).lower()
    for role in _KNOWN:
        words = {squeeze(voice(lang).plain(f"notice.role_{role}")).lower() for lang in LANGUAGES}
        if wanted == role or wanted in words:
            return role
    if found := column_of(text.strip()):
        return found
    if _UNUSED.match(wanted) or is_beside(text.strip()):
        return BESIDE
    raise ValueError(text)
