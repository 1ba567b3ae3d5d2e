"""/rehearse: the year's reminders before they happen."""

from core.cases.rehearse import rehearse as play
from core.words import rehearse as words
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("rehearse", words=("预演", "全年预演", "Rehearsal"), now="ahead")
def rehearse(ask: Ask, work: Work) -> Reply:
    return Reply.say(words.year_message(ask.voice, play(work, ask.now)))
