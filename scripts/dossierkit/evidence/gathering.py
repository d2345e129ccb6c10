"""The evidence of an article's sidebars in its text: mentions of entities and quotes of the timeline.

Small parts are named tuples, because these are pickled much faster.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from dossierkit.evidence import original_pages
from dossierkit.evidence.layer import Layer
from dossierkit.evidence.mentioned import mentioned
from dossierkit.evidence.missing_record import missing_record
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.page import ArticlePage, Content, EntityRef, TimelineEntry
from dossierkit.model.record import Record
from dossierkit.text.declension import full_forms
from dossierkit.text.hours import hour_said
from dossierkit.text.named import Bearer
from dossierkit.text.quote import FoldedText, cut_words, fold_spaces, locate
from dossierkit.text.segment import sentences

Pair = tuple[str, str]
"""Two entities, their ids in order."""
MentionInSentence = tuple[str, str, str, str]
"""The text of the sentence before the mention, the mention, the text after it, and its id."""
ERRORS_ONCE_PUBLISHED = frozenset({"D203", "D314"})
"""Codes of problems with names that may be warnings in a draft, and stop the build once it is published."""


class SentenceAnchor(NamedTuple):
    """A sentence with its anchor's id. Offsets: code points of the layer's text, half open."""

    start: int
    end: int
    id: str


class AnchoredMention(NamedTuple):
    """A mention of an entity of the sidebar. `sentence`: index of its sentence's anchor; `number`: from 1."""

    start: int
    end: int
    entity: str
    id: str
    number: int
    sentence: int


def by_entity(mentions: Iterable[AnchoredMention]) -> dict[str, list[AnchoredMention]]:
    """Mentions by the id of their entity, in order."""
    found: dict[str, list[AnchoredMention]] = {}
    for mention in mentions:
        found.setdefault(mention.entity, []).append(mention)
    return found


class Supported(NamedTuple):
    """A timeline entry with its quote's span, the sentence it begins in, and its entities.

    `waived`: an editor's reason to accept it without the quote; it then has no span. `hour`: minutes after midnight in
    its words; else of the preceding entry with its date, 0 without. `page`: of the original, on which the words begin;
    "" if unknown.
    """

    entry: TimelineEntry
    start: int
    end: int
    id: str
    sentence: int
    entities: tuple[str, ...]
    waived: str = ""
    hour: int = 0
    page: str = ""


class Brief(NamedTuple):
    """Summary of a timeline entry. `waived`: whether it lacks its quote. `event`: see `TimelineEntry`."""

    date: str
    entities: tuple[str, ...]
    waived: bool
    event: str


@dataclass(frozen=True)
class Evidence:
    """An article's text with all references into it. `records`: existing ones of the sidebar, in order.

    `waived`: entities that the text does not name, with an editor's reason.
    """

    page: ArticlePage
    layer: Layer
    anchors: tuple[SentenceAnchor, ...]
    records: tuple[Record, ...]
    mentions: tuple[AnchoredMention, ...]
    timeline: tuple[Supported, ...]
    waived: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The article's id, available without reading the page."""
        return self.page.id

    def of(self, entity: str) -> Sequence[AnchoredMention]:
        return self._by_entity.get(entity, ())

    @property
    def named(self) -> tuple[Record, ...]:
        """Records that the text names."""
        ids = {found.entity for found in self.mentions}
        return tuple(record for record in self.records if record.id in ids)

    @cached_property
    def _by_entity(self) -> dict[str, list[AnchoredMention]]:
        return by_entity(self.mentions)

    @property
    def counts(self) -> Mapping[str, int]:
        """Number of mentions of each entity."""
        return Counter(found.entity for found in self.mentions)

    @property
    def pairs(self) -> Mapping[Pair, int]:
        """Number of sentences that name both entities of a pair."""
        named: dict[int, dict[str, None]] = {}
        for found in self.mentions:
            named.setdefault(found.sentence, {})[found.entity] = None
        return Counter(pair for entities in named.values() for pair in combinations(sorted(entities), 2))

    @property
    def tells(self) -> Mapping[str, Brief]:
        """Summary of each timeline entry, by id, in text order."""
        listed = in_text_order(self.timeline)
        return {
            item.id: Brief(item.entry.date, item.entities, bool(item.waived), item.entry.event)
            for item in listed
        }

    @property
    def claims(self) -> int:
        """Number of timeline entries."""
        return len(self.timeline)

    @property
    def placed(self) -> tuple[tuple[AnchoredMention, ...], tuple[Supported, ...]]:
        """Mentions and timeline with offsets in the text."""
        return self.mentions, self.timeline

    def passages(self, entity: str) -> tuple[MentionInSentence, ...]:
        """Each mention in its sentence."""
        return tuple(self._passage(found) for found in self.of(entity))

    def _passage(self, found: AnchoredMention) -> MentionInSentence:
        text, anchor = self.layer.text, self.anchors[found.sentence]
        end = max(anchor.end, found.end)
        return (
            text[anchor.start : found.start],
            text[found.start : found.end],
            text[found.end : end],
            found.id,
        )


