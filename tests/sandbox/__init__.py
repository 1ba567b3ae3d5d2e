"""The sandbox, driven over HTTP by a real python-telegram-bot."""
