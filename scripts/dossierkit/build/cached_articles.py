"""Articles and their evidence from the cache of a build: summaries are in memory, the long parts are read on demand.

A site of 10,000 articles does not fit into memory at once, and a build after an edit needs few of them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from dossierkit.evidence.gathering import AnchoredMention, Brief, Evidence, Pair, SentenceAnchor, Supported
from dossierkit.evidence.layer import Layer
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.page import ArticlePage, EntityRef, Gist, TimelineEntry
from dossierkit.model.plain import parse
from dossierkit.model.record import Record

Passage = tuple[str, str, str, str]


class _Forgetful(Protocol):
    def forget(self, parts: Iterable[str]) -> None: ...


class Recent:
    """The articles whose long parts were read last. Beyond `most` of them, the oldest drops its parts."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._recent: deque[tuple[_Forgetful, Iterable[str]]] = deque()

    def hold(self, one: _Forgetful, parts: Iterable[str]) -> None:
        self._recent.append((one, parts))
        if len(self._recent) > self.most:
            first, gone = self._recent.popleft()
            first.forget(gone)


class Text(NamedTuple):
    """The long parts of an article's page."""

    entities: tuple[EntityRef, ...]
    timeline: tuple[TimelineEntry, ...]
    body: str


_LONG = ("entities", "timeline", "body")


class CachedArticle(ArticlePage):
    """An article whose long parts are read on demand."""

    __slots__ = ("_read", "_recent")
    _read: Callable[[], Text]
    _recent: Recent

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - of the part that is asked for
        if name not in _LONG:
            raise AttributeError(name)
        read = self._read()
        for part in _LONG:
            object.__setattr__(self, part, getattr(read, part))
        self._recent.hold(self, _LONG)
        return getattr(read, name)

    def forget(self, parts: Iterable[str]) -> None:
        for part in parts:
            object.__delattr__(self, part)


def article(page: ArticlePage, gist: Gist, read: Callable[[], Text], recent: Recent) -> ArticlePage:
    """The page with its long parts left out; `read` returns them."""
    cached = object.__new__(CachedArticle)
    values = {name: getattr(page, name) for name in _SHORT}
    for name, value in {**values, "_gist": gist, "_read": read, "_recent": recent}.items():
        object.__setattr__(cached, name, value)
    return cached


_SHORT = tuple(field.name for field in fields(ArticlePage) if field.name not in _LONG)


class Summary(NamedTuple):
    """What every build needs of the evidence of every article.

    `fingerprint`: digest of the inputs of the evidence. `counts`, `claims`: see `Evidence`. `events`: digest of what events are
    joined from, empty if it cannot be compared. `comparable`: whether every facet can be compared.
    """

    fingerprint: str
    counts: dict[str, int]
    waived: dict[str, str]
    problems: tuple[Diagnostic, ...]
    claims: int
    events: str
    comparable: bool


class Facets(Mapping[str, str]):
    """The digests of an article's facets, in their JSON: a digest is looked up without parsing the others."""

    __slots__ = ("_line",)

    def __init__(self, line: bytes) -> None:
        self._line = line

    def __getitem__(self, name: str) -> str:
        mark = f'"{name}":"'.encode()
        at = self._line.find(mark)
        if at < 0:
            raise KeyError(name)
        start = at + len(mark)
        return self._line[start : self._line.index(b'"', start)].decode()

    def __iter__(self) -> Iterator[str]:
        return iter(parse(self._line))

    def __len__(self) -> int:
        return len(parse(self._line))


Tells = dict[str, tuple[str, tuple[str, ...], bool, str]]
"""An article's timeline entries by id: the fields of `Brief`."""


class CachedMentions(NamedTuple):
    """The mentions in an article's text, with its layer of marks and the anchors of its sentences."""

    layer: Layer
    anchors: tuple[SentenceAnchor, ...]
    mentions: tuple[AnchoredMention, ...]


class Timeline(NamedTuple):
    items: tuple[Supported, ...]


class PartsReader(Protocol):
    """Reads the parts of an article's evidence. They are separate because pages of entities need only passages."""

    def tells(self) -> Mapping[str, Brief]: ...

    def pairs(self) -> Mapping[Pair, int]: ...

    def findings(self) -> CachedMentions: ...

    def timeline(self) -> Timeline: ...

    def passages(self, entity: str) -> tuple[Passage, ...]: ...


_FOUND = ("layer", "anchors", "mentions")


class CachedEvidence(Evidence):
    """Evidence whose mentions and timeline are read on demand."""

    _summary: Summary
    _read: PartsReader
    _recent: Recent

    @property
    def named(self) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.id in self._summary.counts)

    @cached_property
    def tells(self) -> Mapping[str, Brief]:
        return self._read.tells()

    @property
    def claims(self) -> int:
        return self._summary.claims

    @property
    def counts(self) -> Mapping[str, int]:
        return self._summary.counts

    @property
    def pairs(self) -> Mapping[Pair, int]:
        return self._read.pairs()

    def passages(self, entity: str) -> tuple[Passage, ...]:
        return self._read.passages(entity)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - of the part that is asked for
        if name == "timeline":
            read: dict[str, Any] = {name: self._read.timeline().items}
        elif name in _FOUND:
            findings = self._read.findings()
            read = {part: getattr(findings, part) for part in _FOUND}
        else:
            raise AttributeError(name)
        self.__dict__.update(read)
        self._recent.hold(self, tuple(read))
        return read[name]

    def forget(self, parts: Iterable[str]) -> None:
        for part in parts:
            self.__dict__.pop(part, None)
        self.__dict__.pop("_by_entity", None)


def evidence(
    page: ArticlePage, records: tuple[Record, ...], summary: Summary, read: PartsReader, recent: Recent
) -> Evidence:
    """The evidence with its long parts left out; `read` returns them."""
    cached = object.__new__(CachedEvidence)
    given = {"page": page, "records": records, "waived": summary.waived}
    cached.__dict__.update(given, _summary=summary, _read=read, _recent=recent)
    return cached
