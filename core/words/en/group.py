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
    "offer": "<b>Which groups get the summaries?</b> Closing the last notice unlinked: {names}. Link {n:it|these #} for the new notice too?",
    "again": "Link as before ({n})",
    "leave": "Not now",
    "linked_again": "Linked: {names}. Each is told what will come; to leave one out send /unlink there.",
    "not_again": "All right, nothing is linked. Send /link in a group, or /summary to choose later.",
    "none_to_link": "These groups are linked already, or the bot is no longer in them. /summary shows which are linked.",
    "not_linked": "This group is not linked.",
}
