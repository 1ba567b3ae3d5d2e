"""What a column of a table holds, asked in English."""

SENTENCES = {
    "samples": "Cells such as: {samples}",
    "see": "Columns ({n})",
    "head": "<b>Columns that were asked about</b>; all can be changed until you assign. The paper is then read anew, your other answers and corrections stay.",
    "row": "<b>{name}</b>: {role}",
    "open": "not read yet",
    "taken_as": "for now: {role}",
    "ask": "What does the column “{name}” hold?",
    "reread": "The paper was read anew: {role}.",
    "gone": "This column is not in the notice any more, please open it again.",
    "taken": "Not changed: the column “{what}” of the same table holds that already, and only one can. If that one is wrong, change it first.",
    "unfit": "Not changed: no cell of “{name}” can be read as that (“{what}”).",
}
