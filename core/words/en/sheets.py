"""The words that stand in sheets."""

SENTENCES = {
    "unit": "Unit",
    "role": "Role",
    "link": "Link to join",
    "code": "QR code",
    "sheet": "List",
}
