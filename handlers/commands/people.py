"""/people: who has joined, and taking a post back."""

from core.cases.people import joined_today, undo_join
from core.rules.people import Post, Role
from core.words.html import Html, plain
from core.words.message import Message
from core.words.people import joined_board, people_message, remove_question, role_of
from core.words.voice import voice
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command


@command("people", words=("人员名单", "人员"), past="list")
def people(ask: Ask, work: Work) -> Reply:
    return Reply.say(_page(ask, work, 0))


@button("people", action="people", past=True)
def turn(ask: Ask, work: Work) -> Reply:
    return Reply(edit=_page(ask, work, int(ask.args or 0)))


@button("unjoin?", action="people")
def ask_first(ask: Ask, work: Work) -> Reply:
    person_id, post = _post(ask)
    person = work.people.get(person_id)
    if person is None:
        return Reply(edit=_page(ask, work, 0))
    return Reply(edit=remove_question(ask.voice, person, post, _unit(work, post)))


@button("undo_join", action="people")
def undo(ask: Ask, work: Work) -> Reply:
    """Undone in the message that told of it, which goes on telling of the others."""
    text = _removed(ask, work)
    newcomers = joined_today(work, ask.now)
    if len(newcomers) < 2:
        return Reply(edit=Message(text))
    return Reply(edit=joined_board(ask.voice, newcomers), toast=plain(text))


@button("unjoin", action="people")
def remove(ask: Ask, work: Work) -> Reply:
    return Reply(edit=Message(_removed(ask, work)))


def _removed(ask: Ask, work: Work) -> Html:
    person_id, post = _post(ask)
    held = next(
        (own for own in (_posts(work, person_id)) if (own.role, own.unit_id) == (post.role, post.unit_id)), post
    )
    person = undo_join(work, person_id, held, ask.person, ask.now)
    theirs = voice(person.lang or ask.office.lang)
    work.outbox.put(
        f"removed:{ask.source.update_id}",
        person.chat_id,
        Message(theirs("people.removed_you", role=role_of(theirs, held, _unit(work, held)))),
        kind="notice",
        now=ask.now,
        person_id=person.id,
    )
    return ask.voice("people.undone", name=person.name, role=role_of(ask.voice, held, _unit(work, held)))


def _page(ask: Ask, work: Work, page: int) -> Message:
    units = {unit.id: unit.name for unit in work.notices.units()}
    return people_message(ask.voice, work.people.all(), units, page)


def _post(ask: Ask) -> tuple[int, Post]:
    person_id, role, unit_id = ask.fields
    return int(person_id), Post(Role(role), int(unit_id) or None)


def _posts(work: Work, person_id: int) -> tuple[Post, ...]:
    person = work.people.get(person_id)
    return person.posts if person else ()


def _unit(work: Work, post: Post) -> str:
    unit = work.notices.unit(post.unit_id) if post.unit_id else None
    return unit.name if unit else ""
