"""The cache of parsed pages and gathered evidence between builds.

Each part is in the archive with a digest of everything it depends on, and is made again if that differs. What every build needs
of all articles is stored together; the long parts of each article are stored apart and read on demand (`build.cached_articles`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from dossierkit.build import cached_articles
from dossierkit.build.cached_articles import (
    CachedMentions,
    Facets,
    Passage,
    Recent,
    Summary,
    Tells,
    Text,
    Timeline,
)
from dossierkit.build.dependencies.facets import FACTS, PASSAGES, events_digest, facets
from dossierkit.cache.archive import Archive
from dossierkit.check.waivers import evidence_waivers
from dossierkit.evidence.events.joined import EventInputs
from dossierkit.evidence.gathering import Brief, Evidence
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import ArticlePage, Content, DossierPage, Gist
from dossierkit.model.plain import UnkeepableError, digest, dumps, join_lines, loads, parse, split_lines
from dossierkit.model.record import Record
from dossierkit.parallel.fork import spread
from dossierkit.site.interface import Template
from dossierkit.site.pipeline import EvidenceInputs, Gathered
from dossierkit.store import content, page_parser

_DERIVED = "derived "
"""Prefix of derived values in the archive; the digest of the events and the value's name follow."""
_RECENT = 5000
"""Most long parts of articles in memory, of some 10 kB each: those of about a thousand articles."""
_PARTS = 3
"""The long parts of one article: its text, mentions and timeline."""
_FEW = 500
"""As many where not all fit: exports, the search index and pages go through all articles in turn, so that a part is gone
before it is read again.
"""

_TOGETHER = 128
"""Most articles whose passages are in memory: the pages of entities look through the same articles repeatedly."""


class _CachedPage(NamedTuple):
    """One parsed page; an article without its long parts.

    `text`: digest of the file. `whole`: digest of the parsed page. `stamp`: of the file when it was read. `reasons`: the result
    of `check.waivers.evidence_waivers`.
    """

    text: str
    whole: str
    stamp: tuple[int, ...] | None
    article: ArticlePage | None
    record: Record | None
    dossier: DossierPage | None
    gist: Gist | None
    reasons: tuple[tuple[int, str], ...]
    warnings: tuple[Diagnostic, ...]


class CachedPages:
    """Implements `store.content.PageCache` with the archive. Pages with errors are not cached: they stop the build."""

    def __init__(self, root: Path, archive: Archive, recent: Recent) -> None:
        self._root, self._archive, self._recent = root, archive, recent
        self._before = split_lines(archive.take("pages") or b"")
        self._now: dict[str, bytes] = {}
        self._digests: dict[int, tuple[object, str]] = {}
        self._reasons: dict[str, Mapping[int, str]] = {}

    def known(self, source: content.PageFile) -> page_parser.Found | DiagnosticsError | None:
        path, line = source.path, self._before.get(source.path)
        if line is None:
            return None
        known: _CachedPage = loads(_CachedPage, line)
        if known.stamp is None or known.stamp != source.stamp:
            if known.text != of_text(source.text):
                return None
            line = dumps(known._replace(stamp=source.stamp))
        self._reasons[path] = dict(known.reasons)
        self._now[path] = line
        return self._given(path, known)

    def keep(
        self, source: content.PageFile, found: page_parser.Found | DiagnosticsError
    ) -> page_parser.Found | DiagnosticsError:
        if isinstance(found, DiagnosticsError):
            return found
        page, warnings = found
        path, text = source.path, source.text
        self._reasons[path] = reasons = evidence_waivers(text, path)
        try:
            whole = digest(dumps(page))
        except UnkeepableError:
            return found
        short = gist = None
        if isinstance(page, ArticlePage):
            long = Text(page.entities, page.timeline, page.body)
            self._archive.put(f"text {path}", dumps(long))
            short, gist = replace(page, entities=(), timeline=(), body=""), page.gist
        record = page if isinstance(page, Record) else None
        dossier = page if isinstance(page, DossierPage) else None
        waived = tuple(sorted(reasons.items()))
        entry = _CachedPage(
            of_text(text), whole, source.stamp, short, record, dossier, gist, waived, tuple(warnings)
        )
        self._now[path] = dumps(entry)
        return self._given(path, entry)

    def reasons(self, path: str) -> Mapping[int, str]:
        """The editor's reasons for claims without a quote in a page that was read, by line."""
        return self._reasons[path]

    def digest(self, page: object) -> str:
        """Digest of a page as it was read. Raises UnkeepableError if it cannot be serialised."""
        if id(page) not in self._digests:
            self._digests[id(page)] = (page, digest(dumps(page)))
        return self._digests[id(page)][1]

    def save(self) -> set[str]:
        """Put the pages into the archive; returns the names of all blobs that belong to them."""
        self._archive.put("pages", join_lines(self._now))
        return {"pages", *(f"text {path}" for path in self._now)}

    def _given(self, path: str, known: _CachedPage) -> page_parser.Found:
        page = known.record or known.dossier or self._lazily(path, known)
        self._digests[id(page)] = (page, known.whole)
        return page, list(known.warnings)

    def _lazily(self, path: str, known: _CachedPage) -> ArticlePage:
        assert known.article is not None
        assert known.gist is not None
        read = partial(self._text, path, known.article.id)
        return cached_articles.article(known.article, known.gist, read, self._recent)

    def _text(self, path: str, id_: str) -> Text:
        if (blob := self._archive.take(f"text {path}")) is not None:
            return loads(Text, blob)
        page, _ = page_parser.article(
            id_, path, content.text(self._root / path, path)
        )  # what was kept is damaged
        return Text(page.entities, page.timeline, page.body)


