"""The timeline as a calendar (RFC 5545), only with known days and hours.

An entry is included if both its ends are days or hours without `~` or `?`, and it lasted from one to the other; not
if it happened at some time within a week or between two days. The calendar states how many were left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import cache, lru_cache
from unicodedata import category

from dossierkit.evidence.gathering import Evidence
from dossierkit.export.dataset import Dataset, line
from dossierkit.export.instants import instant
from dossierkit.export.table_rows import event_id
from dossierkit.model.edtf import parse
from dossierkit.site import dateview
from dossierkit.site.cite import reference
from dossierkit.site.cite.plain import credit
from dossierkit.site.pieces import Pieces
from dossierkit.site.strings import Strings

_LIMIT = 75  # octets in a line, RFC 5545 3.1
_WIDEST = 4  # octets in a character, UTF-8
_HOST = "dossier.invalid"
_ESCAPED = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"))  # in this order


def calendar(data: Dataset) -> Pieces:
    """One VCALENDAR, CR LF, lines folded."""
    when = cache(lambda date, certainty: _words(date, certainty, data.t))
    events = data.pieces("events", lambda data, article: _lines(_events(data, article, when)))
    return Pieces(events, lambda: "".join(_lines(_head(data))), tail="END:VCALENDAR\r\n")


def _lines(rows: Iterable[str]) -> Iterator[str]:
    return (f"{_folded(row)}\r\n" for row in rows)


def _head(data: Dataset) -> Iterator[str]:
    dates = [brief.date for article in data.articles() for brief in article.tells.values()]
    note = data.t("export_calendar", shown=sum(_days(date_) is not None for date_ in dates), total=len(dates))
    name = _text(data.site.publication.name or data.t("timeline"))
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Dossierkit//dossier export//EN"
    yield f"NAME:{name}"
    yield f"X-WR-CALNAME:{name}"
    yield f"DESCRIPTION:{_text(note)}"
    yield f"X-WR-CALDESC:{_text(note)}"


@lru_cache(4096)
def _days(edtf: str) -> tuple[str, str] | None:
    """DTSTART and DTEND with values, the latter "" for an instant; None if either is not known to the day."""
    known = parse(edtf) if edtf else None
    if known is None or known.kind not in {"day", "time", "interval"} or known.approximate or known.uncertain:
        return None
    first, last = known.spans[0]
    if first is None or last is None or not known.earliest or not known.latest or dateview.within(known):
        return None
    if "X" in f"{first}{last}" or not {first.kind, last.kind} <= {"day", "time"}:
        return None
    hours = instant(first), instant(last)
    if hours[0] and hours[1] and (hours[0].tzinfo is None) == (hours[1].tzinfo is None):
        return f"DTSTART:{_hour(hours[0])}", "" if first is last else f"DTEND:{_hour(hours[1])}"
    return f"DTSTART;VALUE=DATE:{_day(known.earliest)}", f"DTEND;VALUE=DATE:{_day(known.latest)}"


def _hour(moment: datetime) -> str:
    return f"{moment:%H%M%S}".join((f"{_day(moment.date())}T", "Z" if moment.tzinfo else ""))


def _events(data: Dataset, article: Evidence, when: Callable[[str, str], str]) -> Iterator[str]:
    host = data.site.publication.address.partition("//")[2].partition("/")[0] or _HOST
    stamp = _stamp(article.page.date)
    by = credit(reference.of(article.page, data.site), data.t)
    for item in article.timeline:
        if not (span := _days(item.entry.date)):
            continue
        page = data.entry_address(article, item)
        dated = f"\n{data.t(f'dated_by.{item.entry.dated_by}')}" if item.entry.dated_by else ""
        certainty = dateview.of_entry(item.entry, data.t.lang).certainty
        quote = data.t("timelines.quoted", words=line(item.entry.quote))
        description = f"{when(item.entry.date, certainty)}{dated}\n{quote}\n{by}\n{page}"
        yield "BEGIN:VEVENT"
        yield f"UID:{_text(event_id(article, item))}@{host}"
        yield f"DTSTAMP:{stamp}"
        yield from filter(None, span)
        if item.entry.unreviewed:
            yield "STATUS:TENTATIVE"
        yield f"SUMMARY:{_text(data.t.named(line(item.entry.text), unreviewed=item.entry.unreviewed))}"
        yield f"DESCRIPTION:{_text(description)}"
        if data.site.publication.address:
            yield f"URL:{page}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"


def _words(edtf: str, certainty: str, t: Strings) -> str:
    return f"{dateview.view(edtf, t.lang).words} ({t(f'certainty.{certainty}')}; EDTF {edtf})"


def _stamp(published: str) -> str:
    """DTSTAMP: the first instant of the article's publication, since no clock is used."""
    earliest = parse(published).earliest if published else None
    return f"{_day(earliest) if earliest else '19700101'}T000000Z"


def _day(value: date) -> str:
    return value.isoformat().replace("-", "")


def _text(text: str) -> str:
    cleaned = text if text.replace("\n", "").isprintable() else "".join(filter(_stays, text))
    for char, escaped in _ESCAPED:
        cleaned = cleaned.replace(char, escaped)
    return cleaned


def _stays(char: str) -> bool:
    """Whether a character can be shown; no-break spaces count, without which French words and figures run together."""
    return char.isprintable() or char == "\n" or category(char) == "Zs"


def _folded(row: str) -> str:
    """The line folded: continuation lines begin with a space; no character is cut."""
    if len(row) * _WIDEST <= _LIMIT or (len(row) <= _LIMIT and row.isascii()):
        return row
    octets, parts, at, end = row.encode("utf-8"), [], 0, _LIMIT
    while end < len(octets):
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(octets[at:end])
        at, end = end, end + _LIMIT - 1
    return b"\r\n ".join((*parts, octets[at:])).decode("utf-8")
