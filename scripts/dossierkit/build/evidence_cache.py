"""The cache of gathered evidence between builds; `build.cached_pages` is that of parsed pages.

Each part is in the archive with a digest of everything it depends on, and is made again if that differs. What every build needs
of all articles is stored together; the long parts of each article are stored apart and read on demand (`build.cached_pages`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache, partial
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

from dossierkit.build import cached_pages
from dossierkit.build.cached_pages import (
    CachedMentions,
    CachedPages,
    Facets,
    Recent,
    Summary,
    Tells,
    Timeline,
)
from dossierkit.build.dependencies.facets import FACTS, PASSAGES, events_digest, facets
from dossierkit.build.templates import Fragments
from dossierkit.cache.archive import Archive
from dossierkit.evidence.events.joined import EventInputs, Groups, Join
from dossierkit.evidence.gathering import Brief, Evidence, MentionInSentence, Pair
from dossierkit.model.page import ArticlePage, Content, DossierPage
from dossierkit.model.plain import (
    UnkeepableError,
    digest,
    digest_of,
    digested,
    dumps,
    join_lines,
    loads,
    parse,
    split_lines,
)
from dossierkit.model.record import Record
from dossierkit.parallel.fork import spread
from dossierkit.site.pipeline import EvidenceInputs, Gathered

_DERIVED = "derived "
"""Prefix of derived values in the archive; the digest of the events and the value's name follow."""
_ENTRIES = "entries "
"""Prefix of the name of what was prepared for joining events; the digest of what all of it depends on follows."""
_RECENT = 5000
"""Most long parts of articles in memory, of some 10 kB each: those of some 1,600 articles."""
_PARTS = 3
"""The long parts of one article: its text, mentions and timeline."""
_FEW = 500
"""As many where not all fit: exports, the search index and pages go through all articles in turn, so that a part is gone
before it is read again.
"""

_TOGETHER = 128
"""Most articles whose passages are in memory: the pages of entities look through the same articles repeatedly."""