class EvidenceCache:
    """Does for builds what `build.memory.BuildMemory` does for previews, with the archive.

    `fingerprint`: digest of everything but content that evidence depends on: programs, settings, strings.
    """

    template: Template | None = None

    def __init__(self, root: Path, archive: Archive, fingerprint: str) -> None:
        self._recent = Recent(_RECENT)
        self.read = CachedPages(root, archive, self._recent)
        self._archive, self._fingerprint = archive, fingerprint
        self._before = _Lines(*(split_lines(archive.take(name) or b"") for name in _Lines._fields))
        self._lines = _Lines({}, {}, {})
        self._now: dict[str, Summary] = {}
        self.facets: dict[str, Mapping[str, str]] = {}
        self._sets: dict[int, tuple[object, str]] = {}
        self._joined_from: str | None = None
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
        try:
            return digest(dumps([(id_, self.read.digest(page)) for id_, page in pages.items()]))
        except UnkeepableError:
            return ""

    def save(self) -> set[str]:
        """Put pages and evidence into the archive; returns the names of all blobs that belong to them."""
        for name, lines in self._lines._asdict().items():
            self._archive.put(name, join_lines(lines))
        parts = (f"{part} {id_}" for id_ in self._now for part in ("findings", "timeline", "passages"))
        derived = (name for name in self._archive.names if name.startswith(f"{_DERIVED}{self._joined_from} "))
        return {*_Lines._fields, *derived, *self.read.save(), *parts}

    def _lazily(
        self, function: Callable[[ArticlePage], Gathered], inputs: EvidenceInputs, summary: Summary
    ) -> Gathered:
        records = tuple(record for record in inputs.records if record)
        read = _ArchivedParts(self, function, inputs.page)
        return cached_articles.evidence(inputs.page, records, summary, read, self._recent), summary.problems

    def tells(self, article: str) -> Mapping[str, Brief]:
        return {item: Brief(*brief) for item, brief in loads(Tells, self._lines.tells[article]).items()}

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
                self.read.digest(inputs.page),
                *(self.read.digest(record) if record else "-" for record in inputs.records),
                "".join("-+"[one] for one in inputs.kept_back),
                *(self._of_set(target) for target in inputs.targets),
                dumps(sorted(inputs.waived.items())).decode() if inputs.waived else "",
            )
            return digest(" ".join(parts).encode("utf-8", "surrogatepass"))
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

    def findings(self) -> CachedMentions:
        if (blob := self._cache.part("findings", self._page.id)) is not None:
            return loads(CachedMentions, blob)
        return _findings(self._gather(self._page)[0])

    def timeline(self) -> Timeline:
        if (blob := self._cache.part("timeline", self._page.id)) is not None:
            return loads(Timeline, blob)
        return Timeline(self._gather(self._page)[0].timeline)

    def passages(self, entity: str) -> tuple[Passage, ...]:
        if (lines := self._cache.passages(self._page.id)) is not None:
            line = lines.get(entity, b"[]")
            return tuple((before, words, after, id_) for before, words, after, id_ in parse(line))
        return self._gather(self._page)[0].passages(entity)


def of_text(text: str) -> str:
    return digest(text.encode("utf-8", "surrogatepass"))


class _Lines(NamedTuple):
    """What every build needs of all articles: JSON by article id."""

    summaries: dict[str, bytes]
    tells: dict[str, bytes]
    facets: dict[str, bytes]

    def of(self, id_: str, fingerprint: str) -> bool:
        """Whether the evidence of an article is there, gathered from inputs with this digest."""
        there = all(id_ in one for one in self)
        return there and self.summaries[id_].startswith(b'["' + fingerprint.encode())


class _Packed(NamedTuple):
    """The serialised evidence of an article: its entries in `_Lines`, and its long parts by name."""

    lines: tuple[bytes, bytes, bytes]
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
    pairs = tuple((*pair, count) for pair, count in one.pairs.items())
    asked = (dict(one.counts), pairs, dict(one.waived), problems, len(one.tells))
    parts = {"findings": findings, "timeline": timeline, "passages": join_lines(passages)}
    if not (fingerprint := fingerprints[page.id]):
        return gathered, of_facets
    summary = Summary(fingerprint, *asked, events_digest(of_facets), "" not in of_facets.values())
    return _Packed((dumps(summary), dumps(dict(one.tells)), dumps(of_facets)), parts)


def _findings(evidence: Evidence) -> CachedMentions:
    return CachedMentions(evidence.layer, evidence.anchors, evidence.mentions)
