"""Read the gold documents, leave out what a shipped model may not learn from, and bring their spans to one convention."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TYPES = ("person", "organization", "place")
FILES = ("re3d", "gum_news", "gum_other", "meantime", "wikigold", "wnut17")
MAX_WORDS = 8
_REPORTS_ON_SPORT = ("gum", "wikigold", "wnut")

_TYPE_OF = {
    **dict.fromkeys(("PER", "Person", "person"), "person"),
    **dict.fromkeys(("ORG", "Organisation", "organization", "corporation", "group"), "organization"),
    **dict.fromkeys(("LOC", "Location", "place", "location"), "place"),
}
_PARTICLES = frozenset(
    "al el bin ibn abu abd ben de del la van von der den di da dos du le st y e and of the for".split()
)
_NAME_PARTICLES = _PARTICLES - frozenset(("and", "of", "the", "for", "e", "y"))
_TITLES = frozenset(
    """president vice prime minister premier chancellor king queen prince princess emir sheikh sheik sultan crown
    secretary general gen lt maj col colonel major captain capt commander brig brigadier admiral adm sgt spc pfc cpl
    lieutenant sergeant private staff chief justice judge senator sen rep representative congressman congresswoman
    governor gov mayor ambassador envoy foreign defense defence interior deputy mr mrs ms miss dr prof professor sir
    lady lord rev reverend father pope bishop archbishop cardinal ayatollah imam mullah director chairman chairwoman
    spokesman spokeswoman spokesperson leader ceo attorney commissioner officer coach actor actress singer author
    former acting special u.s us uk u.k. un eu american british russian iraqi syrian iranian turkish french german
    israeli afghan indian pakistani chinese saudi jordanian lebanese egyptian libyan yemeni australian canadian
    jordanian-born student analyst historian academic""".split()
)
_PRONOUNS = frozenset(
    """i you he she it we they me him us them who whom whoever this that these those my your his her its our their
    someone somebody everyone everybody anyone anybody one many some others both all""".split()
)
_DETERMINER = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_RELATORS = frozenset(("of", "to", "in", "for", "from", "who"))
_TOKEN = re.compile(r"[\w'’.&-]*\w[.]?|[^\w\s]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Maj|Capt|Sgt|Spc|Pfc|Brig|Adm|Sen|Rep|Gov|No|vs|Jr|Sr|Inc|Co|Corp"
    r"|Ltd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|[A-Z]\.[A-Z])\.$"
)
_SENTENCE_END = re.compile(r"[.!?]+[\"”’')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class Span:
    """A typed span in code points, half open; `masked` spans give the model nothing to learn for their type."""

    start: int
    end: int
    type: str
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A gold document in one convention."""

    id: str
    source: str
    licence: str
    text: str
    spans: tuple[Span, ...]


def load(folder: Path, name: str) -> list[Document]:
    """Read one corpus file of the gold folder."""
    lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_document(json.loads(line)) for line in lines]


