"""Buttons of the rehearsal: months, people, the pictures and the sheet; of a draft too, before it is confirmed."""

from core.cases.problem import Problem
from core.cases.rehearse import rehearse as play
from core.words import rehearse as words
from core.words import rehearse_papers as papers
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button


@button("reh", action="rehearse")
def rehearse(ask: Ask, work: Work) -> Reply:
    """reh:home | m:<year>:<month> | l:<page> people | w:<person>:<page> | p the pictures | x the sheet; then d<draft>"""
    *fields, last = ask.fields or [""]
    draft = int(last[1:]) if last[:1] == "d" and last[1:].isdigit() else 0
    seen, said = play(work, ask.now, draft), ask.voice
    match fields if draft else [*fields, last]:
        case ["home"]:
            return Reply(edit=words.year_message(said, seen))
        case ["m", year, month] if year.isdigit() and month.isdigit():
            return Reply(edit=words.month_message(said, seen, int(year), int(month)))
        case ["l", page] if page.isdigit():
            return Reply(edit=words.people_message(said, seen, int(page)))
        case ["w", key, page] if page.isdigit():
            found = words.person_message(said, seen, key, int(page))
            if found is None:
                raise Problem("rehearse.nobody")
            return Reply(edit=found)
        case ["p"]:
            return Reply.say(*papers.picture_messages(said, seen))
        case ["x"]:
            return Reply.say(papers.sheet_message(said, seen))
    raise Problem("help.old_button")
