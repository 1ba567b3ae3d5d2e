"""Knows how the rule for closed notices' data reads: the page, the preview, the warning, the line when it is done."""

from __future__ import annotations

from collections.abc import Sequence

from core.rules.retention import MONTHS, POSTPONE, WARN_DAYS, Plan, Rule
from core.words import terms
from core.words.closing import name_of, told_apart
from core.words.html import Html, bold, lines
from core.words.message import Button, Message, fit_label
from core.words.voice import Voice
from core.work_clearing import Cleared

LISTED = 10
"""Closed notices on one screen."""

WARNED = 3
"""Notices with buttons of their own below one warning."""


def retention_message(said: Voice, rule: Rule | None, plans: Sequence[Plan], changed: bool = False) -> Message:
    """The rule in force, what becomes of each closed notice when, and how to change it."""
    rows: list[object] = [bold(said("retention.title"))]
    if changed:
        rows.append(said("retention.set"))
    rows.append(rule_row(said, rule))
    if rule:
        rows.append(said("retention.how", days=WARN_DAYS))
    rows += [_row(said, plan, rule) for plan in plans[-LISTED:]]
    kept = [plan for plan in plans if plan.kept and rule]
    buttons: list[tuple[Button, ...]] = [
        (Button(fit_label(said.plain("retention.again", title=told_apart(said, p.card))), f"rt:r:{p.card.id}"),)
        for p in kept[:3]
    ]
    buttons.append(tuple(Button(said.plain(f"retention.{what}"), f"rt:w:{what}") for what in ("anonymise", "delete")))
    if rule:
        buttons.append((Button(said.plain("retention.keep"), "rt:m:keep:0"),))
    return Message(lines(*rows), tuple(buttons))


def rule_row(said: Voice, rule: Rule | None) -> Html:
    return said("retention.rule_none") if rule is None else said(f"retention.rule_{rule.what}", months=rule.months)


def months_message(said: Voice, what: str) -> Message:
    """How long after closing? Any number can be typed."""
    buttons = [Button(said.plain("retention.n_months", n=n), f"rt:m:{what}:{n}") for n in MONTHS]
    rows = (tuple(buttons[:3]), tuple(buttons[3:]), (Button(said.plain("retention.no"), "rt:no"),))
    return Message(said("retention.how_long", what=said.plain(f"retention.{what}")), rows)


def preview_message(said: Voice, what: str, months: int, rule: Rule | None, plans: Sequence[Plan]) -> Message:
    """What the rule means, before it holds."""
    rows: list[object] = [bold(said("retention.preview")), rule_row(said, rule)]
    if rule:
        rows += [said(f"retention.means_{rule.what}"), said("retention.how", days=WARN_DAYS)]
    rows += [_row(said, plan, rule) for plan in plans[-LISTED:]]
    buttons = (
        Button(said.plain("retention.confirm"), f"rt:ok:{what}:{months}"),
        Button(said.plain("retention.no"), "rt:no"),
    )
    return Message(lines(*rows), (buttons,))


def warning_message(said: Voice, rule: Rule, plans: Sequence[Plan]) -> Message:
    """What goes in five working days; the archive first, then ways to put it off."""
    rows: list[object] = [bold(said("retention.warning")), said(f"retention.warn_{rule.what}", months=rule.months)]
    rows += [_row(said, plan, rule) for plan in plans]
    rows.append(said("retention.warn_how"))
    buttons: list[tuple[Button, ...]] = []
    for plan in plans[:WARNED]:
        number, on = plan.card.id, f"{plan.on:%Y%m%d}"
        label = (
            said.plain("retention.archive_of", title=told_apart(said, plan.card))
            if len(plans) > 1
            else said.plain("closing.archive")
        )
        buttons.append((Button(fit_label(label), f"nt:z:{number}"),))
        row = [Button(said.plain("retention.later", n=n), f"rt:p:{number}:{on}:{n}") for n in POSTPONE]
        buttons.append((*row, Button(said.plain("retention.exempt"), f"rt:x:{number}")))
    return Message(lines(*rows), tuple(buttons))


def postponed_message(said: Voice, rule: Rule, plan: Plan) -> Message:
    """What a supervisor's word changed."""
    return Message(lines(said("retention.noted"), _row(said, plan, rule)))


def done_message(said: Voice, rule: Rule, plan: Plan, done: Cleared) -> Message:
    """What went, and what stays."""
    key = f"retention.done_{rule.what}"
    title = name_of(said, plan.card)
    return Message(
        said(key, title=title, tasks=done.tasks, reports=done.reports, messages=done.messages, people=done.people)
    )


def when_row(said: Voice, rule: Rule | None, plan: Plan | None) -> Html | None:
    """What becomes of a notice, on its own page; None where there is nothing to say."""
    if plan is None or (rule is None and not plan.nameless):
        return None
    if plan.on is not None and rule is not None:
        return said(f"retention.page_{rule.what}", on=terms.full_day(said, plan.on))
    return said("retention.page_nameless") if plan.nameless else said("retention.page_kept")


def _row(said: Voice, plan: Plan, rule: Rule | None) -> Html:
    values = {"title": told_apart(said, plan.card), "closed": terms.full_day(said, plan.closed_on)}
    if plan.on is not None and rule is not None:
        return said(f"retention.row_{rule.what}", **values, on=terms.full_day(said, plan.on))
    state = (
        "nameless" if plan.nameless and (rule is None or rule.what == "anonymise") else "kept" if plan.kept else "none"
    )
    return said(f"retention.row_{state}", **values)
