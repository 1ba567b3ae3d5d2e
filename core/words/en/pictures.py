"""The few words that stand in pictures."""

SENTENCES = {
    "done": "Handed in",
    "waiting": "Waiting",
    "overdue": "Overdue",
    "order": "In the order of the notice, not a ranking",
    "more": "{n} more rows in the sheet",
    "nothing": "Nothing is due",
}
