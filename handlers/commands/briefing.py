"""/briefing [period or day]: the briefing's figures, and its files and pictures by button."""

from core.cases.briefing import make_briefing, span_asked
from core.words.briefing import briefing_message
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("briefing", words=("通报文件", "简报", "Briefing"))
def briefing(ask: Ask, work: Work) -> Reply:
    return Reply.say(screen(ask, work, ask.args))


def screen(ask: Ask, work: Work, text: str) -> Message:
    made = make_briefing(work, span_asked(text, ask.today), ask.now)
    return briefing_message(ask.voice, ask.office, made, ask.today)
