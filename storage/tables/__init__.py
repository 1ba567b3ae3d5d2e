"""Knows every table; importing it fills the metadata."""

from storage.tables import groups, notices, obligations, offices, people, reviews, talks

__all__ = ["groups", "notices", "obligations", "offices", "people", "reviews", "talks"]
