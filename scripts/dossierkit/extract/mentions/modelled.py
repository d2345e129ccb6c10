"""Names of the name model, cut so that one mention names one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dossierkit.extract.lexicon import lexicon
from dossierkit.extract.mentions.described import undescribed
from dossierkit.extract.mentions.owners import with_owners_apart
from dossierkit.extract.mentions.tails import without_tail
from dossierkit.extract.mentions.untitled import untitled
from dossierkit.extract.mentions.whole import whole
from dossierkit.extract.small_words import links
from dossierkit.model.finding import Mention, NameFinder, Sentence
from dossierkit.text.data import load

BY_MODEL = "name model"
"""How the reason of a mention begins that a name model found."""

# "Moscone Center in San Francisco, California": three places.
_BETWEEN_PLACES = re.compile(
    r"(?<!\s)(?:\s*,\s+(?:(?:in|near|and)\s+)?(?:the\s+)?(?:(?:north|south|east|west|central)(?:-?(?:east|west))?(?:ern)?\s+)?"
    r"|\s+(?:in|near)\s+(?:the\s+)?(?:downtown\s+)?|\s*/\s*|\s+[-–]\s+)"
)
_ONE_WITH = frozenset({"D.C", "DC"})  # "Washington, D.C."
_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_OFFICE = re.compile(
    r"\b(?:Minister|Ministers|Secretary|Secretaries)(?: of State)? (?:for|of) (?:the )?(?:[A-Z][a-z]{2,20} and )?$"
)
_OTHERS = re.compile(r",? et al\.?$")
_ADDRESS = re.compile(r"(?:H\.?E\.?|H\.?R\.?H\.?)(?:\s+|$)")
# "Jusman Djamal, minister of transport", "AirTanker Ltd., a consortium": a description follows.
_DESCRIBED = re.compile(r",\s+(?=(?:an?|the|[a-z]))")
_SAID_OF = re.compile(r",\s+(?=(?:(?:an?|the)\s+[a-z]|which\b|where\b))")
# Not the end of a name: "Senate Committee on", if the model took "Armed Services" for another name.
_WORD = re.compile(r"\S+")
_BRACKETS = (("(", ")"), ("<", ">"))
_TYPE_LETTERS = re.compile(r" (?:[A-Z]{1,3}|Distr)$")
_TYPE_NUMBER = re.compile(r"[-/]\d|/[A-Z]{3,5}/|\.: [A-Z]")

# "Norway's Fjordline Group": also names a country.
_POSSESSED = re.compile(r"([A-Z][\w. ]+?)\s?['’]s\s+(?=[A-Z])")


def modelled(text: str, sentences: Sequence[Sentence], names: NameFinder, lang: str = "en") -> list[Mention]:
    """Mentions found by a name model, in text order. `lang`: the language of descriptions and titles to remove."""
    spans = names.find(text, [(sentence.start, sentence.end) for sentence in sentences])
    found = (
        Mention(first, last, text[first:last], type_, score, BY_MODEL)
        for begin, stop, type_, score in spans
        for start, end in _lines(text, begin, stop)
        for first, last in _cut(
            text,
            start,
            _without_small_end(text, start, _untyped(text, start, _closed(text, start, end)), type_),
            type_,
        )
        if _names(text, first, last, type_)
    )
    return [one for one in whole(text, _named(text, found, lang)) if not _is_nationality(one.text)]


def _named(text: str, found: Iterable[Mention], lang: str) -> Iterator[Mention]:
    end = 0
    for mention in found:
        if lang == "en":
            parts = [
                without_tail(text, one)
                for name in with_owners_apart(text, mention)
                for one in undescribed(text, name)
                if one.start >= end
            ]
            end = max((part.end for part in parts), default=end)
            yield from parts
        else:
            yield from untitled(text, mention, lang)


def _untyped(text: str, start: int, end: int) -> int:
    """Without the letters that begin a number: "US B | -52", "United Nations A | /72/1", "Security Council Distr | .: General"."""
    last = _TYPE_LETTERS.search(text, start, end)
    return last.start() if last and _TYPE_NUMBER.match(text, end) else end


def _closed(text: str, start: int, end: int) -> int:
    """Up to a bracket that the span opens but does not close: "John McCain | (R-AZ", "Lenn Metals Inc | <LNM"."""
    for opening, closing in _BRACKETS:
        bracket = text.rfind(opening, start + 1, end)
        if bracket >= 0 and text.find(closing, bracket, end) < 0:
            return start + len(text[start:bracket].rstrip())
    return end


def _without_small_end(text: str, start: int, end: int, type_: str) -> int:
    """Without a last word that cannot end a name: "Senate Committee on", "Ada Moreau Appellant"; for a person any lower-case word
    ("Keith Schembri huwa").
    """
    words = list(_WORD.finditer(text, start, end))
    loud, litigants = text[start:end].isupper(), load("en/descriptions")["litigants"]
    ending = (
        word
        for word in reversed(words)
        if not (_is_small(word.group(), type_) or (loud and word.group().lower() in links()))
        and word.group() not in litigants
    )
    return next(ending, words[0]).end() if words else end


def _is_small(word: str, type_: str) -> bool:
    return word in links() or (type_ == "person" and word.islower())


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a span that crosses line breaks, without a single word that begins the next sentence."""
    if "\n" not in text[start:end]:
        yield start, end
        return
    for match in _LINE.finditer(text, start, end):
        if match.group() not in lexicon().openers:
            yield match.span()


def _names(text: str, start: int, end: int, type_: str) -> bool:
    """Whether a span is more than the field of a minister: "Minister for Foreign Affairs"."""
    if end <= start:
        return False
    field = type_ == "organization" or (type_ == "person" and " " not in text[start:end])
    field = field and text[start:end] not in lexicon().known
    return not (field and _OFFICE.search(text, max(0, start - 60), start))


def _is_nationality(form: str) -> bool:
    """As in "Franco-Israeli", "French-Israeli"."""
    first, hyphen, last = form.partition("-")
    lexical = lexicon()
    return (
        hyphen != ""
        and last in lexical.demonyms
        and (first in lexical.adjectives or first in load("en/openers")["joined"])
    )


def _cut(text: str, start: int, end: int, type_: str) -> Iterator[tuple[int, int]]:
    if type_ == "person":
        end = start + len(_OTHERS.sub("", text[start:end]))
    if type_ == "person" and (address := _ADDRESS.match(text, start, end)):
        start = address.end()
    owner = _POSSESSED.match(text, start, end)
    if owner and type_ in {"organization", "place"} and lexicon().known.get(owner.group(1)) is not None:
        yield start, owner.end(1)
        start = owner.end()
    if type_ == "organization" and (two := _both_known(text, start, end)):
        yield start, two[0]
        start = two[1]
    described = (_SAID_OF if type_ == "place" else _DESCRIBED).search(text, start + 1, end)
    last = described.start() if described else end
    if type_ == "place":
        yield from _places(text, start, last)
    else:
        yield start, last


def _both_known(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the first ends and the second begins of two well-known bodies: "Amnesty International and Human Rights Watch"."""
    first, link, second = text[start:end].partition(" and ")
    second_start = start + len(first) + len(link)
    known = lexicon().known
    return (start + len(first), second_start) if first in known and second in known else None


def _places(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for match in _BETWEEN_PLACES.finditer(text, start + 1, end):
        following = text[match.end() : end]
        if following[:1].isupper() and following.rstrip(".") not in _ONE_WITH:
            yield first, match.start()
            first = match.end()
    yield first, end
