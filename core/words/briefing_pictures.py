"""Knows how a briefing's figures and lights become pictures: by leader, by unit, by task, as many as a phone can show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.rules.briefing import Briefing
from core.rules.office import Office
from core.rules.summary import Figures
from core.words.briefing_paper import moment_name
from core.words.lights_paper import lit_legend, lit_rows
from core.words.message import Message, Paper
from core.words.overdue import leader_name
from core.words.voice import Voice

PAGE = 22
"""Rows of one picture of units or tasks: more would be shrunk on a phone until nobody can read them."""

LONG = 50
"""Rows where that would be more than six pictures: they come as files, which a phone lets one move about in."""

_STATES = ("done", "waiting", "overdue")


def leaders_picture(said: Voice, office: Office, briefing: Briefing) -> Message:
    """Done, waiting and overdue by leader."""
    moment = moment_name(said, office, briefing)
    data = {
        "title": said.plain("summary.picture_title"),
        "subtitle": briefing.title or office.name,
        "rows": [{"name": leader_name(said, row.leader), **_numbers(row.figures)} for row in briefing.leaders],
        "totals": _numbers(briefing.total),
        "as_of": moment,
        "lang": said.lang,
    }
    text = said("pictures.leaders_caption", moment=moment)
    return Message(text, paper=Paper("summary.png", "leaders.png", data, picture=True))


def lights_pictures(said: Voice, office: Office, briefing: Briefing) -> list[Message]:
    """The light of every task in the order of the notice, with the figures behind it."""
    head = {"title": said.plain("lights.picture_title"), "legend": lit_legend(said, briefing.lights)}
    return _pages(said, office, briefing, "lights", head, lit_rows(said, briefing.lights))


def units_pictures(
    said: Voice, office: Office, briefing: Briefing, units: Sequence[tuple[int, str, Figures]]
) -> list[Message]:
    """The light of every unit that owes or owed something, in the order of the notice."""
    rows = []
    for _, name, f in units:
        state = "overdue" if f.overdue else "waiting" if f.waiting else "done"
        rows.append({"name": name, "state": state, "note": said.plain(f"pictures.unit_{state}", **_numbers(f))})
    counts = [(state, sum(row["state"] == state for row in rows)) for state in _STATES]
    legend = [[state, said.plain(f"pictures.units_{state}", n=n)] for state, n in counts]
    head = {"title": said.plain("pictures.units_title"), "legend": legend}
    return _pages(said, office, briefing, "units", head, rows)


def _pages(
    said: Voice, office: Office, briefing: Briefing, name: str, head: dict[str, Any], rows: Sequence[dict[str, Any]]
) -> list[Message]:
    moment = moment_name(said, office, briefing)
    count = max(1, -(-len(rows) // (PAGE if len(rows) <= 6 * PAGE else LONG)))
    size = -(-len(rows) // count)
    caption = said("lights.picture_caption" if name == "lights" else "pictures.units_caption", moment=moment)
    out = []
    for number in range(count):
        page = said.plain("pictures.page", page=number + 1, pages=count) if count > 1 else ""
        data = {
            **head,
            "title": head["title"] + page,
            "subtitle": briefing.title or office.name,
            "rows": list(rows[number * size : (number + 1) * size]),
            "as_of": moment,
            "lang": said.lang,
        }
        file = f"{name}-{number + 1}.png" if count > 1 else f"{name}.png"
        out.append(Message(caption + page, paper=Paper("units.png", file, data, picture=True)))
    return out


def _numbers(f: Figures) -> dict[str, int]:
    return {"done": f.done, "waiting": f.waiting, "overdue": f.overdue}
