"""/start: joining by a one-time link, or a greeting."""

from core.cases.handover import expired_link
from core.cases.instruction import deliver_waiting
from core.cases.naming import legend
from core.cases.notice import desks_of
from core.cases.passing import tell_successor
from core.cases.people import join_unit, joined_today
from core.rules.people import OFFICE, Place, Role
from core.words.help import help_message, welcome
from core.words.message import Message
from core.words.naming import below
from core.words.people import joined_board, welcome_text
from core.words.tasks import assignment_message
from core.words.voice import voice
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.commands.leader import first_screen
from handlers.registry import command


@command("start", words=("开始",))
def start(ask: Ask, work: Work) -> Reply:
    if ask.place is Place.GROUP:
        return Reply.say(Message(ask.voice("help.group_help")))
    if not ask.args:
        return Reply.say(help_message(ask.voice, ask.person, ask.place))
    if handover := expired_link(work, ask.args.split()[0], ask.person, ask.now):
        return Reply.say(Message(ask.voice("handover.link_gone", name=handover.person)))
    joined = join_unit(work, ask.args.split()[0], ask.person.telegram_id, ask.chat_id, ask.person.name, ask.now)
    said = voice(joined.person.lang or ask.person.lang or ask.office.lang)
    hello = welcome(said, joined.person, welcome_text(said, joined, ask.office))
    if joined.again:
        return Reply.say(hello)
    if joined.passed:
        # The supervisors hear of the handover, which says that somebody has joined as well.
        tell_successor(work, joined.passed, ask.now, waits=False)
        return Reply.say(hello)
    tell_supervisors(ask, work, but=joined.person.id)
    desks = desks_of(work, joined.person) if joined.post.role in (Role.CONTACT, Role.HEAD) else []
    deliver_waiting(work, joined.person, joined.post.unit_id, ask.now)
    if joined.post.role is Role.LEADER:
        return Reply.say(hello, *first_screen(work, said, joined.person, ask.now))
    about = [obligation.id for desk in desks for obligation in desk.obligations if obligation.open]
    told = [assignment_message(said, desk, ask.today) for desk in desks]
    if told:
        told[-1] = below(said, told[-1], legend(work))
    return Reply.say(hello, *told, about=about)


def tell_supervisors(ask: Ask, work: Work, but: int = 0) -> None:
    """Whoever supervises learns who joined: one message a day, which grows; each can be undone in it."""
    newcomers = joined_today(work, ask.now)
    for person in work.people.with_role(*OFFICE):
        if person.id == but or not newcomers:
            continue
        key = f"joined:{ask.today}:{person.id}"
        told = work.outbox.by_key(key)
        first = next((said for said in told if said.key == key), None)
        work.outbox.put(
            f"{key}:{ask.source.update_id}" if first else key,
            person.chat_id,
            joined_board(voice(person.lang or ask.office.lang), newcomers),
            kind="notice",
            now=ask.now,
            person_id=person.id,
            edits_id=first.id if first else None,
        )
