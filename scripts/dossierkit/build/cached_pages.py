"""The cache of parsed pages and their evidence between builds: summaries are in memory, the long parts of articles are read on demand.

A site of 10,000 articles does not fit into memory at once, and a build after an edit needs few of them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from dossierkit.cache.archive import Archive
from dossierkit.check.waivers import evidence_waivers
from dossierkit.evidence.gathering import (
    AnchoredMention,
    Brief,
    Evidence,
    MentionInSentence,
    Pair,
    SentenceAnchor,
    Supported,
)
from dossierkit.evidence.layer import Layer
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import ArticlePage, DossierPage, EntityRef, Gist, TimelineEntry
from dossierkit.model.plain import (
    UnkeepableError,
    digest,
    digest_of,
    dumps,
    join_lines,
    loads,
    parse,
    split_lines,
)
from dossierkit.model.record import Record
from dossierkit.store import content, page_parser


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


class _PackedPage(NamedTuple):
    """A page serialised: what is kept of it with all others, as it is and as `line`, and the long parts of an article."""

    entry: _CachedPage
    line: bytes
    long: bytes


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
            if known.text != digest_of(source.text):
                return None
            line = dumps(known._replace(stamp=source.stamp))
        self._reasons[path] = dict(known.reasons)
        self._now[path] = line
        return self._given(path, known)

    def packed(
        self, source: content.PageFile, found: page_parser.Found | DiagnosticsError
    ) -> _PackedPage | page_parser.Found | DiagnosticsError:
        """The page serialised; as it is if it cannot be."""
        if isinstance(found, DiagnosticsError):
            return found
        page, warnings = found
        reasons = tuple(sorted(evidence_waivers(source.text, source.path).items()))
        try:
            whole = digest(dumps(page))
        except UnkeepableError:
            return found
        short = gist = None
        long = b""
        if isinstance(page, ArticlePage):
            long = dumps(Text(page.entities, page.timeline, page.body))
            short, gist = replace(page, entities=(), timeline=(), body=""), page.gist
        record = page if isinstance(page, Record) else None
        dossier = page if isinstance(page, DossierPage) else None
        text = digest_of(source.text)
        entry = _CachedPage(text, whole, source.stamp, short, record, dossier, gist, reasons, tuple(warnings))
        return _PackedPage(entry, dumps(entry), long)

    def keep(
        self, source: content.PageFile, packed: _PackedPage | page_parser.Found | DiagnosticsError
    ) -> page_parser.Found | DiagnosticsError:
        if isinstance(packed, DiagnosticsError):
            return packed
        path = source.path
        if not isinstance(packed, _PackedPage):
            self._reasons[path] = evidence_waivers(source.text, path)
            return packed
        if packed.long:
            self._archive.put(f"text {path}", packed.long)
        self._reasons[path] = dict(packed.entry.reasons)
        self._now[path] = packed.line
        return self._given(path, packed.entry)

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
        return article(known.article, known.gist, read, self._recent)

    def _text(self, path: str, id_: str) -> Text:
        if (blob := self._archive.take(f"text {path}")) is not None:
            return loads(Text, blob)
        # What was kept is damaged.
        page, _ = page_parser.article(id_, path, content.text(self._root / path, path))
        return Text(page.entities, page.timeline, page.body)


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
            oldest, oldest_parts = self._recent.popleft()
            oldest.forget(oldest_parts)


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

    def passages(self, entity: str) -> tuple[MentionInSentence, ...]: ...


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

    def passages(self, entity: str) -> tuple[MentionInSentence, ...]:
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
