"""Knows every table; importing it fills the metadata."""

from storage.tables import figures, groups, inspections, notices, obligations, offices, past, people, reviews, talks

__all__ = [
    "figures",
    "groups",
    "inspections",
    "notices",
    "obligations",
    "offices",
    "past",
    "people",
    "reviews",
    "talks",
]
