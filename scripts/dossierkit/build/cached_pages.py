"""The cache of parsed pages between builds: all pages without the long parts of articles, which are read on demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from dossierkit.build import cached_articles
from dossierkit.build.cached_articles import Recent, Text
from dossierkit.cache.archive import Archive
from dossierkit.check.waivers import evidence_waivers
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import ArticlePage, DossierPage, Gist
from dossierkit.model.plain import UnkeepableError, digest, digest_of, dumps, join_lines, loads, split_lines
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
            digest_of(text), whole, source.stamp, short, record, dossier, gist, waived, tuple(warnings)
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
