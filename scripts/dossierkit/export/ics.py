"""The timeline as a calendar (RFC 5545): days that are known as all-day events, and nothing that would feign a day.

An entry is an event where both its ends are days without `~` or `?`; the calendar says how many were left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossierkit.compile import dateview
from dossierkit.compile.cite import reference
from dossierkit.compile.cite.plain import credit
from dossierkit.compile.evidence import Evidence, Supported
from dossierkit.export.dataset import Dataset, line
from dossierkit.export.tables import event_id
from dossierkit.model.edtf import Edtf, parse

_LIMIT = 75  # octets a line, RFC 5545 3.1
_HOST = "dossier.invalid"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar(data: Dataset) -> str:
    """One VCALENDAR, CR LF, lines folded."""
    entries = tuple(data.entries())
    dated = [(article, item, span) for article, item in entries if (span := _days(item.entry.date))]
    note = data.t("export_calendar", shown=len(dated), total=len(entries))
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Dossierkit//dossier export//EN",
        f"NAME:{_text(data.site.publication.name or data.t('timeline'))}",
        f"X-WR-CALNAME:{_text(data.site.publication.name or data.t('timeline'))}",
        f"DESCRIPTION:{_text(note)}",
        f"X-WR-CALDESC:{_text(note)}",
    ]
    events = [row for article, item, span in dated for row in _event(data, article, item, span)]
    return "".join(f"{_folded(row)}\r\n" for row in (*head, *events, "END:VCALENDAR"))


def _days(edtf: str) -> tuple[date, date] | None:
    """The first day, and the day after the last; None where either is not known to the day."""
    if not edtf:
        return None
    known = parse(edtf)
    if (
        known.kind not in {"day", "interval"}
        or known.approximate
        or known.uncertain
        or not _to_the_day(known)
    ):
        return None
    return (known.earliest, known.latest) if known.earliest and known.latest else None


def _to_the_day(known: Edtf) -> bool:
    return all(
        point is not None and point.kind == "day" and "X" not in str(point) for point in known.spans[0]
    )


def _event(data: Dataset, article: Evidence, item: Supported, span: tuple[date, date]) -> Iterator[str]:
    host = data.site.publication.address.partition("//")[2].partition("/")[0] or _HOST
    view = dateview.view(item.entry.date, data.t.lang)
    page = data.article_address(article, "" if item.waived else item.id)
    by = credit(reference.of(article.page, data.site), data.t)
    told = f"{view.words} ({data.t(f'certainty.{view.certainty}')}; EDTF {view.edtf})\n“{line(item.entry.quote)}”\n{by}\n{page}"
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event_id(article, item))}@{host}"
    yield f"DTSTAMP:{_stamp(article.page.date)}"
    yield f"DTSTART;VALUE=DATE:{_day(span[0])}"
    yield f"DTEND;VALUE=DATE:{_day(span[1])}"
    yield f"SUMMARY:{_text(line(item.entry.text))}"
    yield f"DESCRIPTION:{_text(told)}"
    if data.site.publication.address:
        yield f"URL:{page}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _stamp(published: str) -> str:
    """When the claim came up: the first instant of the article's publication, since no clock is asked."""
    earliest = parse(published).earliest if published else None
    return f"{_day(earliest) if earliest else '19700101'}T000000Z"


def _day(value: date) -> str:
    return value.isoformat().replace("-", "")


def _text(text: str) -> str:
    kept = text if text.replace("\n", "").isprintable() else "".join(filter(_stays, text))
    return kept.translate(_ESCAPED)


def _stays(char: str) -> bool:
    return char.isprintable() or char == "\n"


def _folded(row: str) -> str:
    """Continued on lines that begin with a space; no character is cut."""
    octets, parts, at, room = row.encode("utf-8"), [], 0, _LIMIT
    while len(octets) - at > room:
        end = at + room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(octets[at:end].decode("utf-8"))
        at, room = end, _LIMIT - 1
    return "\r\n ".join([*parts, octets[at:].decode("utf-8")])