class EvidenceCache:
    """Does for builds what `build.memory.BuildMemory` does for previews, with the archive.

    `fingerprint`: digest of everything but content that evidence depends on: programs, settings, strings.
    """

    template: Fragments | None = None

    def __init__(self, root: Path, archive: Archive, fingerprint: str) -> None:
        self._recent = Recent(_RECENT)
        self.pages = CachedPages(root, archive, self._recent)
        self._archive, self._fingerprint = archive, fingerprint
        self._before = _Lines(*(split_lines(archive.take(name) or b"") for name in _Lines._fields))
        self._lines = _Lines({}, {}, {}, {})
        self._now: dict[str, Summary] = {}
        self.facets: dict[str, Mapping[str, str]] = {}
        self._sets: dict[int, tuple[object, str]] = {}
        self._joined_from: str | None = None
        self._entries = ""
        self._fingerprints: Mapping[str, str] = {}
        self.passages = lru_cache(_TOGETHER)(self._read_passages)

    @cached_property
    def same(self) -> frozenset[str]:
        """Ids of the articles whose evidence, with all its facets, is that of the last build."""
        before, lines = self._before.summaries, self._lines.summaries
        return frozenset(
            id_ for id_, one in self._now.items() if before.get(id_) is lines[id_] and one.comparable
        )

    @property
    def mostly(self) -> bool:
        """Whether the evidence of most articles is unchanged."""
        return 2 * len(self.same) > len(self.facets)

    def alike(self, *names: str) -> bool:
        """Whether these facets of all articles are unchanged, and no article was added or removed."""
        before, now = self._before.facets, self.facets
        return before.keys() == now.keys() and all(
            now[id_][name] and now[id_][name] == Facets(before[id_]).get(name)
            for id_ in now.keys() - self.same
            for name in names
        )

    def gather(
        self,
        function: Callable[[ArticlePage], Gathered],
        pages: Iterable[ArticlePage],
        inputs_of: Callable[[ArticlePage], EvidenceInputs],
    ) -> Iterable[Gathered]:
        """Implements `site.pipeline.Spread`: evidence is gathered only for articles whose inputs changed."""
        inputs_by_id = {page.id: inputs_of(page) for page in pages}
        self._recent.most = _RECENT if _PARTS * len(inputs_by_id) <= _RECENT else _FEW
        self._fingerprints = digests = {id_: self._digest(inputs) for id_, inputs in inputs_by_id.items()}
        before, lines = self._before, self._lines
        for id_, inputs in digests.items():
            if inputs and before.of(id_, inputs):
                for some, known in zip(lines, before, strict=True):
                    some[id_] = known[id_]
        new = [inputs.page for id_, inputs in inputs_by_id.items() if id_ not in lines.summaries]
        unkept: dict[str, tuple[Gathered, dict[str, str]]] = {}
        for page, one in zip(new, spread(partial(_packed, function, digests), new), strict=True):
            if isinstance(one, _Packed):
                for some, line in zip(lines, one.lines, strict=True):
                    some[page.id] = line
                for part, blob in one.parts.items():
                    self._archive.put(f"{part} {page.id}", blob)
            else:
                unkept[page.id] = one
        self._now = {id_: loads(Summary, line) for id_, line in lines.summaries.items()}
        self.facets = {
            id_: unkept[id_][1] if id_ in unkept else Facets(lines.facets[id_]) for id_ in inputs_by_id
        }
        return tuple(
            unkept[id_][0] if id_ in unkept else self._lazily(function, inputs, self._now[id_])
            for id_, inputs in inputs_by_id.items()
        )

    def derived(self, name: str, inputs: EventInputs, work_out: Callable[[], Any]) -> Any:  # noqa: ANN401 - as below
        """Implements `evidence.events.joined.Derived`: a value derived from all events, cached while they are unchanged."""
        key = self.events_digest(inputs.records, inputs.lang)
        if not key:
            return work_out()
        place = f"{_DERIVED}{key} {name}"
        if (blob := self._archive.take(place)) is None:
            self._archive.put(place, blob := dumps(work_out()))
        return parse(blob)

    def remembered(self, inputs: EventInputs, join: Join) -> Groups:
        """Implements `evidence.events.joined.Remembered`: entries of articles whose events are unchanged are not prepared again."""
        if not self.events_digest(inputs.records, inputs.lang):
            return join(None)[0]
        rests = digest(dumps((self._fingerprint, inputs.lang, self.digest(inputs.records))))
        self._entries = f"{_ENTRIES}{rests}"
        before = split_lines(self._archive.take(self._entries) or b"")
        names = {id_: f"{id_} {self.article_events_digest(id_)}" for id_ in self.facets}
        known = {id_: before[name] for id_, name in names.items() if name in before}
        groups, new = join(known)
        lines = {names[id_]: line for id_, line in {**known, **new}.items()}
        self._archive.put(self._entries, join_lines(lines))
        return groups

    def events_digest(self, records: Mapping[str, Record], lang: str) -> str:
        """Digest of everything from which events are joined; empty if it cannot be compared. `records`: the visible ones."""
        if self._joined_from is None:
            self._joined_from = self._events_digest(records, lang)
        return self._joined_from

    def article_events_digest(self, id_: str) -> str:
        """Digest of what events are joined from in one article; empty if it cannot be compared."""
        return self._now[id_].events if id_ in self._now else events_digest(self.facets[id_])

    def _events_digest(self, records: Mapping[str, Record], lang: str) -> str:
        parts = [(id_, self.article_events_digest(id_)) for id_ in self.facets]
        if any(not part for _, part in parts):
            return ""
        known = self.digest(records)
        return known and digest(dumps((self._fingerprint, lang, parts, known)))

    def content(self, content: Content) -> str:
        """Digest of all visible content: inputs of the articles' evidence, records, dossiers; empty if it cannot be compared."""
        return self._all(content, self._fingerprints.values())

    def facts(self, content: Content) -> str:
        """As `content`, without the texts of articles and offsets in them."""
        return self._all(content, (facet[name] for facet in self.facets.values() for name in FACTS))

    def _all(self, content: Content, digests: Iterable[str]) -> str:
        parts = (*digests, self.digest(content.records), self.digest(content.dossiers))
        return digest(dumps((tuple(self.facets), parts))) if all(parts) else ""

    def digest(self, pages: Mapping[str, Record] | Mapping[str, DossierPage]) -> str:
        """Digest of pages with their ids, in their order; empty if they cannot be compared."""
        return digested(lambda: [(id_, self.pages.digest(page)) for id_, page in pages.items()])

    def save(self) -> set[str]:
        """Put pages and evidence into the archive; returns the names of all blobs that belong to them."""
        for name, lines in self._lines._asdict().items():
            self._archive.put(name, join_lines(lines))
        parts = (f"{part} {id_}" for id_ in self._now for part in ("findings", "timeline", "passages"))
        derived = (name for name in self._archive.names if name.startswith(f"{_DERIVED}{self._joined_from} "))
        entries = (name for name in self._archive.names if name.startswith(self._entries or _ENTRIES))
        return {*_Lines._fields, *derived, *entries, *self.pages.save(), *parts}

    def _lazily(
        self, function: Callable[[ArticlePage], Gathered], inputs: EvidenceInputs, summary: Summary
    ) -> Gathered:
        records = tuple(record for record in inputs.records if record)
        read = _ArchivedParts(self, function, inputs.page)
        return cached_pages.evidence(inputs.page, records, summary, read, self._recent), summary.problems

    def tells(self, article: str) -> Mapping[str, Brief]:
        return {item: Brief(*brief) for item, brief in loads(Tells, self._lines.tells[article]).items()}

    def pairs(self, article: str) -> Mapping[Pair, int]:
        """See `Evidence.pairs`. Ids are in memory once: networks read the pairs of all articles."""
        listed = parse(self._lines.pairs[article])
        return {(intern(one), intern(other)): count for one, other, count in listed}

    def part(self, name: str, article: str) -> bytes | None:
        """A long part of an article's evidence, serialised; None if the archive's is damaged."""
        return self._archive.take(f"{name} {article}")

    def _read_passages(self, article: str) -> Mapping[str, bytes] | None:
        blob = self.part("passages", article)
        return None if blob is None else split_lines(blob)

    def _digest(self, inputs: EvidenceInputs) -> str:
        """Digest of everything that the evidence of one article depends on; empty if it cannot be compared."""
        try:
            parts = (
                self._fingerprint,
                self.pages.digest(inputs.page),
                *(self.pages.digest(record) if record else "-" for record in inputs.records),
                "".join("-+"[one] for one in inputs.kept_back),
                *(self._of_set(target) for target in inputs.targets),
                dumps(sorted(inputs.waived.items())).decode() if inputs.waived else "",
            )
            return digest_of(" ".join(parts))
        except UnkeepableError:
            return ""

    def _of_set(self, names: frozenset[str]) -> str:
        if id(names) not in self._sets:
            self._sets[id(names)] = (names, digest(dumps(sorted(names))))
        return self._sets[id(names)][1]


