"""Knows which buttons Telegram accepts under and below a message."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request

Json = dict[str, Any]

_ACTIONS = (
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)


def reply_markup(value: Any) -> tuple[Json | None, Json | None]:
    """(inline keyboard, reply keyboard order) of a `reply_markup`. Raises ApiError in Telegram's words."""
    if value in (None, "", "null"):
        return None, None
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if value.get("keyboard"):
        return None, _reply_keyboard(value)
    if value.get("inline_keyboard"):
        return _inline_keyboard(value["inline_keyboard"]), None
    if value.get("remove_keyboard"):
        return None, {"remove_keyboard": True}
    if value.get("force_reply"):
        return None, {"force_reply": True, "input_field_placeholder": value.get("input_field_placeholder")}
    return None, None


def _rows(value: Any, field: str) -> list[list[Any]]:
    if not isinstance(value, list):
        raise bad_request(f'field "{field}" must be of type Array')
    for row in value:
        if not isinstance(row, list):
            raise bad_request(f'field "{field}" must be an Array of Arrays')
    return [row for row in value if row]


def _reply_keyboard(value: Json) -> Json:
    rows = []
    for row in _rows(value["keyboard"], "keyboard"):
        cells = []
        for button in row:
            if isinstance(button, str):
                button = {"text": button}
            if not isinstance(button, dict):
                raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
            if "text" not in button:
                raise bad_request("can't parse keyboard button: Can't find field \"text\"")
            if not str(button["text"]).strip():
                raise bad_request("keyboard button text must be non-empty")
            cells.append(button)
        rows.append(cells)
    if sum(map(len, rows)) > 300:
        raise bad_request("reply markup is too long")
    return {**value, "keyboard": rows}


def _inline_keyboard(value: Any) -> Json | None:
    rows = [[_inline_button(button) for button in row] for row in _rows(value, "inline_keyboard")]
    if sum(map(len, rows)) > 100:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _inline_button(button: Any) -> Json:
    trouble = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(trouble + "InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad_request(trouble + 'Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise bad_request(trouble + 'Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if button.get("url"):
        return {**button, "url": _checked_url(str(button["url"]))}
    data = button.get("callback_data")
    if data:
        if not isinstance(data, str):
            raise bad_request(trouble + 'Field "callback_data" must be of type String')
        if len(data.encode()) > 64:
            raise bad_request("BUTTON_DATA_INVALID")
        return button
    if not any(action in button for action in _ACTIONS):
        raise bad_request(trouble + "Text buttons are unallowed in the inline keyboard")
    return button


def _checked_url(url: str) -> str:
    full = url if "://" in url else f"http://{url}"
    parts = urlsplit(full)
    if parts.scheme not in ("http", "https", "tg", "ton") or (parts.scheme.startswith("http") and _no_host(parts)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return full


def _no_host(parts: Any) -> bool:
    return "." not in (parts.hostname or "") or " " in parts.netloc
