"""What the site itself offers of its data: the files below data/, and the page that says what they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dossierkit.compile.cards.draw import carded
from dossierkit.compile.head.dress import dressed
from dossierkit.compile.listing import Listing
from dossierkit.compile.pages import indexes
from dossierkit.compile.pages.frame import Frame
from dossierkit.compile.site import Compiled
from dossierkit.export.dataset import Dataset
from dossierkit.export.formats import FORMATS, Format, as_bytes

_FOLDER = "data"


def offer(compiled: Compiled, formats: Collection[str]) -> Compiled:
    """The site with its data page, and with the files of the formats named. None where anything is wrong."""
    frame = compiled.frame
    if frame is None:
        return compiled
    broken = any(problem.severity == "error" for problem in compiled.problems)
    made = _made(Dataset.of(_served(frame)), formats) if formats and not broken else {}
    plain = indexes.page(frame, "data", lambda frame, listing: _values(frame, listing, made))
    page = dressed(frame, plain, carded(frame))
    pages = tuple(sorted((*compiled.pages, page), key=lambda one: one.path))
    paths = {path: content for of_format in made.values() for path, content in of_format.items()}
    return replace(compiled, pages=pages, files={**compiled.files, **paths})


def _served(frame: Frame) -> Frame:
    return replace(frame, site=replace(frame.site, urls=frame.site.urls.as_served()))


def _made(data: Dataset, formats: Collection[str]) -> Mapping[str, Mapping[str, bytes]]:
    """The files of each format, by their paths on the site: bytes, so that no engine changes their line breaks."""
    return {
        name: {_path(of, file): as_bytes(content) for file, content in of.make(data).items()}
        for name, of in FORMATS.items()
        if name in formats
    }


def _path(of: Format, file: str) -> str:
    return f"{_FOLDER}/{file}" if of.file else f"{_FOLDER}/{of.name}/{file}"


def _values(frame: Frame, listing: Listing, made: Mapping[str, Mapping[str, bytes]]) -> dict[str, Any]:
    return {
        "formats": tuple(_format(frame, listing, FORMATS[name], files) for name, files in made.items()),
        "numbers": tuple(_numbers(frame)),
        "rights": tuple(dict.fromkeys(_rights(frame))),
        "about_href": listing.href("about/index.md"),
        "sources_href": listing.href("sources/index.md"),
    }


def _format(frame: Frame, listing: Listing, of: Format, files: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "name": of.name,
        "title": frame.t(f"data_formats.{of.name}.title"),
        "text": frame.t(f"data_formats.{of.name}.text"),
        "standard": of.standard[0],
        "standard_href": of.standard[1],
        "files": tuple(
            {
                "name": path.rpartition("/")[2],
                "href": frame.site.urls.to(listing.here, path),
                "size": _size(frame, content),
            }
            for path, content in files.items()
        ),
    }


def _size(frame: Frame, content: bytes) -> str:
    number = len(content)
    if number < 1_000_000:
        return frame.t("size_kb", n=max(1, round(number / 1000)))
    return frame.t("size_mb", n=round(number / 1_000_000, 1))


def _numbers(frame: Frame) -> Iterator[str]:
    articles = frame.graph.articles.values()
    mentions = sum(
        found.entity in frame.content.records for article in articles for found in article.mentions
    )
    yield frame.t.count("articles_count", len(articles))
    yield frame.t.count("entities_count", len(frame.content.records))
    yield frame.t.count("mentions_count", mentions)
    yield frame.t.count("entries_count", sum(len(article.timeline) for article in articles))


def _rights(frame: Frame) -> Iterator[str]:
    """Who holds what, once each, as the sources say it."""
    for article in frame.graph.articles.values():
        if article.page.source.rights:
            yield " · ".join(filter(None, (article.page.source.publisher, article.page.source.rights)))
