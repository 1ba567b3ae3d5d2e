"""Which notice a number belongs to, in English."""

SENTENCES = {
    "legend": "Numbers: {rows}.",
    "marked": "those that begin with “{mark}·” are of {title}",
    "plain": "those without a mark of {title}",
    "of": "Of: {title}",
    "numbered": "Another notice is in force, so this one's numbers begin with “{mark}·” (like {ref}). If last year's work is over, /close it.",
}
