"""Who may do what where: the whole table, written out a second time so that a change is a decision."""

from __future__ import annotations

import pytest

from core.rules.people import ALLOWED, Place, Role, may

LETTERS = {
    "o": Role.OWNER,
    "s": Role.SUPERVISOR,
    "l": Role.LEADER,
    "h": Role.HEAD,
    "c": Role.CONTACT,
    "x": Role.STRANGER,
}

TABLE = {
    # action: (in a private chat, in a group)
    "start": ("oslhcx", "oslhcx"),
    "help": ("oslhcx", "oslhc"),
    "cancel": ("oslhcx", ""),
    "language": ("oslhc", ""),
    "task": ("oslhc", ""),
    "history": ("oslhc", ""),
    "tasks": ("oslhc", ""),
    "overdue": ("oslhc", "os"),
    "progress": ("oslhc", "os"),
    "unit": ("oslhc", ""),
    "leader": ("osl", ""),
    "plan": ("hc", ""),
    "report": ("hc", ""),
    "undo": ("hc", ""),
    "receipt": ("hc", ""),
    "say": ("hc", ""),
    "figures": ("oshc", ""),
    "urge": ("os", ""),
    "extend": ("oshc", ""),
    "extension": ("oshc", ""),
    "ladder": ("os", ""),
    "digest": ("os", ""),
    "escalate": ("os", ""),
    "instruct": ("l", ""),
    "instructions": ("oslhc", ""),
    "instructed": ("hc", ""),
    "handover": ("oshc", ""),
    "away": ("oshc", ""),
    "hours": ("oslhc", ""),
    "collect": ("oshc", ""),
    "done": ("oshc", ""),
    "completion": ("hc", ""),
    "adjust": ("os", ""),
    "review": ("os", ""),
    "inspect": ("os", ""),
    "rounds": ("oslhc", ""),
    "inspected": ("hc", ""),
    "doubt": ("os", ""),
    "receipts": ("os", ""),
    "notice": ("os", ""),
    "close": ("os", ""),
    "retention": ("os", ""),
    "classify": ("os", ""),
    "rehearse": ("os", ""),
    "invites": ("os", ""),
    "invite_owner": ("o", ""),
    "reach": ("os", ""),
    "units": ("os", ""),
    "people": ("os", ""),
    "summary": ("os", "os"),
    "export": ("oslhc", ""),
    "briefing": ("os", ""),
    "link": ("", "os"),
    "unlink": ("", "os"),
}


def test_the_table_here_and_the_table_there_name_the_same_actions() -> None:
    assert set(TABLE) == set(ALLOWED)


@pytest.mark.parametrize("action", sorted(TABLE))
@pytest.mark.parametrize("letter", LETTERS)
def test_each_role_may_do_exactly_what_the_table_says(action: str, letter: str) -> None:
    private, group = TABLE[action]
    role = frozenset({LETTERS[letter]})
    assert may(role, action, Place.PRIVATE) is (letter in private)
    assert may(role, action, Place.GROUP) is (letter in group)
