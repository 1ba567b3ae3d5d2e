"""The buttons of a revised notice: the differences clause by clause, then the one that puts it in force."""

from core.cases.revision import Applied, apply, differences
from core.words import revision as words
from core.words import terms
from core.words.voice import voice
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button


@button("rev", action="notice")
def show(ask: Ask, work: Work) -> Reply:
    notice_id, page = ask.fields
    card, base, found = differences(work, int(notice_id))
    return Reply(edit=words.differences_message(ask.voice, card, base, found, int(page)))


@button("rev_ok", action="notice")
def confirm(ask: Ask, work: Work) -> Reply:
    """Applies what was seen; what changed meanwhile is shown again."""
    notice_id, seen = ask.fields
    done = apply(work, int(notice_id), seen, ask.voice.plain("revision.reason"), ask.person, ask.now)
    if done is None:
        card, base, found = differences(work, int(notice_id))
        again = words.differences_message(ask.voice, card, base, found, 0)
        return Reply(edit=again, toast=ask.voice.plain("revision.changed_meanwhile"), alert=True)
    opens = ask.office.next_open(ask.now)
    told = _tell(ask, work, done, int(notice_id))
    later = terms.moment(ask.voice, ask.office.local(opens)) if opens > ask.now else ""
    return Reply(edit=words.applied_message(ask.voice, told, done.nobody, later, done.revision))


def _tell(ask: Ask, work: Work, done: Applied, notice_id: int) -> int:
    opens = ask.office.next_open(ask.now)
    told = 0
    for person, clauses in done.people:
        said = voice(person.lang or ask.office.lang)
        units = [unit.name for number in person.unit_ids if (unit := work.notices.unit(number))]
        told += work.outbox.put(
            f"revised:{notice_id}:{person.id}",
            person.chat_id,
            words.told_message(said, done.base, done.revision, clauses, units, done.plan_due),
            kind="notice",
            now=ask.now,
            person_id=person.id,
            not_before=opens,
        )
    return told
