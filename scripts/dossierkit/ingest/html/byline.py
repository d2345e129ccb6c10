"""Author, date and publisher of a page from its visible lines, if metadata lacks them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from dossierkit.ingest.days import day
from dossierkit.ingest.facts import NONE, fact, person
from dossierkit.ingest.html.address import host_names
from dossierkit.ingest.html.lines import PageLine
from dossierkit.ingest.html.parts import is_of_comments, is_of_date, words_of
from dossierkit.model.source import Fact
from dossierkit.text import data
from dossierkit.text.cldr import is_dated as is_dated_language
from dossierkit.text.cldr import weekdays
from dossierkit.text.segment import STOPS
from dossierkit.text.unspaced import count_words

_NEAR = 8  # lines above and below the title
_LONGEST = 160
_NAME = re.compile(r"[^\W\d_][\w.'’-]*+(?:[ -][^\W\d_][\w.'’-]*+){0,5}")
_BETWEEN = re.compile(r" [|•·–—] ")
_AFTER_NAME = re.compile(r"(?: (?:on|am|le|el|in|at|for|,)\b|,|[|•·–—]|\d|\(|؛)")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)(?>(?:[\s©\d–,-]|\(c\)|copyright\b|by\b){0,24})(?!CC BY|Creative Commons)([^.|©\d]{3,80})",
    re.IGNORECASE,
)
_TOLD = re.compile(r"(?<!\w)(?:[a-zß-ÿа-я]{2,30} ){4}[a-zß-ÿа-я]{2,30}(?!\w)")
"""Five words without capitals in a row, which no dateline has."""
_SECTIONS = re.compile(r" (?:[|»«›‹·•–—:-]|--|::) ")
_WORD = re.compile(r"[^\W\d_]+")
_ACRONYM = 4  # letters of a name in capitals that is left so
_LETTERS = 4  # that a host's name must have to be found at the beginning of another
_FOOT = 12  # lines at the end of a page that may name the holder of its rights without a year
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_MONTH_FIRST = "en-us"


def near_title(lines: Sequence[PageLine], title: str) -> list[PageLine]:
    """The lines around a title, those below first; without one, the first lines of the page."""
    at = next(
        (
            number
            for number, line in enumerate(lines)
            if title and line.text.casefold() == title.casefold() and not line.link
        ),
        None,
    )
    if at is None:
        at = next(
            (
                number
                for number, line in enumerate(lines)
                if title and line.text.casefold().startswith(title.casefold())
            ),
            0,
        )
    return [*lines[at + 1 : at + 1 + _NEAR], *reversed(lines[max(0, at - _NEAR) : at])]


def shown_date(lines: Sequence[PageLine], title: str, lang: str) -> Fact:
    """The day of publication in a short line near the title, in a line that labels it, or in the text's last line."""
    near = [line for line in near_title(lines, title) if len(line.text) <= _LONGEST]
    labelled = [line for line in _own(lines) if _begins(line.text, "published")]
    named = [line for line in _own(_below(lines, title)) if is_of_date(line.names) and not line.link]
    last = [line for line in _own(lines) if len(line.text) <= 80 and line.tag in {"i", "em", "small"}]
    for line in chain(labelled, near, named, last):
        found = shown_day(_until_update(line.text), lang)
        if found and not _is_sentence(line.text) and not _is_of_picture(line.text):
            return fact(found, f"the line “{line.text[:80]}”")
    return NONE


def _is_sentence(text: str) -> bool:
    """Whether a line is a sentence about a day rather than a dateline."""
    if count_words(text) > 14 or (text.rstrip()[-1:] in STOPS and count_words(text) > 4):
        return True
    return _TOLD.search(text) is not None and not any(cue.search(text) for cue in _cues("published"))


def _is_of_picture(text: str) -> bool:
    return not words_of("pictures").isdisjoint(_WORD.findall(text.casefold()))


def _own(lines: Sequence[PageLine]) -> list[PageLine]:
    """The short lines that are not of readers' comments."""
    return [line for line in lines if len(line.text) <= _LONGEST and not is_of_comments(line.names)]


