"""Fixtures: an office whose notice is assigned and whose everybody has joined."""

from tests.chat.conftest import assigned, world

__all__ = ["assigned", "world"]
