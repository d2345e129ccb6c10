"""What a build can take from the one before it in another process: pages as read, and evidence as found.

Each lies in the vault with a digest of all that it was made of; where that differs, it is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from dossierkit.compile.evidence import Anchor, Evidence, Found, Supported
from dossierkit.compile.layer import Layer
from dossierkit.compile.pipeline import Gathered, Ground
from dossierkit.compile.seen.facets import facets
from dossierkit.compile.site import Template
from dossierkit.compile.timeline.events import Groups, Tellings
from dossierkit.engines.forked import spread
from dossierkit.engines.vault import Vault
from dossierkit.model.page import ArticlePage, DossierPage
from dossierkit.model.plain import UnkeepableError, digest, dumps, loads, parse
from dossierkit.model.problem import Problem, ProblemsError
from dossierkit.model.record import Record
from dossierkit.store import content

_HEAD = 32  # hexadecimal digits of a digest


@dataclass(frozen=True, slots=True)
class _Article:
    page: ArticlePage
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Record:
    page: Record
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Dossier:
    page: DossierPage
    warnings: tuple[Problem, ...]


_KINDS: dict[type, type] = {ArticlePage: _Article, Record: _Record, DossierPage: _Dossier}
_SIGNS = {b"a": _Article, b"r": _Record, b"d": _Dossier}


@dataclass(frozen=True, slots=True)
class _Gathered:
    """Evidence without what it was gathered from, with its facets."""

    layer: Layer
    anchors: tuple[Anchor, ...]
    mentions: tuple[Found, ...]
    timeline: tuple[Supported, ...]
    waived: dict[str, str]
    problems: tuple[Problem, ...]
    facets: dict[str, str]


class Pages:
    """As `store.content.Kept`. A page that is in order is kept; one with an error stops the build."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._digests: dict[int, tuple[object, str]] = {}

    def known(self, path: str, text: str) -> content.Found | ProblemsError | None:
        blob = self._vault.take(f"page {path}")
        if blob is None or blob[:_HEAD] != _of(text):
            return None
        found = loads(_SIGNS[blob[_HEAD : _HEAD + 1]], blob[_HEAD + 1 :])
        self._digests[id(found.page)] = (found.page, digest(blob))
        return found.page, list(found.warnings)

    def keep(self, path: str, text: str, found: content.Found | ProblemsError) -> None:
        if isinstance(found, ProblemsError):
            return
        kind = _KINDS[type(found[0])]
        sign = next(sign for sign, one in _SIGNS.items() if one is kind)
        try:
            blob = _of(text) + sign + dumps(kind(found[0], tuple(found[1])))
        except UnkeepableError:
            return
        self._vault.put(f"page {path}", blob)
        self._digests[id(found[0])] = (found[0], digest(blob))

    def digest(self, page: object) -> str:
        """Of a page as it was read, or as it is now. Raises UnkeepableError."""
        if id(page) not in self._digests:
            self._digests[id(page)] = (page, digest(dumps(page)))
        return self._digests[id(page)][1]


class Kept:
    """As `engines.memory.Memory`, from the vault. `ground`: a digest of all that evidence rests on beside content."""

    template: Template | None = None

    def __init__(self, vault: Vault, ground: str) -> None:
        self.read = Pages(vault)
        self._vault, self._ground = vault, ground
        self.facets: dict[str, dict[str, str]] = {}
        self._sets: dict[int, tuple[object, str]] = {}

    def gather(
        self,
        function: Callable[[ArticlePage], Gathered],
        pages: Iterable[ArticlePage],
        ground: Callable[[ArticlePage], Ground],
    ) -> Iterable[Gathered]:
        """As `compile.pipeline.Spread`: only what does not rest on the same as before is worked out."""
        grounds = {page.id: ground(page) for page in pages}
        digests = {id_: self._digest(told) for id_, told in grounds.items()}
        found = {id_: self._known(id_, told, digests[id_]) for id_, told in grounds.items()}
        new = [told.page for id_, told in grounds.items() if found[id_] is None]
        for page, (gathered, told, blob) in zip(new, spread(partial(_packed, function), new), strict=True):
            found[page.id], self.facets[page.id] = gathered, told
            if blob and digests[page.id]:
                self._vault.put(f"evidence {page.id}", digests[page.id].encode() + blob)
        return tuple(one for one in found.values() if one is not None)

    def joined(self, tellings: Tellings, join: Callable[[], Groups]) -> Groups:
        """As `compile.timeline.events.Joined`."""
        told = self._of_tellings(tellings)
        blob = self._vault.take("joined")
        if told and blob is not None and blob[:_HEAD] == told.encode():
            return tuple(tuple((article, item) for article, item in group) for group in parse(blob[_HEAD:]))
        groups = join()
        if told:
            self._vault.put("joined", told.encode() + dumps(groups))
        return groups

    def _of_tellings(self, tellings: Tellings) -> str:
        """A digest of all that was told, and of all that is known of whom it is about; empty where there is none."""
        articles = {article.page.id: article for article, _ in tellings.told}
        parts = [
            (id_, self.facets[id_]["timeline"], self.facets[id_]["page"], [one.id for one in article.records])
            for id_, article in articles.items()
        ]
        if any("" in part for part in parts):
            return ""
        try:
            records = [(id_, self.read.digest(one)) for id_, one in tellings.records.items()]
            return digest(dumps((self._ground, tellings.lang, parts, records)))
        except UnkeepableError:
            return ""

    def _known(self, id_: str, ground: Ground, told: str) -> Gathered | None:
        blob = self._vault.take(f"evidence {id_}")
        if not told or blob is None or blob[:_HEAD] != told.encode():
            return None
        kept: _Gathered = loads(_Gathered, blob[_HEAD:])
        self.facets[id_] = kept.facets
        evidence = Evidence(
            ground.page,
            kept.layer,
            kept.anchors,
            tuple(record for record in ground.records if record),
            kept.mentions,
            kept.timeline,
            kept.waived,
        )
        return evidence, kept.problems

    def _digest(self, ground: Ground) -> str:
        """Of all that evidence rests on; empty where that cannot be compared."""
        try:
            told = (
                self._ground,
                self.read.digest(ground.page),
                [record and self.read.digest(record) for record in ground.records],
                ground.kept_back,
                sorted((ground.waived or {}).items()),
                [self._of_set(one) for one in ground.targets],
            )
            return digest(dumps(told))
        except UnkeepableError:
            return ""

    def _of_set(self, names: frozenset[str]) -> str:
        if id(names) not in self._sets:
            self._sets[id(names)] = (names, digest(dumps(sorted(names))))
        return self._sets[id(names)][1]


def _of(text: str) -> bytes:
    return digest(text.encode("utf-8", "surrogatepass")).encode()


def _packed(
    function: Callable[[ArticlePage], Gathered], page: ArticlePage
) -> tuple[Gathered, dict[str, str], bytes]:
    """What was gathered, its facets, and both as they are kept; empty where that cannot be."""
    gathered = function(page)
    one, problems = gathered
    told = facets(one)
    kept = _Gathered(one.layer, one.anchors, one.mentions, one.timeline, dict(one.waived), problems, told)
    try:
        return gathered, told, dumps(kept)
    except UnkeepableError:
        return gathered, told, b""
