"""Knows what a revised notice changes: which clause is new, changed, moved or dropped, told from its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any
from zlib import crc32

from core.rules.notice.model import heads_of
from core.rules.notice.shadow import shadow, squeeze

ALIKE = 0.6
"""Likeness of two clauses' words from which one is the other changed (1 is equal)."""

_SAME_REF = 0.35
"""The same under one number: a clause may be rewritten and keep its place."""

_MOST_PAIRS = 20_000
_YEAR = re.compile(r"20\d\d")
FIELDS = ("content", "lead", "co", "responsible", "due", "leader")


@dataclass(frozen=True, slots=True)
class Clause:
    """One difference. kind: new | changed | moved (another number only) | dropped. `what` names the fields that changed."""

    kind: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None
    what: tuple[str, ...] = ()

    @property
    def old_ref(self) -> str:
        return str(self.old["ref"]) if self.old else ""

    @property
    def new_ref(self) -> str:
        return str(self.new["ref"]) if self.new else ""

    @property
    def renumbered(self) -> bool:
        return bool(self.old and self.new) and self.old_ref != self.new_ref

    @property
    def units(self) -> tuple[str, ...]:
        """Everybody with a part in it before or after."""
        both = [side for side in (self.old, self.new) if side]
        return tuple(
            dict.fromkeys(name for side in both for name in (*side["lead"], *side["co"], *side["responsible"]))
        )


@dataclass(frozen=True, slots=True)
class Revision:
    """`clauses` in the order of the new notice, dropped ones last; `same` counts what stays; `due` is (before, after)."""

    clauses: tuple[Clause, ...]
    same: int
    due: tuple[str | None, str | None] = (None, None)
    pairs: tuple[tuple[str, str], ...] = ()
    """(old ref, new ref) of every clause that stays, changed or not."""

    @property
    def empty(self) -> bool:
        return not self.clauses and self.due[0] == self.due[1]

    def count(self, kind: str) -> int:
        return sum(clause.kind == kind for clause in self.clauses)

    @property
    def digest(self) -> str:
        """Changes when the differences do."""
        seen = [
            (c.kind, c.old_ref, c.new_ref, [_fact(c.new, f) for f in FIELDS] if c.new else []) for c in self.clauses
        ]
        return f"{crc32(repr((seen, self.due)).encode()):08x}"


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Revision:
    """The differences between two readings of a notice (the reader's JSON)."""
    before, after = _tasks(old), _tasks(new)
    pairs = _paired(before, after)
    clauses = []
    for task in after:
        known = pairs.get(task["ref"])
        if known is None:
            clauses.append(Clause("new", None, task))
            continue
        what = tuple(field for field in FIELDS if _fact(known, field) != _fact(task, field))
        if what or known["ref"] != task["ref"]:
            clauses.append(Clause("changed" if what else "moved", known, task, what))
    kept = {known["ref"] for known in pairs.values()}
    clauses += [Clause("dropped", task, None) for task in before if task["ref"] not in kept]
    same = len(pairs) - sum(clause.kind in ("changed", "moved") for clause in clauses)
    stay = tuple((known["ref"], ref) for ref, known in pairs.items())
    return Revision(tuple(clauses), same, (_due(old), _due(new)), stay)


def revises(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a notice looks like a new version of another: the same number, or most clauses known."""
    years = [set(_YEAR.findall(reading.get("title") or "")) for reading in (old, new)]
    if all(years) and years[0].isdisjoint(years[1]):
        # Next year's notice may repeat most clauses; it is a notice of its own.
        return False
    if new.get("number") and new["number"] == old.get("number"):
        return True
    return len(_paired(_tasks(old), _tasks(new))) * 2 > min(len(old["tasks"]), len(new["tasks"]))


def _tasks(reading: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{**task, "leader_name": "、".join(x["name"] for x in heads_of(reading, task))} for task in reading["tasks"]]


def _due(reading: Mapping[str, Any]) -> str | None:
    return next((item["due"] for item in reading.get("submissions") or [] if item.get("due")), None)


def _fact(task: Mapping[str, Any], field: str) -> Any:
    if field == "content":
        return _words(task)
    if field == "leader":
        return task["leader_name"]
    if field == "due":
        return task.get("due") or ""
    return tuple(task[field])


def _words(task: Mapping[str, Any]) -> str:
    return squeeze(shadow(task["content"])).rstrip(".。;；")


def _paired(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """{new ref: the old clause}: equal words first (under the same number, then anywhere), then equal in the source, then
    the most alike."""
    left, open_ = {task["ref"]: task for task in before}, {task["ref"]: task for task in after}
    pairs: dict[str, dict[str, Any]] = {}

    def pair(old: dict[str, Any], new: dict[str, Any]) -> None:
        pairs[new["ref"]] = left.pop(old["ref"])
        del open_[new["ref"]]

    for task in after:
        known = left.get(task["ref"])
        if known and _words(known) == _words(task):
            pair(known, task)
    for task in list(open_.values()):
        known = next((each for each in left.values() if _words(each) == _words(task)), None)
        if known:
            pair(known, task)
    for known, task in _same_source(left, open_):
        pair(known, task)
    for _, old_ref, new_ref in sorted(_likenesses(left, open_), key=lambda each: -each[0]):
        if old_ref in left and new_ref in open_:
            pair(left[old_ref], open_[new_ref])
    return pairs


def _same_source(
    left: dict[str, dict[str, Any]], open_: dict[str, dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Those of whose clause only one task was read on either side: what a person made of its words tells nothing."""
    sides: list[dict[str, list[dict[str, Any]]]] = [{}, {}]
    for side, tasks in zip(sides, (left, open_), strict=True):
        for task in tasks.values():
            side.setdefault(squeeze(task.get("clause") or ""), []).append(task)
    old, new = sides
    same = [words for words in old if words and len(old[words]) == len(new.get(words, ())) == 1]
    return [(old[words][0], new[words][0]) for words in same]


def _likenesses(left: dict[str, dict[str, Any]], open_: dict[str, dict[str, Any]]) -> list[tuple[float, str, str]]:
    out = []
    few = len(left) * len(open_) <= _MOST_PAIRS
    for new_ref, task in open_.items():
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(_words(task)[:400])
        for old_ref, known in left.items():
            same = old_ref == new_ref
            if not same and not few:
                continue
            least = _SAME_REF if same else ALIKE
            matcher.set_seq1(_words(known)[:400])
            if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least:
                ratio = matcher.ratio()
                if ratio >= least:
                    out.append((ratio + 0.05 * same, old_ref, new_ref))
    return out
