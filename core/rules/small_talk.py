"""Knows a courtesy (收到, 好的) from a report, so that a thank-you isn't filed as progress."""

from __future__ import annotations

import re

_COURTESY = re.compile(
    r"(?:好|好的|好嘞|收到|收悉|已收到|已阅|明白|知道了|了解|嗯+|哦+|行|可以|谢谢?您?|辛苦了?|您?你?好|在吗|稍等|马上|"
    r"马上报|稍后报|ok|okay|okey|yes|hi|hello|thanks?|thank you|got it|noted|received|👌|👍|🙏|1|\+1)"
    r"(?:[，,。.!！~～\s]*(?:谢谢?|收到|好的|明白|辛苦了?|领导))*[，,。.!！~～…\s]*",
    re.IGNORECASE,
)


def is_courtesy(text: str) -> bool:
    """Whether a text says nothing but that it was read."""
    return _COURTESY.fullmatch(text.strip()) is not None
