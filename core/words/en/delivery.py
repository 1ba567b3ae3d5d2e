"""What is said about messages themselves."""

SENTENCES = {
    "repeated": "(The network broke off; you may have this message already.)\n{text}",
    "undrawn": "(The file “{name}” could not be made, perhaps because the machine is too busy. Please ask again later; if it still fails, it can be taken from the command line.)",
}
