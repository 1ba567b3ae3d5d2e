"""/notice: the notices, those in force and those that were closed, and how their assignment stands."""

from core.rules.obligations import Kind, State
from core.rules.people import Role
from core.rules.tasks import NoticeCard
from core.words.html import Html
from core.words.intake import notices_message
from core.work import Wanted, Work
from handlers.ask import Ask, Reply
from handlers.registry import command


@command("notice", words=("通知", "Notice"), past="list")
def notice(ask: Ask, work: Work) -> Reply:
    cards = work.notices.active()
    closed = [card for card in work.notices.kept() if card.state == "closed"]
    rows = []
    for card in cards:
        work.notices.look_at(card.id)
        rows.append(state_row(ask, work, card))
    work.notices.look_at(None)
    return Reply.say(notices_message(ask.voice, cards, rows, closed[::-1]))


def state_row(ask: Ask, work: Work, card: NoticeCard) -> Html:
    """How the notice in view stands."""
    plans = work.obligations.find(Wanted(kind=Kind.PLAN, states=[State.OPEN, State.HANDED_IN]))
    return ask.voice(
        "intake.state",
        title=card.title,
        number=ask.voice("intake.state_number", number=card.number) if card.number else "",
        tasks=len(work.notices.tasks(card.id)),
        receipts=len(work.notices.receipts(card.id)),
        people=len(work.people.with_role(Role.CONTACT, Role.HEAD)),
        plans=sum(plan.state is State.HANDED_IN for plan in plans),
        owed=len(plans),
    )
