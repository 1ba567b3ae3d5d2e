"""/digest: leaders' digests: on or off, previewed, one month held back."""

from core.cases import leader_digest as case
from core.cases.problem import Problem
from core.cases.progress import leader_by_mark
from core.rules.scope import scope_of
from core.words import leader_digest as words
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command


@command("digest", words=("领导专报", "专报"), past="list")
def digest(ask: Ask, work: Work) -> Reply:
    return Reply.say(_screen(ask, case.standing(work, ask.now)))


@button("dg", action="digest", past=("home", "see"))
def press(ask: Ask, work: Work) -> Reply:
    """dg:home; dg:see:MARK a preview; dg:on, dg:off; dg:hold:MONTH, dg:free:MONTH"""
    match ask.fields:
        case ["home"]:
            return Reply.say(_screen(ask, case.standing(work, ask.now)))
        case ["see", mark]:
            leader = leader_by_mark(work, scope_of(ask.person), mark)
            if leader is None:
                raise Problem("help.old_button")
            made = case.seen(work, leader, ask.now)
            return Reply.say(words.digest_message(ask.voice, ask.office, made, preview=True))
        case [("on" | "off") as which]:
            shown = case.switch(work, ask.person, which == "on", ask.now)
        case [("hold" | "free") as which, month]:
            shown = case.hold(work, ask.person, month, which == "hold", ask.now)
        case _:
            raise Problem("help.old_button")
    return Reply(edit=_screen(ask, shown))


def _screen(ask: Ask, shown: case.Standing) -> Message:
    facts = (shown.on, shown.next_at, shown.month, shown.held, shown.rows)
    return words.standing_message(ask.voice, ask.office, *facts, then=ask.then is not None)
