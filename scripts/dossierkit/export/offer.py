"""The site's own data: files below data/, and the page that describes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Any

from dossierkit.export import crate
from dossierkit.export.dataset import Dataset
from dossierkit.export.formats import FORMATS, ExportFormat, formats
from dossierkit.model.diagnostic import errors_in
from dossierkit.site.addresses import Addresses
from dossierkit.site.cards.draw import carded
from dossierkit.site.compiled import Compiled
from dossierkit.site.context import Context
from dossierkit.site.head.page_head import with_head
from dossierkit.site.interface import CompiledPage, Later, Unit, Written
from dossierkit.site.jsonld.terms import Node, known
from dossierkit.site.listing import Listing
from dossierkit.site.pages import indexes

_FOLDER = "data"
PAGE = f"{_FOLDER}/index.md"
CRATE = f"{_FOLDER}/{crate.NAME}"
_MEDIA = {
    "bib": "application/x-bibtex",
    "csv": "text/csv",
    "db": "application/vnd.sqlite3",
    "geojson": "application/geo+json",
    "ics": "text/calendar",
    "json": "application/json",
    "jsonld": "application/ld+json",
}
"""Media types by the end of a file's name (https://www.iana.org/assignments/media-types)."""
_DEAREST = {"webannotation", "sqlite", "ftm", "csv"}  # reserved first, so that the others cannot use it up


def offer(compiled: Compiled, asked: Collection[str]) -> Compiled:
    """The site with its data page, and the files of the given formats; no files if there is an error."""
    frame, broken = compiled.frame, errors_in(compiled.problems)
    data = Dataset(_served(frame))
    offered = {
        name: Written(tuple(_unit(data, export_format, file) for file in export_format.make(data)))
        for name, export_format in formats().items()
        if name in asked and not export_format.by_command and not broken
    }
    last = partial(_page, frame, {name: one.paths for name, one in offered.items()})
    if not offered and compiled.later:
        return replace(
            compiled,
            later=tuple(sorted((*compiled.later, Later(PAGE, partial(last, {}))), key=attrgetter("path"))),
        )
    if not offered:
        pages = sorted((*compiled.pages, last({})), key=attrgetter("path"))
        return replace(compiled, pages=tuple(pages))
    by_cost = sorted(offered, key=lambda name: name not in _DEAREST)
    described = _described(data, frame, {name: one.paths for name, one in offered.items()})
    files = (*(offered[name] for name in by_cost), described)
    return replace(compiled, written=(*files, *compiled.written), last=last)


def _served(frame: Context) -> Context:
    return replace(frame, site=replace(frame.site, urls=frame.site.urls.as_served()))


def _unit(data: Dataset, of: ExportFormat, file: str) -> Unit:
    path = _path(of, file)
    return Unit((path,), lambda: [(path, of.make(data)[file])], "facts" if file in of.factual else "content")


def _described(data: Dataset, frame: Context, offered: Mapping[str, Sequence[str]]) -> Written:
    """The crate that describes the files."""
    files = tuple(
        crate.CrateFile(
            path.removeprefix(f"{_FOLDER}/"),
            _title(frame, formats()[name]),
            _media(path),
            formats()[name].standard,
        )
        for name, paths in offered.items()
        for path in paths
    )

    def make() -> list[tuple[str, str]]:
        return [(CRATE, crate.crate(data, files, _rights(frame)))]

    return Written((Unit((CRATE,), make, "facts"),))


def _title(frame: Context, of: ExportFormat) -> str:
    return frame.t(f"data_formats.{of.name}.title") if of.name in FORMATS else of.title


def _media(path: str) -> str:
    return _MEDIA.get(path.rpartition(".")[2], "application/octet-stream")


def _path(of: ExportFormat, file: str) -> str:
    return f"{_FOLDER}/{file}" if of.file else f"{_FOLDER}/{of.name}/{file}"


def _page(frame: Context, offered: Mapping[str, Sequence[str]], sizes: Mapping[str, int]) -> CompiledPage:
    """The page. `offered`: paths of each format's files. Files of unknown size are listed without one."""
    plain = indexes.page(frame, "data", lambda frame, listing: _values(frame, listing, offered, sizes))
    return with_head(frame, plain, carded(frame), tuple(_dataset(frame, offered, sizes)))


def _dataset(
    frame: Context, offered: Mapping[str, Sequence[str]], sizes: Mapping[str, int]
) -> Iterator[Node]:
    """The data set in schema.org terms (https://developers.google.com/search/docs/appearance/structured-data/dataset)."""
    if not offered:
        return
    name, where = frame.site.name, Addresses(frame.site, PAGE)
    yield {
        "@type": "Dataset",
        "name": f"{name} · {frame.t('data')}",
        "description": frame.t("data_what"),
        "url": where.page(PAGE),
        "inLanguage": frame.t.lang,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": name},
        "distribution": [
            _download(formats()[kind], path, where, sizes)
            for kind, paths in offered.items()
            for path in paths
        ],
    }


def _download(of: ExportFormat, path: str, where: Addresses, sizes: Mapping[str, int]) -> Node:
    return known(
        {
            "@type": "DataDownload",
            "name": path.rpartition("/")[2],
            "contentUrl": where.file(path),
            "encodingFormat": _media(path),
            "contentSize": f"{sizes[path]} B" if path in sizes else "",
            "description": of.standard[0],
        }
    )


def _values(
    frame: Context, listing: Listing, offered: Mapping[str, Sequence[str]], sizes: Mapping[str, int]
) -> dict[str, Any]:
    return {
        "formats": tuple(
            _format(frame, listing, formats()[name], paths, sizes) for name, paths in offered.items()
        ),
        "numbers": tuple(_numbers(frame)),
        "crate": {"name": crate.NAME, "href": frame.site.urls.to(listing.here, CRATE)},
        "rights": _rights(frame),
        "about_href": listing.href("about/index.md"),
        "sources_href": listing.href("sources/index.md"),
    }


def _format(
    frame: Context, listing: Listing, of: ExportFormat, paths: Sequence[str], sizes: Mapping[str, int]
) -> dict[str, Any]:
    return {
        "name": of.name,
        "title": _title(frame, of),
        "text": frame.t(f"data_formats.{of.name}.text") if of.name in FORMATS else "",
        "standard": of.standard[0],
        "standard_href": of.standard[1],
        "files": tuple(
            {
                "name": path.rpartition("/")[2],
                "href": frame.site.urls.to(listing.here, path),
                "size": frame.size(sizes[path]) if path in sizes else "",
            }
            for path in paths
        ),
    }


def _numbers(frame: Context) -> Iterator[str]:
    articles = frame.graph.articles.values()
    mentions = sum(
        count for article in articles for id_, count in article.counts.items() if id_ in frame.content.records
    )
    yield frame.t.count("articles_count", len(articles))
    yield frame.t.count("entities_count", len(frame.content.records))
    yield frame.t.count("mentions_count", mentions)
    yield frame.t.count("entries_count", frame.events.count)
    yield frame.t.count("quotes_count", sum(article.claims for article in articles))


def _rights(frame: Context) -> tuple[str, ...]:
    """The rights statements of the sources, each once."""
    sources = (article.page.source for article in frame.graph.articles.values())
    stated = (" · ".join(filter(None, (one.publisher, one.rights))) for one in sources if one.rights)
    return tuple(dict.fromkeys(stated))
