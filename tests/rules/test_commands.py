"""Commands: each is in the one table of permissions, in help, and in the README."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.rules.people import ALLOWED, Place, Role, elsewhere, may
from core.words.help import COMMANDS
from core.words.voice import voice
from handlers.registry import registry

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", sorted(registry().commands))
def test_a_command_is_allowed_explained_and_in_the_readme(name: str) -> None:
    entry = registry().commands[name]
    assert entry.action in ALLOWED
    assert name in COMMANDS
    for lang in ("zh", "en"):
        assert voice(lang).plain(f"help.cmd_{name}")
    assert f"`/{name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_help_lists_no_command_that_is_not_there() -> None:
    assert set(COMMANDS) == set(registry().commands)


def test_every_keyboard_label_is_understood_when_typed() -> None:
    for lang in ("zh", "en"):
        for key in voice(lang).keys():
            if key.startswith("help.key_"):
                assert registry().command_of(voice(lang).plain(key)), key


def test_every_handler_needs_something_the_table_names() -> None:
    known = registry()
    for entries in (known.commands, known.buttons, known.conversations, known.fallbacks):
        for name, entry in entries.items():
            assert entry.action in ALLOWED, f"{name} needs {entry.action}"


@pytest.mark.parametrize("action", sorted(ALLOWED))
def test_strangers_may_only_start_help_and_cancel(action: str) -> None:
    for place in Place:
        if may(frozenset({Role.STRANGER}), action, place):
            assert action in ("start", "help", "cancel")


def test_what_is_not_in_the_table_nobody_may_do() -> None:
    for place in Place:
        assert not may(frozenset(Role), "fly", place)
        assert not elsewhere(frozenset(Role), "fly", place)


@pytest.mark.parametrize("guide", ["docs/guide.md", "docs/guide.zh-CN.md"])
def test_a_guide_names_only_commands_that_exist(guide: str) -> None:
    named = set(re.findall(r"`/([a-z]+)", (ROOT / guide).read_text(encoding="utf-8")))
    assert len(named) > 20 and named <= set(COMMANDS)
