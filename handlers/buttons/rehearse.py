"""Buttons of the rehearsal: months and the sheet."""

from core.cases.problem import Problem
from core.cases.rehearse import rehearse as play
from core.words import rehearse as words
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button


@button("reh", action="rehearse")
def rehearse(ask: Ask, work: Work) -> Reply:
    """reh:home | m:<year>:<month> | x the sheet"""
    match ask.fields:
        case ["home"]:
            return Reply(edit=words.year_message(ask.voice, play(work, ask.now)))
        case ["m", year, month] if year.isdigit() and month.isdigit():
            return Reply(edit=words.month_message(ask.voice, play(work, ask.now), int(year), int(month)))
        case ["x"]:
            return Reply.say(words.sheet_message(ask.voice, play(work, ask.now)))
    raise Problem("help.old_button")
