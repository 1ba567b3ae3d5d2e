"""Knows how the summary for the groups reads, its picture, and its preview for the supervisor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.rules.office import Office
from core.rules.summary import Figures, Summary
from core.words import lights_paper, terms
from core.words.html import CAPTION_LIMIT, Html, lines, visible_length
from core.words.lights import counts_of
from core.words.message import Button, Message, Paper
from core.words.overdue import leader_name
from core.words.progress import counts, stage_row
from core.words.voice import Voice
from core.work import Group

STAGES = 4
"""Stages named in a caption: the last ones count."""


def broadcast(said: Voice, office: Office, summary: Summary, corrected_at: datetime | None = None) -> Message:
    """The text and picture for a group. `corrected_at` (local) marks it as a correction."""
    rows: list[object] = [said("summary.title", day=terms.full_day(said, summary.day))]
    if corrected_at:
        rows.append(said("summary.corrected", at=terms.moment(said, corrected_at)))
    rows.append(counts(said, summary.total))
    rows.append(counts_of(said, dict(summary.lights)))
    if len(summary.stages) > 1:
        rows += [stage_row(said, sample, f) for sample, f in summary.stages[-STAGES:]]
    else:
        rows += [said("summary.about", what=terms.stage(said, sample)) for sample, _ in summary.stages]
    if summary.total.overdue:
        rows.append(said("summary.late", units=summary.late_units))
    elif summary.total.all:
        rows.append(said("summary.all_in_time"))
    if summary.coming:
        rows.append(said("summary.coming", due=terms.day(said, summary.coming[0]), n=summary.coming[1]))
    text = lines(*rows)
    return Message(
        text if visible_length(text) <= CAPTION_LIMIT else lines(*rows[:4]), paper=picture(said, office, summary)
    )


def picture(said: Voice, office: Office, summary: Summary) -> Paper:
    """The lights of all tasks, counted; done, waiting and overdue by leader, in the order of the notice."""
    data: dict[str, Any] = {
        "title": said.plain("summary.picture_title"),
        "subtitle": summary.title or office.name,
        "rows": [{"name": leader_name(said, leader), **_numbers(f)} for leader, f in summary.leaders],
        "totals": _numbers(summary.total),
        "lights": lights_paper.cells(said, dict(summary.lights)),
        "as_of": said.plain("summary.as_of", day=terms.full_day(said, summary.day)),
        "lang": said.lang,
    }
    return Paper("summary.png", "summary.png", data, picture=True)


def _numbers(f: Figures) -> dict[str, int]:
    return {"done": f.done, "waiting": f.waiting, "overdue": f.overdue}


def choice(
    said: Voice,
    office: Office,
    summary: Summary,
    groups: Sequence[Group],
    mark: str,
    at: datetime,
    now: datetime,
    correctable: bool,
    changed: bool = False,
) -> Message:
    """What stands below the preview: where it would go and when, with the buttons that do it."""
    rows: list[Html] = [said("summary.changed")] if changed else []
    buttons: list[tuple[Button, ...]] = []
    if groups:
        names = said.plain("terms.comma").join(group.title for group in groups[:10])
        rows.append(said("summary.where", n=len(groups), names=names))
        if at > now:
            rows.append(said("summary.later", at=terms.moment(said, office.local(at))))
        buttons.append((Button(said.plain("summary.send", n=len(groups)), f"sm:send:{mark}:{summary.digest}"),))
    else:
        rows.append(said("summary.no_group"))
    if correctable:
        rows.append(said("summary.correctable"))
        buttons.append((Button(said.plain("summary.correct"), f"sm:fix:{mark}"),))
    if buttons:
        buttons.append((Button(said.plain("summary.cancel"), "sm:no"),))
    return Message(lines(*rows), tuple(buttons))


def sent(said: Voice, office: Office, groups: Sequence[Group], at: datetime, now: datetime) -> Message:
    names = said.plain("terms.comma").join(group.title for group in groups[:10])
    if at > now:
        return Message(said("summary.held", n=len(groups), names=names, at=terms.moment(said, office.local(at))))
    return Message(said("summary.sent", n=len(groups), names=names))
