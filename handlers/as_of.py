"""Knows how a list is asked for as of a past moment: the handler gets the office of then and needs to know nothing."""

from __future__ import annotations

from dataclasses import replace

from core.cases.as_of import asked_moment, check_known
from core.cases.problem import Problem
from core.rules.dates_past import AsOf
from core.rules.refs import opens
from core.words.as_of import MARK, stamped
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import Entry, registry


def answer(entry: Entry, ask: Ask, work: Work) -> Reply:
    """The handler's answer, about now or, where the question names a moment that is past, about then.

    `past` of a command says where the moment stands: "list" takes nothing else, "named" leaves a name, "ref" begins
    with a task's number, "either" is a name or a number. A button carries its moment behind "@".
    """
    if not entry.past:
        return entry.handler(ask, work)
    if entry.past == "button":
        args, mark, code = ask.args.rpartition(MARK)
        asked = _parsed(code) if mark else None
        check_known(work, asked)
        ask = replace(ask, args=args if mark else ask.args)
    else:
        ref = entry.past == "ref" or (entry.past == "either" and opens(ask.args))
        asked, rest = asked_moment(work, ask.args, ask.now, ref)
        extra = rest.partition(" ")[2] if entry.past == "ref" else rest if entry.past == "list" else ""
        if extra and (entry.past == "ref" or any(character.isdigit() for character in extra)):
            raise Problem("as_of.bad_date", text=extra[:30])
        ask = replace(ask, args=rest)
    if asked is None:
        return entry.handler(ask, work)
    moment = asked.moment(work.office.zone)
    reply = entry.handler(replace(ask, now=moment, then=asked), work.at(moment))
    return _about_then(ask, reply, asked)


def _parsed(code: str) -> AsOf:
    try:
        return AsOf.parse(code)
    except ValueError as old:
        raise Problem("help.old_button") from old


def _about_then(ask: Ask, reply: Reply, asked: AsOf) -> Reply:
    """Nothing of it can be answered or pressed as if it were of today."""

    def marked(message: Message) -> Message:
        return stamped(ask.voice, message, asked, _looks_back)

    edit = marked(reply.edit) if reply.edit else None
    return replace(reply, messages=tuple(marked(m) for m in reply.messages), edit=edit, about=())


def _looks_back(prefix: str) -> bool:
    entry = registry().buttons.get(prefix)
    return entry is not None and bool(entry.past)
