"""/export: the data as files, each person their own, the office everything."""

from core.words.export import export_message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("export", words=("导出", "导出数据", "Export"), past="list")
def export(ask: Ask, work: Work) -> Reply:
    return Reply.say(export_message(ask.voice, ask.person))
