"""Groups in English."""

SENTENCES = {
    "topic": "This topic",
    "whole": "This group",
    "linked_new": "<b>{place} is linked</b>; the supervision summary will appear here.",
    "linked_moved": "<b>Moved.</b> From now on the summary appears here ({place}).",
    "linked_same": "{place} is linked already.",
    "what_comes": "Every Friday at {weekly} (earlier before days off) and at {period} on the working day after each due date; nothing when there is nothing new.",
    "next": "Next: {at}",
    "private": "To report or to ask, write to me in private. To end this: /unlink",
    "unlinked": "Unlinked; no more summaries in this group.",
    "not_linked": "This group is not linked.",
}
