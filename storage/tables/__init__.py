"""Knows every table; importing it fills the metadata."""

from storage.tables import (
    calls,
    figures,
    groups,
    inspections,
    instructions,
    notices,
    obligations,
    offices,
    past,
    people,
    reviews,
    talks,
)

__all__ = [
    "calls",
    "figures",
    "groups",
    "inspections",
    "instructions",
    "notices",
    "obligations",
    "offices",
    "past",
    "people",
    "reviews",
    "talks",
]
