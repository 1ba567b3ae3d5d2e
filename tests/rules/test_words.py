"""The words: both languages say the same things, every sentence asked for exists, none stands elsewhere."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from core.words.voice import voice

ROOT = Path(__file__).parents[2]
ZH, EN = voice("zh"), voice("en")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
READERS = re.compile(
    r"core/(words|papers|rules/(notice|numerals|month_heads|month_clauses|plan_form\w*|plan_changes|filled_form|briefing|proposals|reasons|plan_text|report_text|dates|figures|measures|small_talk|offering|"
    r"frequency_text|scope|tasks|targets|absences|names|own_hours|retention_text|refs))"
)
"""Where Chinese characters are patterns for reading what people wrote, not sentences that people read."""
FILES = sorted(p for floor in ("bot", "core", "handlers", "scheduler", "storage") for p in (ROOT / floor).rglob("*.py"))


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_both_languages_have_the_same_sentences() -> None:
    assert ZH.keys() == EN.keys()


@pytest.mark.parametrize("key", sorted(ZH.keys()))
def test_both_languages_use_the_same_values(key: str) -> None:
    chinese, english = fields(ZH.template(key)), fields(EN.template(key))
    # English dates name the month, Chinese ones number it.
    assert chinese - {"month"} <= english | {"month"} and english - {"month_name"} <= chinese | {"month_name"}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_sentence_asked_for_exists(path: Path) -> None:
    subjects = {key.split(".")[0] for key in ZH.keys()}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        key = node.args[0].value
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in ("said", "voice", "plain", "Problem", "theirs") or not isinstance(key, str):
            continue
        if re.fullmatch(r"[a-z_]+\.[a-z_0-9]+", key) and key.split(".")[0] in subjects:
            assert key in ZH.keys(), f"{name_of(path)}:{node.lineno} asks for {key}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_chat_sentence_stands_outside_the_words(path: Path) -> None:
    if READERS.match(name_of(path)) or name_of(path).startswith("bot/demo.py"):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        node.value
        for holder in ast.walk(tree)
        if isinstance(holder, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        for node in holder.body
        if isinstance(node, ast.Expr)
    }
    typed = {
        constant
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "command"
        for keyword in call.keywords
        for constant in ast.walk(keyword.value)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs and node not in typed:
            found = CHINESE.search(node.value)
            assert not found or len(node.value) <= 3, f"{name_of(path)}:{node.lineno} {node.value!r}"
