"""/language: Chinese or English for this person."""

from core.words.help import help_message
from core.words.message import Button, Message
from core.words.voice import LANGUAGES, voice
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command

_NAMES = {"zh": "中文", "en": "English"}


@command("language", words=("语言", "Language"))
def language(ask: Ask, work: Work) -> Reply:
    row = tuple(Button(_NAMES[lang], f"lang:{lang}") for lang in LANGUAGES)
    return Reply.say(Message(ask.voice("help.language"), (row,)))


@button("lang", action="language")
def choose(ask: Ask, work: Work) -> Reply:
    lang = ask.args if ask.args in LANGUAGES else "zh"
    work.people.speak(ask.person.id, lang)
    said = voice(lang)
    return Reply(
        messages=(help_message(said, ask.person, ask.place),),
        edit=Message(said("help.language_set")),
    )
