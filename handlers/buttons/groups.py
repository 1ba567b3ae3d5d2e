"""Buttons below the offer to link last year's groups again."""

from core.cases.groups import link_again
from core.cases.problem import Problem
from core.words import group as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button


@button("gl", action="summary")
def press(ask: Ask, work: Work) -> Reply:
    """gl:y links them, gl:n leaves it"""
    match ask.fields:
        case ["y"]:
            return Reply(edit=words.linked_again(ask.voice, link_again(work, ask.person, ask.now)))
        case ["n"]:
            return Reply(edit=Message(ask.voice("group.not_again")))
    raise Problem("help.old_button")
