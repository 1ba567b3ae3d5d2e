"""Answers about a past moment in English."""

SENTENCES = {
    "head": "<b>As of {at}</b> (everything below as it stood then)",
    "day": "the end of {day}",
    "moment": "{day} {clock}",
    "future": "That moment hasn't come yet; please name one that is past.",
    "before": "The first notice was assigned on {day}; there is no record from before. Please name a later moment.",
    "nothing": "No notice has been assigned yet, so there is no past to look at.",
    "bad_date": "I could not read a moment in “{text}”. You can write: 2023-04-10, April 10 15:00, yesterday.",
    "now_setting": "Settings are shown as they are now; who changed them when stands in the history (/history).",
    "now_form": "What is handed in or asked for is always of now; for what was owed or reported then: “/tasks April 10” or “/task 2-15 April 10”.",
    "now_links": "Links are shown as they are now; for who had joined by then: “/people April 10”.",
    "now_ahead": "A rehearsal looks ahead from today; for how things stood then: “/progress April 10”.",
    "now_forms": "Plan forms are there to be filled in and are always of now; for the plans of then export the table of plans.",
    "now_all": "Everything holds the whole history and every fact as it was before each change: any past moment can be read from it. Please export it as it is now.",
    "now_archive": "An archive holds the whole history and every fact as it was before each change. Please make it as of now.",
    "not_this": "This can only be shown as it is now, not as of a past moment.",
}
