"""The help button of an answer that wasn't understood."""

from core.words.help import help_message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button


@button("help", action="help")
def show_help(ask: Ask, work: Work) -> Reply:
    return Reply.say(help_message(ask.voice, ask.person, ask.place))
