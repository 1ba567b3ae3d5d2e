"""Every screen of the bot, said by the real bot in a played office, as one page: `python -m tests.preview`."""
