"""Receipts in English."""

SENTENCES = {
    "reminder": "<b>Please confirm receipt</b> of the {n:# task|# tasks} assigned to your unit. One tap; this is the only reminder.",
    "title": "Receipts: {title}",
    "counts": "<b>{done}</b> of {all:# unit|# units} confirmed, <b>{missing}</b> not.",
    "all_done": "Every unit has confirmed.",
    "done": "● {unit}: {who}, {at}",
    "waiting": "○ {unit}: not confirmed",
    "reminded": "○ {unit}: not confirmed, reminded on {day} (no further reminder; a call may help)",
    "nobody": "○ {unit}: nobody has joined, not delivered",
    "choose": "Receipts of which notice?",
    "none": "No notice has been assigned yet.",
    "list": "Receipts",
}
