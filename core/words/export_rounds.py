"""Knows how rounds of inspection read as a table: one row for each finding, one for what nobody has seen yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.cases.export import Facts
from core.cases.inspection_round import Sight
from core.rules.inspection import MEND, Finding, mending
from core.rules.office import Office
from core.words.inspection import name
from core.words.voice import Voice

KEYS = ("round", "day", "unit", "ref", "content", "mark", "text", "mend_by", "mending", "at", "who", "files")


def rounds_table(said: Voice, office: Office, found: Facts) -> tuple[Sequence[str], list[dict[str, Any]]]:
    """(columns, rows), the newest round first."""
    rows: list[dict[str, Any]] = []
    for seen in found.rounds:
        for stop in seen.stops:
            head = {"round": name(said, seen.round), "day": seen.round.day.isoformat(), "unit": stop.unit}
            head |= {"ref": stop.ref, "content": stop.content}
            findings = seen.findings.get(stop.id, ())
            rows += [{**head, **_finding(said, office, seen, f)} for f in findings]
            if not findings:
                rows.append({**head, "mark": said.plain("inspect.not_seen").strip(" ：:·")})
    return KEYS, rows


def _finding(said: Voice, office: Office, seen: Sight, f: Finding) -> dict[str, Any]:
    owed = seen.owed.get(f.key)
    mends, day = f.mark == MEND, owed.chase if owed else f.mend_by
    return {
        "mark": said.plain("inspect.col_to_mend" if mends else f"finding.mark_{f.mark}"),
        "text": f.text,
        "mend_by": day.isoformat() if mends and day else "",
        "mending": said.plain(f"finding.state_{mending(owed, seen.today)}") if mends else "",
        "at": f"{office.local(f.at):%Y-%m-%d %H:%M}",
        "who": f.person,
        "files": said.plain("terms.comma").join(file.get("name", "") for file in f.files),
    }
