"""/link in a group (or topic): from now on the summary appears there."""

from core.cases.summary import next_summary
from core.words.group import linked
from core.words.voice import voice
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("link", words=("绑定",))
def link(ask: Ask, work: Work) -> Reply:
    before = work.groups.by_chat(ask.chat_id)
    group = work.groups.link(ask.chat_id, ask.topic_id, ask.chat_title, ask.person.id, ask.now)
    how = "new" if before is None else "same" if before.topic_id == ask.topic_id else "moved"
    if how != "same":
        work.history.add(
            "group_linked", "group", group.id, ask.now, ask.person.id, ask.source, title=group.title, topic=ask.topic_id
        )
    upcoming = next_summary(work, ask.now)
    return Reply.say(linked(voice(ask.office.lang), ask.office, how, ask.topic_id is not None, upcoming))
