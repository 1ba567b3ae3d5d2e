"""History in English."""

SENTENCES = {
    "button": "History ({n})",
    "unit_button": "History",
    "title": "<b>{title}</b>: {n:# entry|# entries} ({page}/{pages}, newest first)",
    "none": "Nothing is recorded yet.",
    "other": "{at} {who}: {what} {detail}",
    "of_task": "<b>{ref}</b> {line}",
    "message": " · message №{n}",
    "group_message": " · group message №{n}",
    "first": "Earliest",
    "which": "Whose history?",
    "usage": "Whose history? Add a task's number, a unit's or a person's name: /history 2-15, /history Water Bureau.",
    "unknown": "Nothing is called “{text}”. Add a task's number, a unit's or a person's name: /history 2-15.",
    "not_yours": "You may look at your tasks, your unit and your colleagues.",
    "near": "Nothing is called “{text}”. Perhaps:",
}
