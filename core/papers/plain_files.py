"""Knows how tables become CSV, everything of an office JSON, and dates a calendar."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

from icalendar import Calendar, Event

from core.papers.harmless import harmless, straight


def table_csv(data: Mapping[str, Any]) -> bytes:
    """A CSV (RFC 4180, UTF-8 with mark, so that Excel shows Chinese) of `{columns: [{key, label}], rows}`.

    Numbers stay numbers. A text that a spreadsheet would run is preceded by an apostrophe, which makes it text; every text
    is quoted, for a program that parts cells at a semicolon or tab would else find a formula within one.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    keys = [column["key"] for column in data["columns"]]
    writer.writerow([harmless(str(column["label"])) for column in data["columns"]])
    for row in data["rows"]:
        writer.writerow([_cell(row.get(key)) for key in keys])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return harmless(str(value))


def office_json(data: Mapping[str, Any]) -> bytes:
    """Everything of an office, readable, as UTF-8 JSON."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def calendar_ics(data: Mapping[str, Any]) -> bytes:
    """An iCalendar (RFC 5545) of `{name, stamp, events: [{uid, sequence, day, title, text, cancelled}]}`.

    Whole days, which are the same in every time zone; no alarms. A uid is the same in every export and its sequence
    grows with each change, so that a calendar that imports it again changes its entry or takes it back.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//duban//supervision//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(str(data["name"])))
    stamp = datetime.fromisoformat(data["stamp"])
    for each in data["events"]:
        day = date.fromisoformat(each["day"])
        event = Event()
        event.add("uid", each["uid"])
        event.add("dtstamp", stamp)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", _line(each["title"]))
        event.add("description", _clean(each["text"]))
        event.add("transp", "TRANSPARENT")
        event.add("sequence", int(each.get("sequence", 0)))
        event.add("status", "CANCELLED" if each.get("cancelled") else "CONFIRMED")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _clean(text: str) -> str:
    lines = straight(text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs"))


def _line(text: str) -> str:
    return " ".join(_clean(text).split())
