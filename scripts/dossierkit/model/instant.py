"""Exact points in time: RFC 3339 with offset, `2026-12-01T06:00Z`."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_SHAPE = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?(Z|z|[+-]\d\d:\d\d)\Z")


class InstantError(ValueError):
    """The text is not a single instant; the message shows the expected form."""


def parse(text: str) -> str:
    """The instant in canonical form, UTC to the second: `2026-12-01T06:00:00Z`. Such texts sort by time.

    Raises InstantError, also if the offset is missing.
    """
    found = _SHAPE.match(text.strip())
    if not found:
        raise InstantError(
            f"`{text}` is not a time: write day, time and offset, such as 2026-12-01T06:00Z or 2026-12-01T07:00+01:00"
        )
    day, clock, seconds, offset = found.groups()
    try:
        local = datetime.fromisoformat(
            f"{day}T{clock}{seconds or ':00'}{'+00:00' if offset in 'Zz' else offset}"
        )
        return written(local)
    except (ValueError, OverflowError) as error:
        raise InstantError(f"`{text}` is not a time: {error}") from None


def written(instant: datetime) -> str:
    """An aware datetime in the form of `parse`, without fractions of a second."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
