"""/cancel: puts the conversation under way aside; what was filled in is kept."""

from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("cancel", words=("取消", "Cancel"))
def cancel(ask: Ask, work: Work) -> Reply:
    # The runner has set every conversation at rest before a command is called.
    return Reply.say(Message(ask.voice("help.cancelled")))
