"""Knows how a paper is read anew once a person said what a column holds, and what they did before is done again."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from string import ascii_lowercase
from typing import Any

from core.rules.notice.acts import Act, again, same
from core.rules.notice.column_roles import ColumnFault, fault_in
from core.rules.notice.model import Notice, Question, Source

Settle = Callable[[Notice], Notice]
"""What is taken over from another notice before a person's own acts."""


def as_read(notice: Notice) -> Notice:
    """Nothing is taken over."""
    return notice


def in_role(notice: Notice, name: str, role: str, settle: Settle = as_read) -> Notice:
    """The notice as it would be had the column's head been known from the beginning.

    Raises KeyError where there is no such column or the paper isn't kept, ColumnFault where another column of the same table
    holds that already or no cell can be read as that.
    """
    if name not in {column.name for column in notice.columns}:
        raise KeyError(name)
    found = _reread(notice, {**notice.roles(), name: role}, settle)
    column = next((column for column in found.columns if column.name == name), None)
    if fault := fault_in(column) if column else ColumnFault("unfit", name, ""):
        raise fault
    return found


def under_roles(notice: Notice, roles: Mapping[str, str]) -> Notice:
    """A paper on which nobody did anything yet, read with what is known of its columns from elsewhere; what doesn't fit is asked."""
    known = {column.name for column in notice.columns}
    usable = {name: role for name, role in roles.items() if name in known}
    if notice.source is None or usable == notice.roles():
        return notice
    found = _paper(notice.source, usable)
    wrong = {column.name for column in found.columns if fault_in(column)}
    return under_roles(notice, {name: role for name, role in usable.items() if name not in wrong}) if wrong else found


def _reread(notice: Notice, roles: Mapping[str, str], settle: Settle) -> Notice:
    source = notice.source
    if source is None:
        raise KeyError("source")
    now = _paper(source, roles)
    if not source.acts:
        return settle(now)
    was = _paper(source, notice.roles())
    refs = _Refs(was, now)
    acts = tuple(refs.act(act) for act in source.acts)

    @cache
    def plain() -> Notice:
        return _paper(source, {}) if notice.roles() else was

    def asked(question: Question) -> bool:
        return same(plain(), _Refs(now, plain()).question(question)) is not None

    out = settle(now)
    for act in acts:
        out = again(out, act, asked)
    return replace(out, source=replace(source, acts=acts))


def _paper(source: Source, roles: Mapping[str, str]) -> Notice:
    """The reader is loaded when it is needed: the bot's own process seldom reads a paper anew, and its start need not wait."""
    found: Notice = importlib.import_module("core.rules.notice.read").read(source.paper(), source.lang, roles)
    return found


class _Refs:
    """A task's ref in another reading of the same paper, found by the line it stands on.

    What isn't there is kept by its place (~line.which~letter), so that it is found again when it is there once more.
    """

    def __init__(self, was: Notice, now: Notice) -> None:
        self._was = _addresses(was)
        self._now = {address: ref for ref, address in _addresses(now).items()}

    def now(self, ref: str) -> str:
        if ref.startswith("~"):
            address, _, sign = ref[1:].partition("~")
        else:
            own = ref if ref in self._was else ref.rstrip(ascii_lowercase)
            address, sign = self._was.get(own, ""), ref[len(own) :]
        if not address:
            return ref
        return self._now[address] + sign if address in self._now else f"~{address}~{sign}"

    def act(self, act: Act) -> Act:
        match act["do"]:
            case "answer":
                return {**act, "question": self._asked(act["question"])}
            case "correct" if act["what"] not in ("unit", "plan"):
                text = self.now(act["text"]) if act["what"] == "merge" else act["text"]
                return {**act, "about": self.now(act["about"]), "text": text}
            case "sheet":
                rows = [{**row, "ref": self.now(row.get("ref") or "")} for row in act["rows"]]
                return {**act, "rows": rows, "refs": [self.now(ref) for ref in act["refs"]]}
        return act

    def question(self, question: Question) -> Question:
        fields = self._asked({"kind": question.kind, "ref": question.ref, "values": question.values})
        return replace(question, ref=fields["ref"], values=fields["values"])

    def _asked(self, question: Mapping[str, Any]) -> dict[str, Any]:
        ref, values = question["ref"], question["values"]
        if question["kind"] == "twin":
            values = {**values, "what": self.now(str(values["what"]))}
        return {**question, "ref": self.now(ref) if ref else ref, "values": values}


def _addresses(notice: Notice) -> dict[str, str]:
    """The line of each task, and which of the tasks on it."""
    out: dict[str, str] = {}
    count: dict[int, int] = {}
    for task in notice.tasks:
        line = task.lines[0]
        count[line] = count.get(line, 0) + 1
        out[task.ref] = f"{line}.{count[line]}"
    return out
