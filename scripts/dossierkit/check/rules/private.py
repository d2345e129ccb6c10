"""Details that may harm people named in an article: warnings with a reason, for editors to weigh.

Categories: special categories of personal data (GDPR, article 9), and the Irish and British press councils' clauses
on children and on homes. The words are data (`risk.yml`), so that a newsroom can read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dossierkit.check.report import Finding
from dossierkit.check.sheet import CheckedArticle, CheckedPage
from dossierkit.evidence.gathering import SentenceAnchor
from dossierkit.text.data import load
from dossierkit.text.number_of import some

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+[a-zA-Z]{2,24}\b")
_HEAD = re.compile(r"\s*(?:(?:From|To|Cc|Bcc): [^\n]*(?:\n+|\Z))*")
"""Sender and recipients as `ingest.mail` writes them."""
_MOST_NAMED = 3
_PHONE = re.compile(r"(?<![\w/.+-])(?:\+|00)[1-9]\d{0,2}(?:[ .()\u00a0-]{0,2}\d{2,4}){2,5}(?![\w/-])")
_PAIR = re.compile(
    r"(?<![\w.])(?P<lat>[-+]?\d{1,2}\.\d{4,})\s?°?\s?[NS]?\s?[,;]\s?(?P<lon>[-+]?\d{1,3}\.\d{4,})\s?°?\s?[EW]?(?!\w)"
)
_MINUTES = re.compile(r"\d{1,2}°\s?\d{1,2}[′']\s?\d{1,2}(?:\.\d+)?[″\"]\s?[NS]")
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: (?:al|el|bin|ibn|de|van|von)[ -]?)? ?[A-Z][\w’'-]+")


def details(article: CheckedArticle) -> Iterator[Finding]:
    """D701: a sentence with a private detail and a person not known to be dead."""
    people = _people(article)
    for anchor in article.evidence.anchors:
        sentence = article.text[anchor.start : anchor.end]
        match = _details(article.page.lang).search(sentence)
        named = people.get(anchor.start) if match else None
        if match and named:
            message = (
                f"“{match[0]}” is a private detail in a sentence that names {named}, who may be living: "
                "is it needed, and would it harm?"
            )
            yield _at(article, "D701", message, anchor.start + match.start(), anchor.start + match.end())


def minors(article: CheckedArticle) -> Iterator[Finding]:
    """D702: an age below 18 in a sentence with a name."""
    people = _people(article)
    for anchor in article.evidence.anchors:
        sentence = article.text[anchor.start : anchor.end]
        for match in _ages(article.page.lang).finditer(sentence):
            age = next(int(group) for group in match.groups() if group)
            named = people.get(anchor.start) or _capitalised(article, anchor)
            if age < 18 and named:
                message = f"“{match[0]}” beside the name {named}: may a minor be told by name here?"
                yield _at(article, "D702", message, anchor.start + match.start(), anchor.start + match.end())
                break


def contacts(article: CheckedArticle) -> Iterator[Finding]:
    """D703: e-mail addresses and telephone numbers; those in the head of a mail as one."""
    found = _HEAD.match(article.text)
    head = found.end() if found else 0
    if listed := list(_EMAIL.finditer(article.text, 0, head)):
        named = some([f"“{match[0]}”" for match in listed], _MOST_NAMED)
        message = f"the mail gives addresses of its sender and recipients ({named}): leave out those that are not meant for the public"
        yield _at(article, "D703", message, listed[0].start(), listed[0].end())
    for pattern, what in ((_EMAIL, "an e-mail address"), (_PHONE, "a telephone number")):
        for match in pattern.finditer(article.text, head):
            message = f"“{match[0]}” looks like {what}: leave it out unless it is meant for the public"
            yield _at(article, "D703", message, match.start(), match.end())


def addresses(article: CheckedArticle) -> Iterator[Finding]:
    """D704: a street with a house number."""
    for match in _streets(article.page.lang).finditer(article.text):
        message = f"“{match[0]}” looks like an address: leave it out if somebody lives there"
        yield _at(article, "D704", message, match.start(), match.end())


def coordinates(article: CheckedArticle) -> Iterator[Finding]:
    """D705: coordinates in the text precise enough for a house (four decimals are about ten metres)."""
    for pattern in (_PAIR, _MINUTES):
        for match in pattern.finditer(article.text):
            message = f"“{match[0]}” points at a single building: two decimals are enough for a town"
            yield _at(article, "D705", message, match.start(), match.end())


def location(page: CheckedPage) -> Iterator[Finding]:
    """D705: a record's location that is exact, or has more than three decimals, for a mobile or hidden kind."""
    place = page.values.get("location")
    if not isinstance(place, dict):
        return
    decimals = max(len(str(place.get(axis) or "").partition(".")[2]) for axis in ("lat", "lon"))
    if place.get("precision") == "exact":
        message = "the point is exact: could it lead somebody to a person, a shelter, a witness?"
        yield Finding("D705", message, ("location", "precision"))
    elif decimals > 3 and (
        page.values.get("type") in load("risk")["sensitive_types"] or not place.get("precision")
    ):
        message = f"{decimals} decimals point at a single building: two are enough for a town"
        yield Finding("D705", message, ("location", "lat"))


def _at(article: CheckedArticle, code: str, message: str, start: int, end: int) -> Finding:
    return Finding(code, message, offset=article.in_body(start, end))


def _people(article: CheckedArticle) -> dict[int, str]:
    """By start of a sentence: the first person in it whose record has no date of death."""
    named: dict[int, str] = {}
    for found in article.evidence.mentions:
        record = article.records.get(found.entity)
        if record and record.type == "person" and not record.stated("died"):
            anchor: SentenceAnchor = article.evidence.anchors[found.sentence]
            named.setdefault(anchor.start, record.title)
    return named


def _capitalised(article: CheckedArticle, anchor: SentenceAnchor) -> str:
    """The first words of a sentence that look like a person's name, and are not the page's name of anything else."""
    others = [found for found in article.evidence.mentions if article.records[found.entity].type != "person"]
    for match in _NAME.finditer(article.text, anchor.start, anchor.end):
        if not any(found.start < match.end() and match.start() < found.end for found in others):
            return match[0]
    return ""


def _words(kind: str, lang: str) -> list[str]:
    known = load("risk")[kind]
    return list(known.get(lang.partition("-")[0].lower(), known["en"]))


@cache
def _details(lang: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_words('details', lang))})(?!\w)", re.IGNORECASE)


@cache
def _ages(lang: str) -> re.Pattern[str]:
    return re.compile("|".join(_words("ages", lang)), re.IGNORECASE)


@cache
def _streets(lang: str) -> re.Pattern[str]:
    return re.compile("|".join(_words("streets", lang)))
