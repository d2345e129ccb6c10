"""Calendars: icalendar (Python) and ical.js (Thunderbird's) read every event, with its day or its hour."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime

import icalendar

from consumers.frame import Built, Row, node, node_version, python_version

HOURS = {"demo": 0, "hostile": 3}
"""Entries whose date has an hour."""


def rows(built: Built) -> Iterator[Row]:
    file = built.exports / "timeline.ics"
    wanted = _wanted(built)
    read = icalendar.Calendar.from_ical(file.read_bytes())
    events = list(read.walk("VEVENT"))
    version = python_version("icalendar")
    yield Row("icalendar", version, "events that it reads", wanted, len(events))
    yield Row(
        "icalendar",
        version,
        "events with an hour",
        HOURS[built.name],
        sum(isinstance(one["DTSTART"].dt, datetime) for one in events),
    )
    yield Row("icalendar", version, "errors", 0, len(read.errors) + sum(len(one.errors) for one in events))
    found = node("ical.mjs", file)
    version = node_version("ical.js")
    yield Row("ical.js", version, "events that it reads", wanted, found["events"])
    yield Row("ical.js", version, "events with an hour", HOURS[built.name], found["hours"])
    yield Row("ical.js", version, "events that begin and end in this order", wanted, found["ordered"])


def _wanted(built: Built) -> int:
    """Days and hours that are known, and spans between two such; not what happened some time within them."""
    with (built.exports / "csv" / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        return sum(_datable(one) for one in csv.DictReader(file))


def _datable(event: dict[str, str]) -> bool:
    ends = event["date"].split("/")
    to_the_day = all(
        len(one.partition("T")[0].lstrip("-")) == 10 and one[:4].isdigit() and one[-1] not in "~?%"
        for one in ends
    )
    if event["date"] == "9999-12-31":
        return False  # the day after, on which it would end, has no place in a calendar
    assumed = event["dated_by"] in {"report", "story"}
    known = (assumed or event["certainty"] in {"exact", "span"}) and not event["date"].startswith(("[", "{"))
    return known and to_the_day
