"""Knows every handler: a decorator registers it, and a new file is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from core.work import Work
from handlers.ask import Ask, Reply

Handler = Callable[[Ask, Work], Reply]
F = TypeVar("F", bound=Handler)

PACKAGES = ("handlers.commands", "handlers.buttons", "handlers.conversations")


@dataclass(frozen=True, slots=True)
class Entry:
    """A handler and the action of the table ALLOWED that it needs."""

    handler: Handler
    action: str
    files: bool = False
    past: str = ""
    """Whether it can look at a past moment, and where that is named (handlers/as_of.py)."""
    reads: frozenset[str] = frozenset()
    """Of a button that can: what its action may begin with, where not all of them only read."""
    now: str = ""
    """Why it can't look at a past moment, where somebody may well ask for one."""

    def looks_back(self, fields: str) -> bool:
        """Whether a button with these fields only reads."""
        return bool(self.past) and (not self.reads or fields.partition(":")[0] in self.reads)


@dataclass(slots=True)
class Registry:
    commands: dict[str, Entry] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    openings: dict[str, re.Pattern[str]] = field(default_factory=dict)
    buttons: dict[str, Entry] = field(default_factory=dict)
    conversations: dict[str, Entry] = field(default_factory=dict)
    fallbacks: dict[str, Entry] = field(default_factory=dict)

    def command_of(self, text: str, openings: bool = True) -> tuple[str, str] | None:
        """(command, arguments) if the text is a command, one of its words, or begins like one (`openings`)."""
        head, _, rest = text.strip().partition(" ")
        if head.startswith("/"):
            return head[1:].split("@")[0].lower(), rest.strip()
        name = self.words.get(text.strip()) or self.words.get(head)
        if name:
            return name, rest.strip() if text.strip() not in self.words else ""
        for name, opening in self.openings.items() if openings else ():
            if found := opening.match(text.strip()):
                return name, text.strip()[found.end() :].lstrip(" ，,：:")
        return None


_registry = Registry()


def _add(table: dict[str, Entry], name: str, entry: Entry) -> None:
    """Two handlers of one name would hide each other. Raises ValueError for the second."""
    known = table.get(name)
    if known and known.handler is not entry.handler:
        raise ValueError(f"{name!r} has a handler already: {known.handler.__module__}")
    table[name] = entry


def command(
    name: str,
    *,
    words: tuple[str, ...] = (),
    action: str | None = None,
    opening: re.Pattern[str] | None = None,
    past: str = "",
    now: str = "",
) -> Callable[[F], F]:
    """Registers `/name`; `words` are what a person may type or press on the keyboard instead.

    `opening` is how a typed text begins that means the command, with its arguments right behind (`请假3天`).
    `past`: it only reads, so it can be asked as of a past moment; what else it takes is said by "list", "named", "ref",
    "either", "free" or "alone". `now`: it can't, and this is the name of the sentence that says why.
    """

    def add(handler: F) -> F:
        _add(_registry.commands, name, Entry(handler, action or name, past=past, now=now))
        for word in words:
            _registry.words[word] = name
        if opening is not None:
            _registry.openings[name] = opening
        return handler

    return add


def button(prefix: str, *, action: str, past: bool | Collection[str] = False) -> Callable[[F], F]:
    """Registers buttons whose action is `prefix` or begins with `prefix:`. `past`: they only read, all or these of them."""
    reads = frozenset() if isinstance(past, bool) else frozenset(past)

    def add(handler: F) -> F:
        _add(_registry.buttons, prefix, Entry(handler, action, past="button" if past else "", reads=reads))
        return handler

    return add


def conversation(name: str, *, action: str, files: bool = False) -> Callable[[F], F]:
    """Registers who gets plain text (and files, if it takes them) while the talk `name` (or `name:…`) awaits it."""

    def add(handler: F) -> F:
        _add(_registry.conversations, name, Entry(handler, action, files))
        return handler

    return add


def fallback(kind: str, *, action: str) -> Callable[[F], F]:
    """Registers what happens to what nobody else took: `text`, `file`, `edit`, `reply`."""

    def add(handler: F) -> F:
        _registry.fallbacks[kind] = Entry(handler, action)
        return handler

    return add


def _modules() -> Iterator[str]:
    for name in PACKAGES:
        package = importlib.import_module(name)
        yield from (f"{name}.{info.name}" for info in pkgutil.iter_modules(package.__path__))


@cache
def registry() -> Registry:
    """Every handler of the house, found by importing the files of the three packages."""
    for module in _modules():
        importlib.import_module(module)
    return _registry
