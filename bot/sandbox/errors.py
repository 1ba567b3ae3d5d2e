"""Knows how a refusal is said: to a bot in Telegram's words, to a program at the control interface in ours."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """The Bot API says no: `{"ok": false, "error_code": code, "description": description}`."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        out: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            out["parameters"] = self.parameters
        return out


def bad_request(words: str) -> ApiError:
    """400 with Telegram's prefix; the first letter becomes small as the Bot API server makes it, unless in capitals."""
    if len(words) > 1 and not (words[1] == "_" or words[1].isupper()):
        words = words[0].lower() + words[1:]
    return ApiError(400, f"Bad Request: {words}")


def forbidden(words: str) -> ApiError:
    return ApiError(403, f"Forbidden: {words}")


def too_many(retry_after: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


class ControlError(Exception):
    """The control interface says no, in plain English: 400 for a wrong request, 404 for what is not there."""

    def __init__(self, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.status = status
