"""What is said about messages themselves."""

SENTENCES = {
    "repeated": "(The network broke off; you may have this message already.)\n{text}",
}
