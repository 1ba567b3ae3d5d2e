"""/close: a notice is closed at the year's end, after a preview; it can be undone until the thanks go out."""

from core.cases.closing import close as close_notice
from core.cases.closing import preview, undo
from core.cases.problem import Problem
from core.words import closing as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command


@command("close", words=("收尾", "年终收尾", "Close the year"))
def close(ask: Ask, work: Work) -> Reply:
    cards = work.notices.active()
    if not cards:
        raise Problem("closing.nothing")
    if len(cards) > 1:
        return Reply.say(words.choose_message(ask.voice, cards))
    return Reply.say(words.preview_message(ask.voice, ask.office, preview(work, cards[0].id, ask.now)))


@button("ye", action="close")
def press(ask: Ask, work: Work) -> Reply:
    """ye:see:<notice> | ok:<notice> | undo:<notice> | no"""
    match ask.fields:
        case ["see", number]:
            return Reply.say(words.preview_message(ask.voice, ask.office, preview(work, int(number), ask.now)))
        case ["ok", number]:
            found = close_notice(work, int(number), ask.person, ask.now)
            return Reply(edit=words.closed_message(ask.voice, ask.office, found))
        case ["undo", number]:
            card = undo(work, int(number), ask.person, ask.now)
            return Reply(edit=Message(ask.voice("closing.undone", title=words.name_of(ask.voice, card))))
        case ["no"]:
            return Reply(edit=Message(ask.voice("closing.cancelled")))
    raise Problem("help.old_button")
