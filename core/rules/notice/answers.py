"""Knows how a person's answer to a question is applied: to the reading, or, about a column, to the paper read anew."""

from __future__ import annotations

from core.rules.notice.acts import answer_act, done
from core.rules.notice.answering import is_yes
from core.rules.notice.column_roles import role_of
from core.rules.notice.doubts import OF_COLUMNS
from core.rules.notice.model import Column, Notice, Question
from core.rules.notice.reread import Settle, as_read, in_role


def answer(notice: Notice, key: str, choice: str | None, settle: Settle = as_read) -> Notice:
    """The notice with one question answered and gone. `choice` None keeps what was read.

    What a column holds is read anew for all its rows, and everything else that a person did is done again; `settle` is
    what a revised edition takes over from the one in force.

    Raises KeyError if no such question is open, ValueError (its text is what couldn't be used) for an answer that
    doesn't fit the question; of a column that is a ColumnFault.
    """
    question = next((q for q in notice.all_questions() if q.key == key), None)
    if question is None:
        raise KeyError(key)
    column = _column(notice, question)
    if column is not None and choice is not None and choice.strip():
        return in_role(notice, column.name, _role(column, choice.strip()), settle)
    return done(notice, answer_act(question, choice))


def _column(notice: Notice, question: Question) -> Column | None:
    """The column whose role answers the question; None for any other question, and where the paper can't be read anew."""
    if notice.source is None or question.kind not in OF_COLUMNS:
        return None
    return next((column for column in notice.columns if column.name == question.values.get("what")), None)


def _role(column: Column, choice: str) -> str:
    return column.taken if column.taken and is_yes(choice) else role_of(choice)
