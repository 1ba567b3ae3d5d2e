"""Escalation in English."""

SENTENCES = {
    "title": "<b>Long overdue</b>: {n:# item|# items} the units have not handed in:",
    "row": "{n}. {item} · {unit}\n    due {due}, {late}",
    "more": "… and {n} more, see /overdue",
    "to_leader": "You can bring it to the leader's attention: the button shows a preview, nothing is sent before you confirm.",
    "see": "Tell the leader",
    "preview": "<b>To be brought to the leader's attention</b> (sent once you confirm):",
    "leader": "▸ {leader}: {n}",
    "leader_absent": "▸ {leader}: {n} (has not joined or can't be reached)",
    "leader_held": "▸ {leader}: {n} (had {most} messages today, not disturbed again)",
    "before": "{n} of them were brought up before and are left out.",
    "confirm": "Send",
    "cancel": "Don't send",
    "cancelled": "Nothing was sent.",
    "nothing": "All of this is handed in, extended or was brought up before.",
    "gone": "This preview was used or is out of date; please open it again.",
    "nobody": "No leader can be reached; nothing was sent.",
    "sent": "Brought to the attention of {names}: {n:# item|# items}.",
    "later": "It is outside office hours; it goes out at {at}.",
    "told": "<b>For your attention</b>: {n:# item|# items} you lead are overdue, says {office}:",
    "told_row": "{n}. {item} · {unit}\n    due {due}, {late}",
}
