"""/help: what this person can do here."""

from core.rules.people import Place
from core.words.help import help_message
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("help", words=("帮助", "Help"))
def show_help(ask: Ask, work: Work) -> Reply:
    if ask.place is Place.GROUP:
        return Reply.say(Message(ask.voice("help.group_help")))
    typed = ask.text.split()[0] if ask.text.startswith("/") else ""
    unknown = "" if typed.split("@")[0].lower() in ("", "/help") else typed[:40]
    return Reply.say(help_message(ask.voice, ask.person, ask.place, unknown))