def gather(
    page: ArticlePage, layer: Layer, content: Content, reasons: Mapping[int, str] | None = None
) -> tuple[Evidence, tuple[Diagnostic, ...]]:
    """Find every mention and quote. Missing or ambiguous ones become problems and are left out, and so are words of dates that the
    text does not say.

    `reasons`: by line of the page, why a claim there is accepted without its words.
    """
    waived = reasons or {}
    records = content.records
    anchors = tuple(sentence_anchors(layer.text, page.lang))
    known = tuple(records[ref.id] for ref in page.entities if ref.id in records)
    mentions = _mentions(page, layer.text, records, anchors)
    folded = fold_spaces(layer.text)
    unnamed = [problem for problem in _unmentioned(page, records, mentions) if problem.line not in waived]
    problems = [*_unknown(page, content), *unnamed]
    timeline: list[Supported] = []
    for written in page.timeline:
        entry = _with_said_date(written, folded)
        if entry is not written and entry.line not in waived:
            problems.append(_unsaid_date(page, written))
        spans = locate(folded, entry.quote, entry.prefix, entry.suffix)
        if len(spans) == 1:
            timeline.append(_supported(entry, *spans[0], anchors, mentions))
        elif entry.line in waived:
            timeline.append(_waived(entry, waived[entry.line]))
        else:
            problems.append(_unsupported(page, entry, len(spans), folded))
    listed = {ref.id: waived[ref.line] for ref in page.entities if ref.line in waived}
    if page.source.pages:
        timeline = _with_pages(timeline, page.source.pages, layer.text)
    unique = tuple(_with_unique_ids(_with_hours(timeline, page.lang)))
    return Evidence(page, layer, anchors, known, mentions, unique, listed), tuple(problems)


def in_text_order(timeline: Iterable[Supported]) -> list[Supported]:
    """In order of their quotes; entries without one last, in page order."""
    return sorted(timeline, key=lambda item: (bool(item.waived), item.start))


def _waived(entry: TimelineEntry, reason: str) -> Supported:
    return Supported(entry, 0, 0, stable_id("t", entry.date, entry.quote), 0, entry.entities, reason)


