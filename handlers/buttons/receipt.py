"""签收: a contact confirms receipt of the unit's tasks."""

from core.cases.receipts import receipt
from core.work import Work
from handlers.ask import Ask, Reply
from handlers.registry import button


@button("receipt", action="receipt")
def confirm_receipt(ask: Ask, work: Work) -> Reply:
    new = receipt(work, int(ask.args), ask.person, ask.now)
    return Reply(toast=ask.voice.plain("tasks.receipt_done" if new else "tasks.receipt_again"))
