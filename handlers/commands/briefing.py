"""/briefing [period or day]: the briefing's figures, and its files and pictures by button."""

from core.cases.briefing import make_briefing, span_asked
from core.rules.briefing import Span
from core.words.briefing import briefing_message
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("briefing", words=("通报文件", "简报", "Briefing"), past="named")
def briefing(ask: Ask, work: Work) -> Reply:
    return Reply.say(screen(ask, work, ask.args))


def screen(ask: Ask, work: Work, text: str) -> Message:
    # Asked as of a day without more, it is everything up to then.
    span = Span(None, ask.today) if ask.then and not text else span_asked(text, ask.today)
    made = make_briefing(work, span, ask.now)
    return briefing_message(ask.voice, ask.office, made, ask.today)