def _below(lines: Sequence[PageLine], title: str) -> Sequence[PageLine]:
    """The lines that follow the title."""
    at = next((at for at, line in enumerate(lines) if line.text.casefold() == title.casefold()), len(lines))
    return lines[at + 1 :]


def shown_authors(lines: Sequence[PageLine], title: str, lang: str = "") -> Iterator[Fact]:
    """Authors in short lines near the title after "by"; then in elements so named; then in the text's signature."""
    near, own = [line for line in near_title(lines, title) if len(line.text) <= _LONGEST], _own(lines)
    called = [line for line in own if line.names & words_of("author_parts") and len(line.text) <= 100]
    signed = [
        line for line in own if line.tag in {"i", "em", "small"} and len(line.text) <= 80 and "," in line.text
    ]
    found = chain(
        ((line, _after_cue(line.text)) for line in (*near, *called, *signed)),
        ((line, _beside(line.text)) for line in near),
        ((line, _cut(line.text)) for line in called),
        ((line, _cut(line.text)) for line in signed if shown_day(line.text)),
    )
    for line, name in found:
        if name and not is_label(name, lang):
            yield fact(name, f"the line “{line.text[:80]}”")


def is_label(name: str, lang: str) -> bool:
    """Whether a "name" is a weekday, a word such as "submitted", or one that programs enter by default."""
    folded = name.casefold()
    labels = words_of("published") | words_of("by") | words_of("no_names") | _weekdays(lang.partition("-")[0])
    return folded in labels or folded in _months() or not person(name, "")


@cache
def _weekdays(lang: str) -> frozenset[str]:
    """Weekdays of a page's language, and of those in which pages are often declared wrongly."""
    listed = ("de", "en", "es", "fr", "it", "nl", "pt", lang)
    return frozenset(name for one in listed if is_dated_language(one) for name in weekdays(one))


def is_byline(text: str) -> bool:
    """Whether a line begins with "by" and a name."""
    return _begins(text, "by") and bool(_after_cue(text))


def is_dated(text: str, lang: str) -> bool:
    """Whether a line begins with "published" and a day, and is no sentence."""
    return _begins(text, "published") and bool(shown_day(_until_update(text), lang))


def without_by(name: str) -> str:
    """An author's name without a "by" before it."""
    return _after_cue(name) or name


def _beside(text: str) -> str:
    """The name in lines such as "Wed 20 Apr 2016 • Ada Moreau" and "Ada Moreau, staff writer"."""
    name, _, role = text.partition(",")
    if role.strip().casefold() in words_of("roles"):
        return _cut(name)
    parts = [part.strip() for part in _BETWEEN.split(text)]
    if len(parts) == 1 or not any(map(shown_day, parts)):
        return ""
    wordy = (part for part in parts if not any(char.isdecimal() for char in part))
    names = (_cut(part) for part in wordy if 2 <= len(part.split()) <= 4)
    return next((name for name in names if name and name.istitle()), "")


def _after_cue(text: str) -> str:
    """The name in a line such as "By Ada Moreau, May 2016"."""
    ends = (match.end() for cue in _cues("by") if (match := cue.search(text)))
    return next((name for end in ends if (name := _cut(text[end:]))), "")


def _cut(text: str) -> str:
    """The name at the beginning of a text, if it looks like one."""
    end = _AFTER_NAME.search(text)
    name = text[: end.start()].strip(" :") if end else text.strip(" :")
    match = _NAME.fullmatch(name)
    words = name.split()
    if not match or len(words) > 5 or (len(words) == 1 and not name[:1].isupper()):
        return ""
    if name.isupper() and len(name) > _ACRONYM:
        name = name.title()
    return name if name[:1].isupper() or not name[:1].islower() else ""


def site_name(site: str, url: str) -> str:
    """Of what a page's title says beside its headline, the name of the site: not its sections, nor a date.

    The part that its address begins with, else the last one.
    """
    parts = [part.strip() for part in _SECTIONS.split(site)]
    named = [one for one in parts if one and not shown_day(one) and one.casefold() not in words_of("home")]
    hosts = tuple(one for one in host_names(url) if len(one) >= _LETTERS)
    own = [one for one in named if hosts and "".join(filter(str.isalnum, one)).casefold().startswith(hosts)]
    return next(iter([*own, *named[-1:]]), "")


