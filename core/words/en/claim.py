"""The owner's link in English."""

SENTENCES = {
    "link": "The owner opens this link ({days:# day|# days}, once; running this again ends the old one):\n{link}",
}
