"""Knows the sentences of each language: `voice("overdue.none")` says one, with its values escaped."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Mapping
from functools import cache

from core.words.html import Html, html

LANGUAGES = ("zh", "en")

_AGREES = re.compile(r"\{\w+:")
"""A sentence in which a noun agrees with its number; few do."""


class _Counted(str):
    """A value that agrees with its noun: `{n:# item|# items}` says "1 item" and "2 items", # being the value."""

    __slots__ = ()

    def __format__(self, forms: str) -> str:
        one, _, many = forms.partition("|")
        return (one if self == "1" else many).replace("#", self) if forms else str(self)


class Voice:
    """One language. Calling it gives `Html`; `plain` gives bare text for buttons, sheets and terminals."""

    __slots__ = ("_agreeing", "_sentences", "lang")

    def __init__(self, lang: str, sentences: dict[str, str]) -> None:
        self.lang = lang
        self._sentences = sentences
        self._agreeing = frozenset(key for key, sentence in sentences.items() if _AGREES.search(sentence))

    def __call__(self, key: str, /, **values: object) -> Html:
        """The sentence with every value escaped. Raises KeyError for a key or value that is missing."""
        return Html(self._said(key, {name: html(value) for name, value in values.items()}))

    def plain(self, key: str, /, **values: object) -> str:
        """The sentence as bare text; the template must hold no markup."""
        return self._said(key, {name: str(value) for name, value in values.items()})

    def _said(self, key: str, values: Mapping[str, str]) -> str:
        if key in self._agreeing:
            values = {name: _Counted(value) for name, value in values.items()}
        return self._sentences[key].format_map(values)

    def keys(self) -> frozenset[str]:
        return frozenset(self._sentences)

    def template(self, key: str) -> str:
        return self._sentences[key]


@cache
def voice(lang: str) -> Voice:
    """The voice of a language ("zh" or "en"). Raises ValueError for any other."""
    if lang not in LANGUAGES:
        raise ValueError(f"no such language: {lang!r}; known: {', '.join(LANGUAGES)}")
    package = importlib.import_module(f"core.words.{lang}")
    sentences: dict[str, str] = {}
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"core.words.{lang}.{info.name}")
        for name, sentence in module.SENTENCES.items():
            sentences[f"{info.name}.{name}"] = sentence
    return Voice(lang, sentences)
