"""The buttons by which a supervisor says anew what a column of a draft's table holds."""

from typing import Any

from core.cases.column import set_role
from core.cases.notice import draft
from core.cases.problem import Problem
from core.rules.notice.column_roles import ROLES
from core.rules.tasks import NoticeCard
from core.words import column as words
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.buttons.draft import TALK
from handlers.registry import button


@button("col", action="notice")
def press(ask: Ask, work: Work) -> Reply:
    """col:l:<notice>:<page> the columns, col:c:<notice>:<column> one of them, col:s:<notice>:<column>:<role> says what it holds"""
    work.talks.end(ask.person.id, TALK)
    card = draft(work, int(ask.fields[1]))
    match [ask.fields[0], *ask.fields[2:]]:
        case ["l", page]:
            return Reply(edit=words.columns_message(ask.voice, card, int(page)))
        case ["c", own]:
            return Reply(edit=words.column_message(ask.voice, card, _column(card, own)))
        case ["s", own, number] if number.isdigit() and int(number) < len(ROLES):
            role = ROLES[int(number)]
            name = _column(card, own)["name"]
            card = set_role(work, card.id, name, role, ask.person, ask.now)
            toast = ask.voice.plain("column.reread", role=ask.voice.plain(f"notice.role_{role}"))
            return Reply(edit=words.columns_message(ask.voice, card, words.page_of(card, name)), toast=toast)
    raise Problem("help.old_button")


def _column(card: NoticeCard, own: str) -> dict[str, Any]:
    found = words.column_marked(card, own)
    if found is None:
        raise Problem("column.gone")
    return found
