"""A Telegram of one's own: a strict local Bot API server with a page and a control interface, for any bot."""

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import ControlError
from bot.sandbox.rates import Limits
from bot.sandbox.sandbox import Sandbox

__all__ = ["ControlError", "Limits", "Sandbox", "SandboxClock"]
