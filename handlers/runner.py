"""Knows how one kept update becomes one transaction: person, permission, handler, answer, done mark."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol, TypeVar

from core.cases.problem import Problem
from core.checkpoints import Checkpoint, pass_by
from core.ports import Aside, Clock, FileRef, Messenger, SendError
from core.rules.people import Person, Place, may
from core.words.message import Message
from core.words.voice import voice
from core.work import Work
from handlers.ask import NOTHING, Ask, Reply
from handlers.incoming import Incoming, read
from handlers.patience import PATIENCE, busy, patiently
from handlers.registry import registry
from handlers.routing import route

T = TypeVar("T")


class Desk(Protocol):
    async def run(self, work: Callable[[Any], T], *, together: bool = False) -> T: ...


class Storage(Protocol):
    """What the runner needs of storage beside a Work."""

    def open(self, session: Any, telegram_id: int, chat_id: int, token: str) -> tuple[Work, Person | None]: ...

    def done(self, session: Any, update_id: int, now: datetime) -> None: ...

    def moved(self, session: Any, old: int, new: int) -> None: ...

    def unreachable(self, session: Any, chat_id: int, why: str, now: datetime) -> None: ...

    def reopened(self, session: Any, chat_id: int, now: datetime) -> None: ...


class Row(Protocol):
    @property
    def update_id(self) -> int: ...

    @property
    def tries(self) -> int: ...

    @property
    def deaths(self) -> int: ...

    @property
    def update(self) -> dict[str, Any]: ...


Shown = Callable[[FileRef, str, int, str, bool], AbstractAsyncContextManager[None]]
"""(file, the update, its chat, the person's language, begun before): shows how far reading has come while it lasts."""

Prepare = Callable[[FileRef, str], Coroutine[Any, Any, Any]]
"""Reads a file as a "notice" or a "plan" before the transaction begins."""

FORM_SUFFIXES = (".docx", ".docm", ".xlsx", ".xlsm", ".doc", ".xls", ".wps", ".et")
"""What a contact sends that may be a plan form; anything else is evidence that goes with a report."""


async def stay() -> None:
    """For who handles one update after the other whatever it takes."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    reply: Reply = NOTHING
    ask: Ask | None = None


class Runner:
    """Handles inbox rows. `handle` raises only what is worth trying again; a Problem is an answer like any other."""

    def __init__(
        self,
        desk: Desk,
        storage: Storage,
        clock: Clock,
        messenger: Messenger,
        prepare: Prepare,
        bot: str = "",
        wake: Callable[[], None] = lambda: None,
        checkpoint: Checkpoint = pass_by,
        shown: Shown = lambda *_: nullcontext(),
    ) -> None:
        self._desk = desk
        self._storage = storage
        self._clock = clock
        self._messenger = messenger
        self._prepare = prepare
        self._shown = shown
        self.patience = PATIENCE
        self.wake = wake
        self._checkpoint = checkpoint
        self.bot = bot

    async def handle(self, row: Row, aside: Aside = stay) -> None:
        """Everything that follows from one update, committed together with its done mark.

        `aside` is called once where reading its file takes long: nobody need wait for that.
        """
        incoming = read(row.update)
        prepared = None
        wanted, lang = await self._wants_file(incoming)
        if wanted:
            file, chat_id = incoming.source.files[0], incoming.chat_id
            shown = self._shown(file, str(row.update_id), chat_id, lang, row.tries + row.deaths > 1)
            async with busy(partial(self._messenger.busy, chat_id)), shown:
                prepared = await patiently(self._prepare(file, wanted), aside, self.patience)
        try:
            outcome = await self._desk.run(
                lambda session: self._transaction(session, incoming, prepared), together=True
            )
        except Problem as problem:
            # The handler's changes were rolled back; the refusal is a transaction of its own.
            said = problem
            outcome = await self._desk.run(lambda session: self._refuse(session, incoming, said), together=True)
        self._checkpoint("handle.done")
        self.wake()
        if incoming.callback_id:
            with suppress(SendError):
                await self._messenger.answer(incoming.callback_id, outcome.reply.toast, outcome.reply.alert)

    def apologise(self, session: Any, row: Row) -> None:
        """Tells the person that what they sent is kept although it could not be handled, in the transaction that says so."""
        self._apologise(session, read(row.update))

    async def _wants_file(self, incoming: Incoming) -> tuple[str, str]:
        """ "notice", "plan", or "" where the file isn't read before somebody says what it is; and the person's language."""
        files = incoming.source.files
        if incoming.kind != "message" or incoming.place is not Place.PRIVATE or not files:
            return "", ""
        if files[0].kind != "document":
            return "", ""
        form = files[0].name.lower().endswith(FORM_SUFFIXES)

        def wanted(session: Any) -> tuple[str, str]:
            work, person = self._storage.open(session, incoming.user_id, incoming.chat_id, "")
            lang = (person.lang if person else None) or work.office.lang
            return _kind(work, person), lang

        def _kind(work: Work, person: Person | None) -> str:
            roles = person.roles if person else frozenset()
            if may(roles, "notice", Place.PRIVATE) and not incoming.reply_to:
                talk = work.talks.awaiting(person.id) if person else None
                entry = registry().conversations.get(talk.name.partition(":")[0]) if talk else None
                # What a supervisor sends while the bot waits for photos and files is one of these.
                return "" if entry and entry.files else "notice"
            return "plan" if form and may(roles, "plan", Place.PRIVATE) else ""

        return await self._desk.run(wanted, together=True)

    def _transaction(self, session: Any, incoming: Incoming, prepared: Any) -> _Outcome:
        work, known = self._open(session, incoming)
        outcome = self._dispatch(session, work, known, incoming, prepared)
        self._write(work, incoming, outcome)
        self._storage.done(session, incoming.update_id, self._clock.now())
        self._checkpoint("handle.written")
        return outcome

    def _refuse(self, session: Any, incoming: Incoming, problem: Problem) -> _Outcome:
        work, known = self._open(session, incoming)
        ask = self._ask(work, known, incoming, None)
        text = ask.voice(problem.key, **problem.values)
        if incoming.callback_id:
            outcome = _Outcome(Reply(toast=ask.voice.plain(problem.key, **problem.values), alert=True), ask)
        else:
            outcome = _Outcome(Reply.say(Message(text)), ask)
        self._write(work, incoming, outcome)
        self._storage.done(session, incoming.update_id, self._clock.now())
        return outcome

    def _apologise(self, session: Any, incoming: Incoming) -> None:
        asked = incoming.kind == "button" or registry().command_of(incoming.text, incoming.place is Place.PRIVATE)
        if incoming.kind not in ("message", "edit", "button") or (incoming.place is not Place.PRIVATE and not asked):
            return
        work, known = self._open(session, incoming)
        ask = self._ask(work, known, incoming, None)
        work.outbox.put(
            f"aside:{incoming.update_id}",
            incoming.chat_id,
            Message(ask.voice("help.kept")),
            kind="reply",
            now=ask.now,
            topic_id=ask.topic_id,
        )

    def _open(self, session: Any, incoming: Incoming) -> tuple[Work, Person | None]:
        found = registry().command_of(incoming.text) if incoming.kind == "message" else None
        token = found[1] if found and found[0] == "start" else ""
        return self._storage.open(session, incoming.user_id, incoming.chat_id, token)

    def _dispatch(self, session: Any, work: Work, known: Person | None, incoming: Incoming, prepared: Any) -> _Outcome:
        if incoming.kind == "moved":
            self._storage.moved(session, incoming.chat_id, incoming.new_chat_id)
            return _Outcome()
        if incoming.kind == "member":
            self._membership(session, work, known, incoming)
            return _Outcome()
        if incoming.kind == "other":
            return _Outcome()
        ask = self._ask(work, known, incoming, prepared)
        work.history.by(incoming.source)
        if ask.person.unreachable and ask.place is Place.PRIVATE:
            work.people.mark_reachable(ask.person.id, ask.now)
            self._storage.reopened(session, ask.chat_id, ask.now)
        return _Outcome(route(ask, work, incoming), ask)

    def _membership(self, session: Any, work: Work, known: Person | None, incoming: Incoming) -> None:
        """Blocked or let in again (private chat); put out of a group, whose link ends."""
        now = self._clock.now()
        if incoming.status in ("kicked", "left"):
            self._storage.unreachable(session, incoming.chat_id, "blocked", now)
        elif incoming.place is Place.PRIVATE and known is not None:
            work.people.mark_reachable(known.id, now)
            self._storage.reopened(session, incoming.chat_id, now)

    def _ask(self, work: Work, known: Person | None, incoming: Incoming, prepared: Any) -> Ask:
        person = known or Person(
            0,
            work.office.id,
            incoming.user_id,
            incoming.chat_id,
            incoming.user_name,
            lang="en" if incoming.user_lang.startswith("en") else None,
        )
        return Ask(
            person=person,
            office=work.office,
            voice=voice(person.lang or work.office.lang),
            now=self._clock.now(),
            place=incoming.place,
            chat_id=incoming.chat_id,
            source=incoming.source,
            text=incoming.text,
            topic_id=incoming.topic_id,
            chat_title=incoming.chat_title,
            reply_to=incoming.reply_to,
            album=incoming.album,
            edited=incoming.kind == "edit",
            bot=self.bot,
            prepared=prepared,
        )

    def _write(self, work: Work, incoming: Incoming, outcome: _Outcome) -> None:
        reply, ask = outcome.reply, outcome.ask
        if ask is None:
            return
        person_id = ask.person.id or None
        if reply.edit is not None:
            work.outbox.put(
                f"reply:{incoming.update_id}:edit",
                ask.chat_id,
                reply.edit,
                kind="reply",
                now=ask.now,
                person_id=person_id,
                about=reply.about,
                topic_id=ask.topic_id,
                edit_message_id=ask.source.message_id,
            )
        for number, message in enumerate(reply.messages):
            work.outbox.put(
                f"reply:{incoming.update_id}:{number}",
                ask.chat_id,
                message,
                kind="reply",
                now=ask.now,
                person_id=person_id,
                about=reply.about,
                topic_id=ask.topic_id,
            )
