"""/receipts: which units have confirmed receipt, and which haven't."""

from core.cases.problem import Problem
from core.cases.receipts import receipts_of
from core.words.receipts import choose_message, receipts_message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button, command


@command("receipts", words=("签收情况", "Receipts"), past="list")
def receipts(ask: Ask, work: Work) -> Reply:
    found = [receipts_of(work, card) for card in work.notices.active()]
    if not found:
        raise Problem("receipts.none")
    if len(found) > 1:
        return Reply.say(choose_message(ask.voice, found))
    return Reply.say(receipts_message(ask.voice, ask.office, found[0]))


@button("receipts", action="receipts", past=True)
def turn(ask: Ask, work: Work) -> Reply:
    """receipts:<notice>:<page>"""
    notice_id, page = (int(field) for field in ask.fields)
    card = work.notices.get(notice_id)
    if card is None or card.state not in ("active", "closed"):
        raise Problem("help.old_button")
    return Reply(edit=receipts_message(ask.voice, ask.office, receipts_of(work, card), page))