def shown_publisher(lines: Sequence[PageLine], known: str, title: str) -> Fact:
    """The holder of the rights, or the link to the front page. `known`: the part of the page's title that is not the headline."""
    if known and known.casefold() not in words_of("home"):
        return fact(known, "the page's title")
    for number, line in enumerate(reversed(lines)):
        match = _RIGHTS.search(line.text) if len(line.text) <= 200 and not line.link else None
        dated = number < _FOOT or _YEAR.search(line.text)
        if (
            match
            and dated
            and 1 <= len(match[1].split()) <= 6
            and match[1].casefold() not in words_of("no_names")
        ):
            return fact(match[1].strip(" ,-–"), f"the line “{line.text[:60]}”")
    home = next(_front(lines, title), "")
    return fact(home, "the first link of the page")


def _front(lines: Sequence[PageLine], title: str) -> Iterator[str]:
    """Links to the front page, and headings, at the head of the page that name a site."""
    for line in lines[:4]:
        words = line.text.split()
        if line.text.casefold() == title.casefold():
            return
        if (
            2 <= len(words) <= 6
            and line.text.casefold() not in words_of("home")
            and (line.front or (not line.link and line.tag in {"h1", "h2", "header"}))
        ):
            yield line.text.title() if line.text.isupper() else line.text


def _until_update(text: str) -> str:
    """A line up to the mention of an update."""
    starts = [match.start() for cue in _cues("updated") if (match := cue.search(text))]
    return text[: min(starts)] if starts else text


def _begins(text: str, kind: str) -> bool:
    return any(match.start() < 3 for cue in _cues(kind) if (match := cue.search(text)))


@cache
def _cues(kind: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of the words of a kind, longest first."""
    listed = sorted(data.load("pageparts")[kind], key=len, reverse=True)
    return tuple(re.compile(rf"(?:^|(?<=[\s|·•,;]))(?i:{re.escape(one)})(?:\s*+:)?(?=\s)") for one in listed)


def shown_day(text: str, lang: str = "") -> str:
    """The first full date in a line; "" without one, or if day and month are ambiguous."""
    line = _digits(text)
    worded = _worded().search(line)
    if worded and (number := worded["first"] or worded["last"]):
        month = _months()[worded["month"].casefold().rstrip(".")]
        return day(f"{worded['year']}-{month:02d}-{int(number):02d}")
    iso = _ISO.search(line)
    if iso:
        return day(f"{iso[1]}-{int(iso[3]):02d}-{int(iso[4]):02d}")
    numeric = _NUMERIC.search(line)
    return _certain(int(numeric[1]), int(numeric[3]), numeric[4], numeric[2], lang) if numeric else ""


def _certain(one: int, two: int, year: str, mark: str, lang: str) -> str:
    """Day and month of a numeric date, if the order is certain."""
    english = lang.lower().startswith("en") or not lang
    if two > 12 >= one:
        return day(f"{year}-{one:02d}-{two:02d}")
    if one > 12 >= two or mark == "." or not english or one == two:
        return day(f"{year}-{two:02d}-{one:02d}")
    return day(f"{year}-{one:02d}-{two:02d}") if lang.lower() == _MONTH_FIRST else ""


def _digits(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


@cache
def _months() -> dict[str, int]:
    return {name: number for number, names in data.load("pageparts")["months"].items() for name in names}


@cache
def _worded() -> re.Pattern[str]:
    """A date with its month in words; in Arabic both names of the month may be given."""
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w])(?:(?P<first>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?(?: de| of)? )?(?P<month>{names})\.?(?:/[^\W\d_]{{2,12}})?"
        rf"(?: (?P<last>\d{{1,2}})(?:st|nd|rd|th)?,?)?(?: de| of|,)? (?P<year>(?:19|20)\d{{2}})(?!\d)",
        re.IGNORECASE,
    )
