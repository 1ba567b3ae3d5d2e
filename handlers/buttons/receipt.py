"""签收: a contact confirms receipt of the unit's tasks."""

from core.cases.naming import legend
from core.cases.notice import desk_of
from core.cases.receipts import receipt
from core.rules.delivery import pieces
from core.rules.obligations import Kind
from core.words.message import Message
from core.words.naming import below
from core.words.tasks import assignment_message
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button


@button("receipt", action="receipt")
def confirm_receipt(ask: Ask, work: Work) -> Reply:
    new = receipt(work, int(ask.args), ask.person, ask.now)
    toast = ask.voice.plain("tasks.receipt_done" if new else "tasks.receipt_again")
    said = work.outbox.sent(ask.chat_id, ask.source.message_id)
    if said is not None and said.key.startswith("receipt:"):
        return Reply(edit=Message(ask.voice("tasks.receipt_done")), toast=toast)
    if (desk := desk_of(work, ask.person, int(ask.args))) is None:
        return Reply(toast=toast)
    message = below(ask.voice, assignment_message(ask.voice, desk, ask.today, receipt=False), legend(work))
    if len(pieces(message)) > 1:
        return Reply(toast=toast)
    return Reply(edit=message, toast=toast, about=[o.id for o in desk.obligations if o.open and o.kind is Kind.PLAN])
