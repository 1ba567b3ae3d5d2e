"""Measures the reader on the shared notices task by task: exactly right, asked about, silently wrong.

`python -m tests.notice.score` prints the table.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.papers.notice import read_notice
from core.rules.notice.model import Notice, Task
from core.rules.notice.numerals import numeral

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "notices"


@dataclass
class Score:
    name: str
    expected: int = 0
    right: int = 0
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)


def papers() -> list[tuple[Path, dict[str, Any]]]:
    """Every shared notice with what must be found in it; empty where the folder is absent."""
    found = sorted(SHARED.glob("*.txt")) if SHARED.exists() else []
    return [(path, json.loads(path.with_suffix("").with_suffix(".expected.json").read_text("utf-8"))) for path in found]


def score(path: Path, expected: dict[str, Any]) -> Score:
    notice = read_notice(path.read_bytes(), path.name)
    out = Score(path.stem, len(expected.get("tasks", [])))
    left = list(notice.tasks)
    for wanted in expected.get("tasks", []):
        task = next((t for t in left if _number(t.number) == _number(wanted["number"]) and _starts(t, wanted)), None)
        if task is None:
            out.wrong.append(f"{wanted['number']}: missing")
            continue
        left.remove(task)
        faults = faults_of(notice, task, wanted)
        if not faults:
            out.right += 1
        elif task.questions:
            out.asked.append(f"{task.ref}: {'; '.join(faults)}")
        else:
            out.wrong.append(f"{task.ref}: {'; '.join(faults)}")
    out.extra = [task.ref for task in left]
    return out


def faults_of(notice: Notice, task: Task, wanted: dict[str, Any]) -> list[str]:
    """What differs between a task and what it must be; units count as right as written or with prefixes filled in."""
    out = []
    for part in ("lead", "co", "responsible"):
        value = wanted.get(part) or []
        plain = [value] if isinstance(value, str) else value
        full = wanted.get(f"{part}_full") or plain
        if list(getattr(task, part)) not in (plain, full):
            out.append(f"{part} {list(getattr(task, part))} not {plain}")
    if set(task.groups) != set(wanted.get("group_terms", [])) and "group_terms" in wanted:
        out.append(f"groups {list(task.groups)} not {wanted['group_terms']}")
    if (wanted.get("deadline") or None) != task.due_text:
        out.append(f"due {task.due_text} not {wanted.get('deadline')}")
    if "deadline_iso" in wanted and (task.due.isoformat() if task.due else None) != wanted["deadline_iso"]:
        out.append(f"due {task.due} not {wanted['deadline_iso']}")
    content = wanted.get("content_nospace") or wanted.get("content")
    if content and bare(content) != bare(task.content):
        out.append("content")
    if "targets" in wanted and figures(wanted["targets"]) != [
        (t.label, t.value, t.unit, t.comparator, t.aspiration) for t in task.targets
    ]:
        out.append("targets")
    leader = wanted.get("leader")
    names = {each.ordinal: each.name for each in notice.leaders}
    if leader is not None and names.get(task.leader or 0) not in ([leader] if isinstance(leader, str) else leader):
        out.append(f"leader {task.leader} not {leader}")
    if leader is None and task.leader is not None:
        out.append(f"leader {task.leader} not {leader}")
    return out


def figures(targets: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(t["label"], t["value"], t["unit"], t.get("comparator"), t.get("aspiration")) for t in targets]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _number(value: int | str) -> int | str:
    text = re.sub(r"[（）()]", "", str(value))
    return numeral(text) or text


def _starts(task: Task, wanted: dict[str, Any]) -> bool:
    leader = wanted.get("leader_index")
    return bare(task.content).startswith(bare(wanted["content_start"])) and leader in (None, task.leader)


def main() -> None:
    print(f"{'notice':28}{'tasks':>7}{'right':>7}{'asked':>7}{'wrong':>7}{'extra':>7}")
    for path, expected in papers():
        got = score(path, expected)
        counts = (got.expected, got.right, len(got.asked), len(got.wrong), len(got.extra))
        print(f"{got.name:28}" + "".join(f"{count:>7}" for count in counts))
        for kind, rows in (("asked", got.asked), ("WRONG", got.wrong), ("extra", got.extra)):
            for row in rows:
                print(f"    {kind}: {row[:200]}")


if __name__ == "__main__":
    main()
