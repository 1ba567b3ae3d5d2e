"""What there is to say about days: a calendar not yet published, a day that can't be told."""

SENTENCES = {
    "year_unknown": "The public holidays of {year} are not entered yet; Monday to Friday is assumed. "
    "Please update the working calendar once they are announced.",
    "moved": "{due} (brought forward from {nominal}, a day off)",
    "empty": "Please write a date, such as April 10, tomorrow or end of May.",
    "unreadable": "I can't tell which day “{text}” is. Write it like 2023-04-10, April 10 or end of May.",
    "impossible": "There is no such day as “{text}”. Please check it.",
    "vague": "“{text}” is not one single day. Please name the day, such as April 10.",
    "ambiguous": "“{text}” may mean two different days. Please write it like 2023-04-10.",
}
