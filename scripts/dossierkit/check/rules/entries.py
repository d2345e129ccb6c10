"""Entries of timelines: those that contradict their own quote or are in the future, and those that leave out whom they name.

Dates are interpreted widely, because a false alarm costs an editor more than a missed error: a limit ("by July")
is any time on its side; a month or day without a year may be of the next or last year; an article may announce
future events on its day of publication; quotes that count from another date of the text ("the next day") are
skipped. An hour alone names no day, nor does a date that is part of an event's name ("the October 2017 agreement").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dossierkit.check.report import Finding
from dossierkit.check.sheet import CheckedArticle
from dossierkit.evidence.gathering import Supported, strong_forms
from dossierkit.model.edtf import Edtf, EdtfError, parse
from dossierkit.model.finding import Sentence, Timex
from dossierkit.text.data import load
from dossierkit.text.match import Matcher
from dossierkit.text.number_of import in_code

_NEAR = timedelta(days=8)  # more than any "on Sunday"
_YEAR = re.compile(r"-?\d{4}-")
_BEFORE = 24  # code points searched for a word that makes a limit


@dataclass(frozen=True, slots=True)
class _QuotedDate:
    """A date in a quote: all its possible meanings."""

    timex: Timex
    meanings: tuple[Edtf, ...]


def contradicted(article: CheckedArticle) -> Iterator[Finding]:
    """D204: the quote contains dates, and none of them can be the entry's, which is not marked as that of the report: "condemned Friday’s attack"."""
    dated = [
        item for item in article.evidence.timeline if item.entry.date and item.entry.dated_by != "report"
    ]
    if not dated:
        return
    from dossierkit.extract.timex.find import find_timexes  # noqa: PLC0415 - heavy, and unchanged pages are not examined

    sentences = [Sentence(anchor.start, anchor.end) for anchor in article.evidence.anchors]
    page = article.page
    timexes = find_timexes(article.text, sentences, page.date or None, page.lang or "en", page.title)
    for item in dated:
        quoted = _quoted_dates(article, item, timexes)
        entry = parse(item.entry.date)
        if quoted and not _announces(article, entry, quoted) and not _agree(entry, quoted):
            yield _contradiction(article, item, quoted)


def _agree(entry: Edtf, quoted: list[_QuotedDate]) -> bool:
    return any(_may_be(meaning, entry) for each in quoted for meaning in each.meanings)


def _announces(article: CheckedArticle, entry: Edtf, quoted: list[_QuotedDate]) -> bool:
    """Whether something announced on the day of publication is in the future ("announced ... next month")."""
    published = parse(article.page.date) if article.page.date else None
    if published is None or not entry.overlaps(published):
        return False
    own = [parse(quoted_date.timex.edtf or "") for quoted_date in quoted]
    ends = published.latest
    return ends is not None and all(edtf.earliest is not None and edtf.earliest >= ends for edtf in own)


def _quoted_dates(article: CheckedArticle, item: Supported, timexes: tuple[Timex, ...]) -> list[_QuotedDate]:
    """The dates inside the quote; none if one of them is ambiguous without context."""
    from dossierkit.extract.events.dating import names_event  # noqa: PLC0415 - as above
    from dossierkit.extract.sentences.participants import says_day  # noqa: PLC0415 - as above

    inside = [timex for timex in timexes if timex.start < item.end and item.start < timex.end]
    points = [timex for timex in inside if says_day(timex) and not names_event(article.text, timex)]
    if not all(_by_itself(timex) for timex in points):
        return []
    return [_QuotedDate(timex, tuple(_meanings(article, timex))) for timex in points]


def _by_itself(timex: Timex) -> bool:
    known = bool(timex.edtf) and "XXXX" not in (timex.edtf or "")
    return known and (not timex.relative or timex.anchor.startswith("published"))


