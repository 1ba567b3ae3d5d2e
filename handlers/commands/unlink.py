"""/unlink in a group: no more summaries there."""

from core.words.group import unlinked
from core.words.voice import voice
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("unlink", words=("解除绑定",))
def unlink(ask: Ask, work: Work) -> Reply:
    group = work.groups.by_chat(ask.chat_id)
    was = work.groups.unlink(ask.chat_id, ask.now)
    if group is not None and was:
        work.history.add("group_unlinked", "group", group.id, ask.now, ask.person.id, ask.source, title=group.title)
    return Reply.say(unlinked(voice(ask.office.lang), was))