def may_ship(licence: str) -> bool:
    """Tell whether a shipped model may learn from a document: public domain or CC BY, neither ShareAlike nor NonCommercial."""
    return licence == "public domain" or (licence.startswith("CC-BY") and not re.search(r"SA|NC|ND", licence))


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut a text for training, at line breaks and sentence ends: spans in code points, half open."""
    spans, start = [], 0
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for match in _SENTENCE_END.finditer(text, line.start(), line.end()):
            if match.group() == "." and _ABBREVIATION.search(text[max(start, match.end() - 8) : match.end()]):
                continue
            spans.append((start, match.end()))
            start = match.end()
        if text[start : line.end()].strip():
            spans.append((start, line.end()))
    return spans


def _document(record: dict[str, Any]) -> Document:
    text = record["text"]
    spans = {span for entity in record["entities"] if (span := _span(text, entity)) is not None}
    found = {_country(text, span, record["source"]) for span in spans}
    return Document(record["id"], record["source"], record["licence"], text, tuple(_outermost(found)))


def _country(text: str, span: Span, source: str) -> Span:
    """A country is a place, also where it acts; one that plays (GUM, WikiGold) is a team and stays what it is."""
    acts = span.type == "organization" and not source.startswith(_REPORTS_ON_SPORT)
    return replace(span, type="place") if acts and text[span.start : span.end] in countries() else span


@cache
def countries() -> frozenset[str]:
    """The names of countries that pool.yaml has."""
    lists = yaml.safe_load(Path(__file__).with_name("pool.yaml").read_text(encoding="utf-8"))
    return frozenset(name.strip() for name in lists["countries"].replace("\n", " ").split(","))


def _span(text: str, entity: dict[str, Any]) -> Span | None:
    kind = _TYPE_OF.get(entity["type"])
    start, end = trim(text, entity["start"], entity["end"])
    if kind is None or start >= end or entity.get("syntactic", "NAM") not in ("NAM", "PRE.NAM", ""):
        return None
    if kind == "person":
        return _person(text, start, end, entity)
    words = text[start:end].split()
    if text[start:end].lower() in _PRONOUNS:
        return None
    if not entity["named"]:
        head = _around_head(text, end, entity)
        return Span(*head, kind) if head and _is_name(text, *head) else None
    loose = "minspan" in entity and "," in text[start:end]
    if len(words) > MAX_WORDS or loose:
        head = _around_head(text, end, entity)
        return Span(*head, kind) if head else Span(start, end, kind, masked=True)
    return Span(*_bare_acronym(text, start, end), kind)


def _person(text: str, start: int, end: int, entity: dict[str, Any]) -> Span | None:
    """Keep the name of a person, not what introduces or follows it."""
    head = _around_head(text, end, entity) if "minspan" in entity else None
    if text[start:end].lower() in _PRONOUNS:
        return None
    if not entity["named"] and (head is None or not _is_name(text, *head)):
        return None
    if head is None:
        words = text[start:end].split()
        if len(words) > MAX_WORDS or _RELATORS.intersection(words) or words[-1].islower():
            return Span(start, end, "person", masked=True)
        head = (start, end)
    start, end = _without_title(text, *head)
    only_title = text[start:end].strip(".").lower() in _TITLES
    return Span(start, end, "person", masked=only_title)


def _is_name(text: str, start: int, end: int) -> bool:
    """Tell a run of capitals that names something from a pronoun or a common noun that opens a sentence."""
    words = text[start:end].split()
    before = text[:start].rstrip(" \"'“‘([*")
    opens = not before or before[-1] in ".!?:\n"
    return words[0].lower() not in _PRONOUNS and (len(words) > 1 or not opens)


def _without_title(text: str, start: int, end: int) -> tuple[int, int]:
    tokens = [match.span() for match in re.finditer(r"\S+", text[start:end])]
    for index in range(len(tokens) - 1, 0, -1):
        before = text[start + tokens[index - 1][0] : start + tokens[index - 1][1]]
        plain = before.strip(".,'’").removesuffix("'s").lower()
        lower = before.islower() and plain not in _NAME_PARTICLES
        if (plain in _TITLES or lower or before.endswith(",")) and text[start + tokens[index][0]].isupper():
            return start + tokens[index][0], end
    return start, end


def _around_head(text: str, end: int, entity: dict[str, Any]) -> tuple[int, int] | None:
    """Grow the capitalised run around the head token that the corpus marks; None where there is none."""
    if "minspan" not in entity:
        return None
    offset = entity["start"]
    tokens = [match.span() for match in _TOKEN.finditer(text, offset, end)]
    positions = [int(part) - 1 for part in entity["minspan"].split(",") if part.isdigit()]
    if not positions or positions[-1] >= len(tokens):
        return None
    low, high = positions[0], positions[-1]
    if not text[tokens[low][0]].isupper():
        return None
    capital = [text[at].isupper() or text[at:to].lower() in _NAME_PARTICLES for at, to in tokens]
    while low and capital[low - 1]:
        low -= 1
    while high + 1 < len(tokens) and capital[high + 1]:
        high += 1
    while low < high and not text[tokens[low][0]].isupper():
        low += 1
    return trim(text, tokens[low][0], tokens[high][1])


def _bare_acronym(text: str, start: int, end: int) -> tuple[int, int]:
    """Reduce `five ISIL tactical units` to its name; `U.S. forces` and `Iraqi forces` stay whole."""
    capitals = [word for word in re.finditer(r"\S+", text[start:end]) if word.group()[0].isupper()]
    if len(capitals) == 1 and re.fullmatch(r"[A-Z]{3,6}", capitals[0].group()):
        return start + capitals[0].start(), start + capitals[0].end()
    return start, end


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Drop a leading determiner, a trailing genitive, quotes and punctuation at both ends."""
    if (match := _DETERMINER.match(text, start, end)) and match.end() < end:
        start = match.end()
    while start < end:
        if text[start:end].endswith(("'s", "’s")) and end - start > 2:
            end -= 2
        elif text[end - 1] in " \n\t,;:!?\"“”)('’":
            end -= 1
        elif text[start] in " \n\t,;:\"“”('‘":
            start += 1
        else:
            break
    return start, end


def _outermost(spans: set[Span]) -> list[Span]:
    """Of same-type spans that overlap keep the longest; a span that is whole wins over a masked one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.masked, s.start - s.end, s.start, s.type)):
        if all(span.type != o.type or span.end <= o.start or o.end <= span.start for o in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: (s.start, s.end, s.type))
