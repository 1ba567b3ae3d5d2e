"""Reminders in English."""

SENTENCES = {
    "title": "<b>[Reminder] {n} to hand in</b>",
    "title_overdue": "<b>[Reminder] {n} to hand in, {overdue} of them overdue</b>",
    "urged": "<b>[Urgent] Please hand in these {n} soon</b>",
    "day": "Due {due}, {late}",
    "item": "{n}. {item}",
    "item_unit": "{n}. {item} ({unit})",
    "more": "… and {n} more, see /tasks",
    "how_one": "Just <b>reply to this message</b> with the progress; photos and files are welcome.",
    "how": "Just <b>reply to this message</b>; for several, use their numbers:\n1. …\n2. …",
    "how_plan": "Press the button to fill in one by one, or <b>reply</b> with “Goal: … Mar: … Apr: …”.",
    "put_off": "({n} of them were held back last time, so as not to disturb you)",
    "fill_plan": "Fill in plan",
}
