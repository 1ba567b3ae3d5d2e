"""Buttons of a briefing: another span, the files, the pictures."""

from core.cases.briefing import make_briefing, span_asked
from core.cases.briefing_pictures import pictures_of
from core.cases.problem import Problem
from core.words import briefing as words
from core.words.voice import voice
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.commands.briefing import screen
from handlers.registry import button


@button("bf", action="briefing", past=True)
def briefing(ask: Ask, work: Work) -> Reply:
    """bf:see, docx, pdf, leaders, units or lights, and the span's key."""
    match ask.fields:
        case ["see", key]:
            return Reply(edit=screen(ask, work, key))
        case [("docx" | "pdf" | "leaders" | "units" | "lights") as wanted, key]:
            made = make_briefing(work, span_asked(key, ask.today), ask.now)
        case _:
            raise Problem("help.old_button")
    # The paper goes out in the office's name and language, whoever asks for it.
    said = voice(ask.office.lang)
    if wanted in ("docx", "pdf"):
        return Reply.say(words.paper_message(said, ask.office, made, wanted))
    return Reply.say(*pictures_of(work, said, made, wanted, ask.now))