def stable_id(prefix: str, *parts: str) -> str:
    """An id made from the content, stable when the page changes elsewhere."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"{prefix}-{digest[:8]}"


def sentence_anchors(text: str, lang: str) -> Iterator[SentenceAnchor]:
    """The sentences of a text in order, with ids made of their words."""
    counts: Counter[str] = Counter()
    for sentence in sentences(text, lang or "en"):
        id_ = stable_id("s", " ".join(text[sentence.start : sentence.end].split()))
        counts[id_] += 1
        yield SentenceAnchor(
            sentence.start, sentence.end, id_ if counts[id_] == 1 else f"{id_}-{counts[id_]}"
        )


def sentence_at(anchors: tuple[SentenceAnchor, ...], offset: int) -> int:
    """Index of the sentence that contains the offset, or of the one before; 0 without any."""
    return max(0, bisect_right(anchors, offset, key=lambda anchor: anchor.start) - 1)


def _mentions(
    page: ArticlePage, text: str, records: Mapping[str, Record], anchors: tuple[SentenceAnchor, ...]
) -> tuple[AnchoredMention, ...]:
    counts: Counter[str] = Counter()
    found: list[AnchoredMention] = []
    listed = bearers(page.entities, records)
    for start, end, entity in mentioned(text, page.title, page.lang, listed).spans:
        counts[entity] += 1
        id_ = f"m-{entity}-{counts[entity]}"
        found.append(AnchoredMention(start, end, entity, id_, counts[entity], sentence_at(anchors, start)))
    return tuple(found)


def bearers(refs: Iterable[EntityRef], records: Mapping[str, Record]) -> tuple[Bearer, ...]:
    """The entities of a page with their names."""
    return tuple(bearer(ref, records.get(ref.id)) for ref in refs)


def bearer(ref: EntityRef, record: Record | None) -> Bearer:
    """An entity with its names: those of the page, and those of its record."""
    here = (ref.name, *ref.also) if ref.name else ref.also
    if record is None or record.candidate:
        return Bearer(ref.id, record.type if record else ref.type, here)
    weak = tuple(name.text for name in record.weak_aliases)
    return Bearer(ref.id, record.type, here, full_forms(record), weak)


def strong_forms(ref: EntityRef, record: Record | None) -> tuple[str, ...]:
    """Forms that mean an entity at every occurrence in the article."""
    known = bearer(ref, record)
    return (*known.here, *known.names)


def _supported(
    entry: TimelineEntry,
    start: int,
    end: int,
    anchors: tuple[SentenceAnchor, ...],
    mentions: tuple[AnchoredMention, ...],
) -> Supported:
    first, last = sentence_at(anchors, start), sentence_at(anchors, end - 1)
    quoted = dict.fromkeys(found.entity for found in mentions if found.start < end and start < found.end)
    nearby = dict.fromkeys(found.entity for found in mentions if first <= found.sentence <= last)
    entities = entry.entities or tuple({**quoted, **nearby})
    return Supported(entry, start, end, stable_id("t", entry.date, entry.quote), first, entities)


def _with_pages(timeline: list[Supported], pages: str, text: str) -> list[Supported]:
    """Each entry with the page of the original on which its words begin."""
    marks = original_pages.parsed(pages)
    places = original_pages.pages_at(marks, text, [item.start for item in timeline])
    return [
        item if item.waived else item._replace(page=place)
        for item, place in zip(timeline, places, strict=True)
    ]


def _with_hours(timeline: list[Supported], lang: str) -> list[Supported]:
    """Each entry with its hour. Without an hour it is placed no earlier than the one before it in the text."""
    by_date: dict[str, int] = {}
    hours: dict[int, int] = {}
    for item in in_text_order(timeline):
        entry = item.entry
        words = (hour_said(entry.when, lang or "en"), hour_said(entry.quote, lang or "en"))
        own = next((hour for hour in words if hour is not None), by_date.get(entry.date, 0))
        by_date[entry.date] = hours[id(item)] = own
    return [item._replace(hour=hours[id(item)]) for item in timeline]


def _with_unique_ids(timeline: list[Supported]) -> Iterator[Supported]:
    counts: Counter[str] = Counter()
    for item in timeline:
        counts[item.id] += 1
        if counts[item.id] == 1:
            yield item
        else:
            yield item._replace(id=f"{item.id}-{counts[item.id]}")


def _unknown(page: ArticlePage, content: Content) -> Iterator[Diagnostic]:
    for ref in page.entities:
        if ref.id in content.records or ref.id in content.unreadable:
            continue
        if ref.name:
            message = f"“{ref.name}” is the name of several records: write the id of the one that is meant"
            yield Diagnostic(page.path, ref.line, ref.col, "D314", message, _severity(page))
        else:
            yield Diagnostic(
                page.path, ref.line, ref.col, "D301", missing_record(ref.id, content, named=True)
            )


def _severity(page: ArticlePage) -> str:
    """Severity of ERRORS_ONCE_PUBLISHED: in a draft a question to its editor."""
    return "warning" if page.status == "draft" else "error"


def _unmentioned(
    page: ArticlePage, records: Mapping[str, Record], mentions: tuple[AnchoredMention, ...]
) -> Iterator[Diagnostic]:
    named = {found.entity for found in mentions}
    for ref in page.entities:
        if ref.id in records and ref.id not in named:
            forms = ", ".join(f"“{form}”" for form in strong_forms(ref, records[ref.id]))
            message = (
                f"`{ref.id}` is not named in the text (looked for {forms}): remove it, add the form used as an alias "
                "of the record, or as `also:` here"
            )
            severity = _severity(page) if ref.name else "error"
            yield Diagnostic(page.path, ref.line, ref.col, "D203", message, severity)


def _unsupported(page: ArticlePage, entry: TimelineEntry, count: int, text: FoldedText) -> Diagnostic:
    if count:
        message = f"the quote “{entry.quote}” occurs {count} times in the text: lengthen it, or add `prefix:` or `suffix:`"
        return Diagnostic(page.path, entry.line, entry.col, "D202", message)
    message = (
        f"the quote “{entry.quote}” is not in the text{_nearest(entry.quote, text)}: copy the words from it"
    )
    return Diagnostic(page.path, entry.line, entry.col, "D201", message)


def _with_said_date(entry: TimelineEntry, text: FoldedText) -> TimelineEntry:
    """The entry without the words of its date if the text does not say them; large and small letters count as equal."""
    said = not entry.when or locate(text, entry.when) or locate(_lower(text), entry.when.lower())
    return entry if said else replace(entry, when="")


def _lower(text: FoldedText) -> FoldedText:
    """The text in small letters, to see whether words are in it. Their offsets in the original are lost."""
    return FoldedText(text.text.lower(), (0,), (0,))


def _unsaid_date(page: ArticlePage, entry: TimelineEntry) -> Diagnostic:
    message = (
        f"the text does not say “{entry.when}”, so readers are not shown these words: give in `when` the words of the text that "
        "tell the date, or leave it out"
    )
    return Diagnostic(page.path, entry.line, entry.col, "D207", message, "warning")


def _nearest(quote: str, text: FoldedText) -> str:
    """The part of the quote that agrees with the text, to show where it differs."""
    if whole := cut_words(text, quote):
        return f" (it cuts a word, a compound or a number: the text has “{whole}”)"
    words = quote.split()
    for count in range(len(words) - 1, 1, -1):
        start = " ".join(words[:count])
        if locate(text, start):
            return f" (it agrees up to “{start}”)"
    return ""
