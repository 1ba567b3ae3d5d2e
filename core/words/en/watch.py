"""The note of a working morning in English."""

SENTENCES = {
    "title": "[Running] A few things to know",
    "sent": "{n} messages sent since the last note.",
    "down": "The bot was down from {since} to {until}. What came meanwhile was taken in, due reminders were made up for.",
    "failed": "{n} failed: most likely the bot was blocked; see /reach.",
    "uncertain": "{n} may not have arrived: reminders are made up for by the next, decide about broadcasts below.",
    "held": "{n} held until the person is back or office hours begin.",
    "aside": "{n} incoming messages could not be handled and are kept; please tell your operator.",
    "lost": "{n} people can't be reached any more: {names}. Please call them or invite them again.",
    "see_reach": "Who can be reached",
    "doubts": "[Please decide] These may not have arrived",
    "doubt": "· {what}: {where} ({at})",
    "doubts_how": "Look into the group or ask: if it isn't there press “Again”, else “Arrived”.",
    "kind_broadcast": "summary",
    "kind_urge": "urging",
    "again": "Again: {where}",
    "leave": "Arrived: {where}",
    "settled": "This one is settled already.",
    "all_decided": "All settled, thank you.",
}
