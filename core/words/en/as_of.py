"""Answers about a past moment in English."""

SENTENCES = {
    "head": "<b>As of {at}</b> (everything below as it stood then)",
    "day": "the end of {day}",
    "moment": "{day} {clock}",
    "future": "That moment hasn't come yet; please name one that is past.",
    "before": "The first notice was assigned on {day}; there is no record from before. Please name a later moment.",
    "nothing": "No notice has been assigned yet, so there is no past to look at.",
    "bad_date": "I could not read a moment in “{text}”. You can write: 2023-04-10, April 10 15:00, yesterday.",
    "not_this": "This can only be shown as it is now, not as of a past moment.",
}
