"""Knows every method the sandbox offers: a new file beside this one is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from bot.sandbox.methods.registry import METHODS, Api, Method

__all__ = ["METHODS", "Api", "Method"]

for _info in pkgutil.iter_modules([str(Path(__file__).parent)]):
    if _info.name != "offered":
        importlib.import_module(f"bot.sandbox.methods.{_info.name}")