class _ArchivedParts:
    """Reads the parts of one article's evidence from the archive, or gathers it again if the archive's are damaged."""

    __slots__ = ("_cache", "_gather", "_page")

    def __init__(
        self, cache: EvidenceCache, gather: Callable[[ArticlePage], Gathered], page: ArticlePage
    ) -> None:
        self._cache, self._gather, self._page = cache, gather, page

    def tells(self) -> Mapping[str, Brief]:
        return self._cache.tells(self._page.id)

    def pairs(self) -> Mapping[Pair, int]:
        return self._cache.pairs(self._page.id)

    def findings(self) -> CachedMentions:
        if (blob := self._cache.part("findings", self._page.id)) is not None:
            return loads(CachedMentions, blob)
        return _findings(self._gather(self._page)[0])

    def timeline(self) -> Timeline:
        if (blob := self._cache.part("timeline", self._page.id)) is not None:
            return loads(Timeline, blob)
        return Timeline(self._gather(self._page)[0].timeline)

    def passages(self, entity: str) -> tuple[MentionInSentence, ...]:
        if (lines := self._cache.passages(self._page.id)) is not None:
            line = lines.get(entity, b"[]")
            return tuple((before, words, after, id_) for before, words, after, id_ in parse(line))
        return self._gather(self._page)[0].passages(entity)


class _Lines(NamedTuple):
    """What every build needs of all articles: JSON by article id."""

    summaries: dict[str, bytes]
    tells: dict[str, bytes]
    facets: dict[str, bytes]
    pairs: dict[str, bytes]

    def of(self, id_: str, fingerprint: str) -> bool:
        """Whether the evidence of an article is there, gathered from inputs with this digest."""
        there = all(id_ in one for one in self)
        return there and self.summaries[id_].startswith(b'["' + fingerprint.encode())


class _Packed(NamedTuple):
    """The serialised evidence of an article: its entries in `_Lines`, and its long parts by name."""

    lines: tuple[bytes, bytes, bytes, bytes]
    parts: dict[str, bytes]


def _packed(
    function: Callable[[ArticlePage], Gathered], fingerprints: Mapping[str, str], page: ArticlePage
) -> _Packed | tuple[Gathered, dict[str, str]]:
    """Gather and serialise the evidence of a page; if it cannot be serialised, the evidence itself with its facets."""
    gathered = function(page)
    one, problems = gathered
    try:
        findings, timeline = dumps(_findings(one)), dumps(Timeline(one.timeline))
    except UnkeepableError:
        return gathered, facets(one)
    entities = dict.fromkeys(found.entity for found in one.mentions)
    passages = {id_: dumps(one.passages(id_)) for id_ in entities}
    known = {f"{PASSAGES}{id_}": digest(blob) for id_, blob in passages.items()}
    of_facets = facets(one, {"text": digest(findings + timeline), **known})
    pairs = [(*pair, count) for pair, count in one.pairs.items()]
    asked = (dict(one.counts), dict(one.waived), problems, len(one.tells))
    parts = {"findings": findings, "timeline": timeline, "passages": join_lines(passages)}
    if not (fingerprint := fingerprints[page.id]):
        return gathered, of_facets
    summary = Summary(fingerprint, *asked, events_digest(of_facets), "" not in of_facets.values())
    lines = dumps(summary), dumps(dict(one.tells)), dumps(of_facets), dumps(pairs)
    return _Packed(lines, parts)


def _findings(evidence: Evidence) -> CachedMentions:
    return CachedMentions(evidence.layer, evidence.anchors, evidence.mentions)
