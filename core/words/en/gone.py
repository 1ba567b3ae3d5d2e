"""What is owed no more, in English."""

SENTENCES = {
    "closed": "{title} is closed, {ref} is not followed up any more. A reply to the old reminder is still kept.",
    "done": "{ref} is completed: nothing more is owed, and nothing was recorded now. Anything to add? Please ask the office.",
    "suspended": "{ref} is suspended: nothing is owed until it is resumed, and nothing was recorded now. I'll tell you when it is.",
    "dropped": "{ref} was dropped: nothing is owed, and nothing was recorded now.",
    "moved": "{ref} is with {units} now: nothing is owed by you, and nothing was recorded.",
}
