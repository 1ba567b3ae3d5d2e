"""Knows who answers an update: a button's handler, a command's, a talk under way, and whether the person may."""

from __future__ import annotations

from dataclasses import replace

from core.cases.problem import Problem
from core.rules.obligations import Kind
from core.rules.people import Place, Role, elsewhere, may
from core.words.as_of import MARK
from core.words.message import Message
from core.words.voice import Voice
from core.work import Wanted, Work
from handlers.as_of import answer
from handlers.ask import NOTHING, Ask, Reply
from handlers.incoming import Incoming
from handlers.registry import Entry, Registry, registry


def route(ask: Ask, work: Work, incoming: Incoming) -> Reply:
    """The answer of whoever the update is for. Raises what the handler raises."""
    known = registry()
    if incoming.kind == "button":
        prefix, _, fields = incoming.text.partition(":")
        if MARK in prefix:  # a button without fields, about a past moment
            prefix, mark, code = prefix.partition(MARK)
            fields = mark + code
        return _pressed(known.buttons.get(prefix), replace(ask, args=fields), work, incoming)
    if incoming.kind == "edit":
        return _call(known.fallbacks["edit"], ask, work) if ask.place is Place.PRIVATE else NOTHING
    private = ask.place is Place.PRIVATE
    found = known.command_of(incoming.text, private) if not incoming.source.files else None
    if found and (found[0] in known.commands or private):
        name, args = found
        if ask.person.id:
            work.talks.rest(ask.person.id)
        return _call(known.commands.get(name) or known.commands["help"], replace(ask, args=args), work)
    if not private:
        return NOTHING
    return _call(_taker(known, ask, work), ask, work)


def _pressed(entry: Entry | None, ask: Ask, work: Work, incoming: Incoming) -> Reply:
    """The answer to a button. One that this message never had is no defect if it can't be read: it has expired."""
    if any(field.isdigit() and int(field) > _GREATEST for field in ask.fields) and _strange(ask, work, incoming):
        raise Problem("help.old_button")
    try:
        return _call(entry, ask, work)
    except (ValueError, LookupError) as unreadable:
        if not _strange(ask, work, incoming):
            raise
        raise Problem("help.old_button") from unreadable


def _strange(ask: Ask, work: Work, incoming: Incoming) -> bool:
    """Whether the message never had this button."""
    said = work.outbox.sent(ask.chat_id, ask.source.message_id)
    return said is None or incoming.text not in said.actions


_GREATEST = 2**31 - 1
"""No number of ours is greater: a database's integer."""


def _taker(known: Registry, ask: Ask, work: Work) -> Entry:
    """Who takes what is no command: a notice file, a reply to a message, a talk under way, else the fallback."""
    if ask.prepared is not None and "plan" not in ask.prepared:
        return known.fallbacks["file"]
    if ask.prepared is not None and _is_plan(ask, work):
        return known.fallbacks["plan_file"]
    if ask.reply_to and (said := work.outbox.sent(ask.chat_id, ask.reply_to)):
        if said.key.startswith("inspection:"):
            return known.fallbacks["inspection"]
        if said.key.startswith("instruction:") and ask.person.unit_ids:
            return known.fallbacks["instructed"]
        sayable = said.key.startswith("leader_digest:") or any(a.startswith("ins:w:") for a in said.actions)
        if ask.person.has(Role.LEADER) and sayable:
            return known.fallbacks["instruct"]
        if said.about:
            return known.fallbacks["reply"]
    talk = work.talks.awaiting(ask.person.id) if ask.person.id else None
    entry = known.conversations.get(talk.name.partition(":")[0]) if talk else None
    if entry and (entry.files or not ask.source.files):
        return entry
    return known.fallbacks["text"]


def _is_plan(ask: Ask, work: Work) -> bool:
    """Whether a contact's file is a plan form, or was meant as one and can't be opened."""
    prepared = ask.prepared
    if prepared.get("problem") in (None, "unsafe", "macros", "too_heavy"):
        return bool(prepared.get("forms")) or "problem" in prepared
    talk = work.talks.awaiting(ask.person.id)
    said = work.outbox.sent(ask.chat_id, ask.reply_to) if ask.reply_to else None
    about = work.obligations.find(Wanted(ids=said.about)) if said and said.about else []
    plans = bool(about) and all(obligation.kind is Kind.PLAN for obligation in about)
    named = any(word in ask.source.files[0].name.lower() for word in ("计划", "plan"))
    return named or plans or (talk is not None and talk.name.startswith("plan:"))


def _call(entry: Entry | None, ask: Ask, work: Work) -> Reply:
    """The handler's answer, if the one table of permissions allows it."""
    said: Voice = ask.voice
    if entry is None:
        return Reply(toast=said.plain("help.old_button"), alert=True)
    if may(ask.person.roles, entry.action, ask.place):
        return answer(entry, ask, work)
    if elsewhere(ask.person.roles, entry.action, ask.place):
        key = "help.only_private" if ask.place is Place.GROUP else "help.only_group"
    else:
        key = "help.not_joined" if not ask.person.posts else "help.not_allowed"
    return Reply(messages=(Message(said(key)),), toast=said.plain(key))
