"""The cache between builds in one process (previews): parsed pages, gathered evidence, templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dossierkit.build.cached_pages import CachedPages
from dossierkit.build.dependencies.facets import events_digest_of
from dossierkit.build.evidence_cache import EvidenceCache
from dossierkit.build.templates import Fragments
from dossierkit.check.waivers import evidence_waivers
from dossierkit.evidence.events.joined import EventInputs
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import ArticlePage
from dossierkit.model.plain import digest_of
from dossierkit.parallel.fork import spread
from dossierkit.site.pipeline import EvidenceInputs, Gathered
from dossierkit.store.content import PageFile, Stamp
from dossierkit.store.page_parser import Found


@dataclass(slots=True)
class Texts:
    """Implements `store.content.PageCache` in memory: by path, the parsed page with the stamp and digest of its file.

    `earlier`: the cache of an earlier process; it is read, and written to, until `BuildMemory.settle`.
    """

    earlier: CachedPages | None = None
    parsed: dict[str, tuple[Stamp | None, str, Found | DiagnosticsError]] = field(default_factory=dict)
    _reasons: dict[str, Mapping[int, str]] = field(default_factory=dict)

    def known(self, source: PageFile) -> Found | DiagnosticsError | None:
        if source.path not in self.parsed:
            return self._left(source)
        stamp, text, found = self.parsed[source.path]
        if stamp is None or stamp != source.stamp:
            if text != digest_of(source.text):
                return None
            self.parsed[source.path] = (source.stamp, text, found)
        return found

    def packed(self, source: PageFile, found: Found | DiagnosticsError) -> Any:  # noqa: ANN401 - as `keep` takes it
        return self.earlier.packed(source, found) if self.earlier else found

    def keep(self, source: PageFile, packed: Any) -> Found | DiagnosticsError:  # noqa: ANN401 - of `packed`
        found: Found | DiagnosticsError = self.earlier.keep(source, packed) if self.earlier else packed
        self.parsed[source.path] = (source.stamp, digest_of(source.text), found)
        self._reasons[source.path] = evidence_waivers(source.text, source.path)
        return found

    def _left(self, source: PageFile) -> Found | DiagnosticsError | None:
        """The page from the cache of an earlier process. Without a digest of its text: if the stamp changes, it is read again."""
        found = self.earlier.known(source) if self.earlier else None
        if found is not None and self.earlier:
            self.parsed[source.path] = (source.stamp, "", found)
            self._reasons[source.path] = self.earlier.reasons(source.path)
        return found

    def reasons(self, path: str) -> Mapping[int, str]:
        """The editor's reasons for claims without a quote in a page that was read, by line."""
        return self._reasons[path]


@dataclass(slots=True)
class BuildMemory:
    """The memory of a preview.

    `pages`: parsed pages. `found`: by article id, its evidence and the inputs from which it was gathered. `template`: renders
    fragments; set to None when a template changes. `earlier`: the cache of an earlier process, until `settle`.
    """

    earlier: EvidenceCache | None = None
    pages: Texts = field(default_factory=Texts)
    found: dict[str, tuple[EvidenceInputs, Gathered]] = field(default_factory=dict)
    template: Fragments | None = None
    _targets: tuple[frozenset[str], ...] = ()
    _timelines: dict[str, tuple[Evidence, str]] = field(default_factory=dict)
    _derived: dict[str, tuple[object, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pages.earlier = self.earlier.pages if self.earlier else None

    def settle(self) -> EvidenceCache | None:
        """After evidence was gathered: stop using the cache of the earlier process; returns it, to be written for the next."""
        if not self.found:
            return None
        earlier, self.earlier, self.pages.earlier = self.earlier, None, None
        return earlier

    def gather(
        self,
        function: Callable[[ArticlePage], Gathered],
        pages: Iterable[ArticlePage],
        inputs_of: Callable[[ArticlePage], EvidenceInputs],
    ) -> Iterable[Gathered]:
        """Implements `site.pipeline.Spread`: evidence is gathered only for articles whose inputs changed."""
        settled: dict[tuple[int, ...], tuple[frozenset[str], ...]] = {}
        inputs = {page.id: (page, self._settled(inputs_of(page), settled)) for page in pages}
        if self.earlier and not self.found:
            self._take_over(self.earlier, function, inputs)
        new = [page for id_, (page, now) in inputs.items() if self._inputs_before(id_) != now]
        for page, gathered in zip(new, spread(function, new), strict=True):
            self.found[page.id] = (inputs[page.id][1], gathered)
        self.found = {id_: self.found[id_] for id_ in inputs}
        return (gathered for _, gathered in self.found.values())

    def _take_over(
        self,
        earlier: EvidenceCache,
        function: Callable[[ArticlePage], Gathered],
        inputs: Mapping[str, tuple[ArticlePage, EvidenceInputs]],
    ) -> None:
        """Take all evidence from the cache of an earlier process; what is missing there is gathered and cached."""
        pages = [page for page, _ in inputs.values()]
        for page, gathered in zip(
            pages, earlier.gather(function, pages, lambda page: inputs[page.id][1]), strict=True
        ):
            self.found[page.id] = (inputs[page.id][1], gathered)
            self._timelines[page.id] = (gathered[0], earlier.article_events_digest(page.id))

    def derived(self, name: str, inputs: EventInputs, work_out: Callable[[], Any]) -> Any:  # noqa: ANN401 - as below
        """Implements `evidence.events.joined.Derived`: a value derived from all events, cached while they are unchanged."""
        by_article = [
            (id_, self._events_digest(id_, evidence)) for id_, (_, (evidence, _)) in self.found.items()
        ]
        rests = by_article, list(inputs.records.values()), inputs.lang
        before, value = self._derived.get(name, (None, None))
        if before != rests or not all(digest for _, digest in by_article):
            value = self.earlier.derived(name, inputs, work_out) if self.earlier else work_out()
            self._derived[name] = rests, value
        return value

    def _settled(
        self, inputs: EvidenceInputs, settled: dict[tuple[int, ...], tuple[frozenset[str], ...]]
    ) -> EvidenceInputs:
        """The inputs with the last build's object for `targets` if it is equal: comparing the same object is much faster."""
        if not inputs.targets:
            return inputs
        given = tuple(map(id, inputs.targets))
        if given not in settled:
            self._targets = self._targets if self._targets == inputs.targets else inputs.targets
            settled[given] = self._targets
        return inputs._replace(targets=settled[given])

    def _events_digest(self, id_: str, evidence: Evidence) -> str:
        before, digest = self._timelines.get(id_, (None, ""))
        if before is not evidence:
            digest = events_digest_of(evidence)
            self._timelines[id_] = evidence, digest
        return digest

    def _inputs_before(self, id_: str) -> EvidenceInputs | None:
        return self.found[id_][0] if id_ in self.found else None


def gather(
    function: Callable[[ArticlePage], Gathered],
    pages: Iterable[ArticlePage],
    _inputs_of: Callable[[ArticlePage], EvidenceInputs],
) -> Iterable[Gathered]:
    """Implements `site.pipeline.Spread` without a cache."""
    return spread(function, pages)
