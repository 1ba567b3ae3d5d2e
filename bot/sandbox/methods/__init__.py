"""The Bot API's methods, one file per subject. Importing this package makes all of them known."""

from bot.sandbox.methods import albums, chats, deleting, editing, fetching, media, profile, sending, topics
from bot.sandbox.methods.registry import METHODS, Api, Method

__all__ = [
    "METHODS",
    "Api",
    "Method",
    "albums",
    "chats",
    "deleting",
    "editing",
    "fetching",
    "media",
    "profile",
    "sending",
    "topics",
]
