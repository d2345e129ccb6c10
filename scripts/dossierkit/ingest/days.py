"""Days as formats write them (ISO 8601, RFC 5322, PDF, compact) -> EDTF. Never a guess, never the day in another zone."""

from __future__ import annotations

import re
from email.utils import parsedate_tz

from dossierkit.model.edtf import EdtfError, parse

_DAY = re.compile(r"\s*(\d{4}-\d{2}(?:-\d{2})?)(?![\d-])")
_COMPACT = re.compile(r"\s*(?:D:)?(\d{4})(\d{2})(\d{2})(?!\d(?!\d{5}))")
_YEAR = re.compile(r"\s*(\d{4})\s*\Z")


def day(value: str) -> str:
    """The EDTF day or month (or year alone) that a timestamp begins with; empty where there is none that exists."""
    return next((found for found in _candidates(value) if _exists(found)), "")


def _candidates(value: str) -> tuple[str, ...]:
    dashed, compact, year = _DAY.match(value), _COMPACT.match(value.replace("/", "")), _YEAR.match(value)
    return (
        dashed[1] if dashed else "",
        "-".join(compact.groups()) if compact and not dashed else "",
        year[1] if year else "",
        _mail_day(value) if not (dashed or compact or year) else "",
    )


def _mail_day(value: str) -> str:
    """The day of a date as mails and RSS write it, in the zone of whoever wrote it."""
    try:
        parsed = parsedate_tz(value[:200])
    except (ValueError, IndexError, TypeError):
        return ""
    return f"{parsed[0]:04d}-{parsed[1]:02d}-{parsed[2]:02d}" if parsed else ""


def _exists(found: str) -> bool:
    try:
        return bool(found and parse(found))
    except EdtfError:
        return False