def _meanings(article: CheckedArticle, timex: Timex) -> Iterator[Edtf]:
    own = parse(timex.edtf or "")
    limit = _limits(article.page.lang).search(article.text[max(0, timex.start - _BEFORE) : timex.start])
    until = limit is not None and limit.lastgroup == "until"
    for meant in (own, *(_years_off(own, article.page.date) if timex.relative else ())):
        bound = meant.last_day if until else meant.first_day
        if limit is None or not _YEAR.match(bound):
            yield meant
        else:
            yield parse(f"../{bound}" if until else f"{bound}/..")


def _years_off(own: Edtf, published: str) -> Iterator[Edtf]:
    """The same day or month a year before and after, if it is far from publication."""
    if own.kind not in {"day", "month"} or own.earliest is None:
        return
    base = parse(published).earliest if published else None
    if base is not None and abs(base - own.earliest) <= _NEAR:
        return
    for year in (int(own.text[:4]) - 1, int(own.text[:4]) + 1):
        try:
            yield parse(f"{year:04d}{own.text[4:]}")
        except EdtfError:
            continue  # 29 February


@cache
def _limits(lang: str) -> re.Pattern[str]:
    known = load("bounds")
    words = known.get(lang.partition("-")[0].lower(), known["en"])
    kinds = "|".join(
        f"(?P<{kind}>{'|'.join(map(re.escape, sorted(words[kind], key=len, reverse=True)))})"
        for kind in ("until", "from")
    )
    return re.compile(rf"(?<!\w)(?:{kinds})\s+(?:the\s+|le\s+)?\Z", re.IGNORECASE)


def _may_be(one: Edtf, other: Edtf) -> bool:
    """Whether both can be the same day; approximate dates ("about", "early") may differ within one year."""
    if one.overlaps(other):
        return True
    if not (one.approximate or other.approximate or one.uncertain or other.uncertain):
        return False
    return one.text[:4] == other.text[:4]


def _contradiction(article: CheckedArticle, item: Supported, quoted: list[_QuotedDate]) -> Finding:
    words = ", ".join(f"“{one.timex.text}” ({one.timex.edtf})" for one in quoted)
    lines = [(entry.line, entry.col) for entry in article.page.timeline]
    number = lines.index((item.entry.line, item.entry.col))
    against = (
        f" in an article of {article.page.date}"
        if any(quoted_date.timex.relative for quoted_date in quoted)
        else ""
    )
    message = f"the date is {item.entry.date}, but its quote says {words}{against}: correct one of them"
    return Finding("D204", message, ("timeline", number, "date"))


def in_future(text: str, today: date) -> str:
    """Message of D205: a publication date in the future; "" otherwise."""
    earliest = parse(text).earliest if text else None
    if earliest is None or earliest <= today:
        return ""
    return f"the article is dated {text}, which has not come yet: is the year right?"


def unattributed(article: CheckedArticle) -> Iterator[Finding]:
    """D206: an entry whose words name an entity that it does not list. Its `entities` are never questioned."""
    matcher = Matcher(_forms(article))
    by_entry = {item.entry: item.entities for item in article.evidence.timeline if not item.entry.entities}
    for number, entry in enumerate(article.page.timeline):
        named = (
            dict.fromkeys(entity for _, _, entity in matcher.find(entry.text)) if entry in by_entry else {}
        )
        if missing := [entity for entity in named if entity not in by_entry[entry]]:
            whole = ", ".join((*missing, *by_entry[entry]))
            message = (
                f"the entry's text names {in_code(missing)}, the sentence of its quote does not, so that the entry is in no "
                f"timeline there: add `entities: [{whole}]`, without those it does not tell of"
            )
            yield Finding("D206", message, ("timeline", number, "text"))


def _forms(article: CheckedArticle) -> list[tuple[str, str]]:
    """The forms of an entity in this article: its names, and its linked forms."""
    names = [
        (form, ref.id)
        for ref in article.page.entities
        for form in strong_forms(ref, article.records.get(ref.id))
    ]
    found = (
        (article.text[mention.start : mention.end], mention.entity) for mention in article.evidence.mentions
    )
    return list(dict.fromkeys((*names, *found)))
