"""The house: imports run downwards, frameworks stay in their rooms, the clock is read in one place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = {"core": 0, "handlers": 1, "scheduler": 1, "storage": 1, "bot": 2}
FILES = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))

ROOMS = {
    "telegram": ("bot/telegram/", "handlers/runner.py", "bot/commands/claim.py", "bot/commands/doctor.py"),
    "sqlalchemy": ("storage/",),
    "apscheduler": ("scheduler/clockwork.py",),
    "dotenv": ("bot/settings.py",),
    "docx": ("core/papers/",),
    "openpyxl": ("core/papers/",),
    "matplotlib": ("core/papers/",),
    "PIL": ("core/papers/",),
    "fpdf": ("core/papers/",),
    "icalendar": ("core/papers/",),
    "segno": ("core/papers/",),
    "defusedxml": ("core/papers/",),
}
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time"), ("time", "monotonic")}
SESSION_TYPES = ("bot/start.py",)
"""Where SQLAlchemy's Session is named as a type, for work handed to the desk."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def module_of(name: str) -> str | None:
    """The file behind an imported dotted name, as a dotted module."""
    parts = name.split(".")
    for size in (len(parts), len(parts) - 1):
        base = ROOT.joinpath(*parts[:size])
        if base.with_suffix(".py").is_file() or (base / "__init__.py").is_file():
            return ".".join(parts[:size])
    return None


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_run_downwards_and_neighbours_do_not_know_each_other(path: Path) -> None:
    own = name_of(path).split("/")[0]
    for name, _ in imports(path):
        other = name.split(".")[0]
        if other in FLOORS and other != own:
            assert FLOORS[other] < FLOORS[own], f"{name_of(path)} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_import_hides_in_a_function(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            hidden = [node for node in ast.walk(function) if isinstance(node, (ast.Import, ast.ImportFrom))]
            assert not hidden, f"{name_of(path)}:{hidden[0].lineno if hidden else 0}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_each_framework_stays_in_its_room(path: Path) -> None:
    where = name_of(path)
    for name, _ in imports(path):
        top = name.split(".")[0]
        if name == "sqlalchemy.orm.Session" and where in SESSION_TYPES:
            continue
        if top in ROOMS and not any(where.startswith(room) for room in ROOMS[top]):
            pytest.fail(f"{where} imports {name}; that belongs in {', '.join(ROOMS[top])}")


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_the_machines_clock_is_read_in_one_place(path: Path) -> None:
    if name_of(path) == "bot/clock.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            named = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            assert (named, node.func.attr) not in CLOCKS, f"{name_of(path)}:{node.lineno}"


def test_no_imports_run_in_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    for path in FILES:
        own = name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        graph[own] = {m for name, _ in imports(path) if name.split(".")[0] in FLOORS and (m := module_of(name))} - {own}
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " -> ".join([*way[way.index(module) :], module])
        if module not in done:
            for other in graph.get(module, ()):
                visit(other, (*way, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_stay_readable(path: Path) -> None:
    if "migrations/versions" not in name_of(path):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 350, name_of(path)
    if path.name != "__init__.py":
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{name_of(path)} says not what it knows"
