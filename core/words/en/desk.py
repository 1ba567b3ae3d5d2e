"""A desk and what is open at it, in English."""

SENTENCES = {
    "nothing": "Nothing is open at present.",
    "how": "<b>Reply to this message</b> to report, with numbers for several; or press a button.",
    "all": "All {n}",
}
