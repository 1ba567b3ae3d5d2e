"""/notice: the notices in force and how their assignment stands."""

from core.rules.obligations import Kind, State
from core.rules.people import Role
from core.words.intake import notices_message
from core.work import Wanted, Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("notice", words=("通知", "Notice"))
def notice(ask: Ask, work: Work) -> Reply:
    cards = work.notices.active()
    people = work.people.with_role(Role.CONTACT, Role.HEAD)
    plans = work.obligations.find(Wanted(kind=Kind.PLAN, states=[State.OPEN, State.HANDED_IN]))
    rows = [
        ask.voice(
            "intake.state",
            title=card.title,
            number=ask.voice("intake.state_number", number=card.number) if card.number else "",
            tasks=len(work.notices.tasks(card.id)),
            receipts=len(work.notices.receipts(card.id)),
            people=len(people),
            plans=sum(plan.state is State.HANDED_IN for plan in plans),
            owed=len(plans),
        )
        for card in cards
    ]
    return Reply.say(notices_message(ask.voice, cards, rows))
