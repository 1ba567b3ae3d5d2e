"""Knows the roll of units of a notice: every name once, and what the group terms stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.rules.notice.model import Unit
from core.rules.notice.names import is_group
from core.rules.notice.shadow import shadow

_TOWN = re.compile(r"镇$|(?<!街道办)(?<!.社)乡$")
_STREET = re.compile(r"街道(?:办事处)?$")
_DISTRICT = re.compile(r"^(?!.*(?:园区|新区|开发区|管理区)$)[\u4e00-\u9fff]{2,6}(?:区|县|市)(?:人民政府|政府)?$")


def roll(names: Iterable[str]) -> tuple[Unit, ...]:
    """The units in order of first mention, groups with the members that the notice itself names."""
    known = list(dict.fromkeys(names))
    single = [name for name in known if not is_group(name)]
    return tuple(Unit(n, "group", members(n, single)) if is_group(n) else Unit(n) for n in known)


def members(term: str, units: list[str]) -> tuple[str, ...]:
    """The units that a group term stands for, as far as their names leave no doubt; empty where they do."""
    flat = shadow(term)
    if not flat.startswith(("各", "全区各", "全县各", "全市各")) or re.search(r"有关|相关|部门|企业", flat):
        return ()
    wanted = []
    if re.search(r"镇|乡", flat):
        wanted.append(_TOWN)
    if re.search(r"街", flat):
        wanted.append(_STREET)
    if re.match(r"各(?:县|市|区|旗)", flat) and not wanted:
        wanted.append(_DISTRICT)
    return tuple(name for name in units if any(pattern.search(shadow(name)) for pattern in wanted))
