"""Telegram: the only place that knows python-telegram-bot, loaded here without what it has for Telegram Passport."""

import importlib
import sys

_ONLY_FOR_PASSPORT = "cryptography"
"""Nine megabytes of memory that no bot without Passport uses; the library does without where it is missing."""

if _ONLY_FOR_PASSPORT not in sys.modules:
    sys.modules[_ONLY_FOR_PASSPORT] = None  # type: ignore[assignment]  # says to `import` that there is none
    try:
        importlib.import_module("telegram")
    finally:
        del sys.modules[_ONLY_FOR_PASSPORT]
