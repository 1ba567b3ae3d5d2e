"""Knows how a list is asked for as of a past moment: the handler gets the office of then and needs to know nothing."""

from __future__ import annotations

from dataclasses import replace

from core.cases.as_of import asked_moment, check_known, moment_alone
from core.cases.problem import Problem
from core.rules.dates_past import AsOf
from core.rules.refs import opens
from core.words.as_of import MARK, stamped
from core.words.message import Message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import Entry, registry


def answer(entry: Entry, ask: Ask, work: Work) -> Reply:
    """The handler's answer, about now or, where the question names a moment that is past, about then."""
    if entry.now and (named := moment_alone(work, ask.args, ask.now)) and named.day < ask.today:
        raise Problem(f"as_of.now_{entry.now}")
    if not entry.past:
        return entry.handler(ask, work)
    ask, asked = (_pressed if entry.past == "button" else _typed)(entry, ask, work)
    check_known(work, asked)
    if asked is None:
        return entry.handler(ask, work)
    moment = asked.moment(work.office.zone)
    try:
        reply = entry.handler(replace(ask, now=moment, then=asked), work.at(moment))
    except Problem as problem:
        if entry.past == "button" or problem.key.startswith("as_of."):
            raise
        # "There is nothing" is an answer about then, too; it was only read, so nothing has to be undone.
        reply = Reply.say(Message(ask.voice(problem.key, **problem.values)))
    return _about_then(ask, reply, asked)


def _pressed(entry: Entry, ask: Ask, work: Work) -> tuple[Ask, AsOf | None]:
    """A button carries its moment behind "@"; one that would change something has none."""
    args, mark, code = ask.args.rpartition(MARK)
    if not mark:
        return ask, None
    if not entry.looks_back(args):
        raise Problem("help.old_button")
    return replace(ask, args=args), _parsed(code)


def _typed(entry: Entry, ask: Ask, work: Work) -> tuple[Ask, AsOf | None]:
    """Where a command's moment stands is said by its `past`.

    "list" takes nothing else, "named" leaves a name, "ref" begins with a task's number, "either" is a name or a number;
    "free" takes anything besides, and "alone" none with a moment: what else it takes has days of its own.
    """
    numbered = opens(ask.args)
    if entry.past == "alone" or (entry.past == "free" and numbered):
        asked = moment_alone(work, ask.args, ask.now) if entry.past == "alone" else None
        return replace(ask, args="" if asked else ask.args), asked
    asked, rest = asked_moment(work, ask.args, ask.now, entry.past == "ref" or (entry.past == "either" and numbered))
    extra = {"ref": rest.partition(" ")[2], "list": rest}.get(entry.past, "")
    if extra and (entry.past == "ref" or any(character.isdigit() for character in extra)):
        raise Problem("as_of.bad_date", text=extra[:30])
    return replace(ask, args=rest), asked


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


def _looks_back(action: str) -> bool:
    prefix, _, fields = action.partition(":")
    entry = registry().buttons.get(prefix)
    return entry is not None and entry.looks_back(fields)
