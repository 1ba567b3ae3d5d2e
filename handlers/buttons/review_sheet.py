"""The buttons below the differences of an edited sheet: save, don't, turn the page."""

from core.cases.problem import Problem
from core.cases.review_sheet import drop, look, save
from core.words.intake import draft_message
from core.words.message import Message
from core.words.revision import sheet_message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button


@button("sheet", action="notice")
def press(ask: Ask, work: Work) -> Reply:
    """sheet:p:<page>, sheet:ok:<digest>, sheet:no"""
    match ask.fields:
        case ["p", page]:
            return Reply(edit=sheet_message(ask.voice, look(work, ask.person, ask.now)[1], int(page)))
        case ["no"]:
            drop(work, ask.person)
            return Reply(edit=Message(ask.voice("correction.sheet_dropped")))
        case ["ok", seen]:
            card = save(work, seen, ask.person, ask.now)
            if card is None:
                again = sheet_message(ask.voice, look(work, ask.person, ask.now)[1], 0)
                return Reply(edit=again, toast=ask.voice.plain("revision.changed_meanwhile"), alert=True)
            return Reply(edit=draft_message(ask.voice, card), toast=ask.voice.plain("correction.saved_plan"))
    raise Problem("help.old_button")
