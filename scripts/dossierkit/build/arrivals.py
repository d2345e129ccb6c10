"""The day on which each article was first published on this site, and its changes since, from its page and from git."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from dossierkit.cache import files
from dossierkit.model.arrival import Arrival
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import ArticlePage
from dossierkit.model.plain import dumps, loads
from dossierkit.store import page_parser
from dossierkit.store.history import PageHistory, ShallowError, contents, head, histories
from dossierkit.store.state import cache_folder

COMPARED = 60
"""How many of the pages that changed last are compared with their first version."""
_FILE = "arrivals"
_HEAD = b"dossierkit arrivals 2\n"
_SHALLOW = (
    "git has only part of the history here (a shallow clone), so that nobody can tell when pages came to the site: fetch all of it "
    '(`git fetch --unshallow`; in CI `fetch-depth: 0` on GitHub, `GIT_DEPTH: "0"` on GitLab), or write the days into the pages '
    "with `dossier arrivals --write`"
)


class Known(NamedTuple):
    """`arrivals`: by article id, of the articles for which a day is known. `problems`: D510 if it is not for all."""

    arrivals: Mapping[str, Arrival]
    problems: tuple[Diagnostic, ...] = ()


class _CachedHistories(NamedTuple):
    """`key`: the commit, and the folder of the articles."""

    key: tuple[str, ...]
    pages: Mapping[str, PageHistory]


def arrivals(root: Path, docs: Path, articles: Iterable[ArticlePage]) -> Known:
    """The arrivals of these articles. A day in the page takes precedence over git."""
    listed = tuple(articles)
    known = known_to_git(root, docs)
    lost = known is None and any(not page.arrived for page in listed)
    none = PageHistory()
    pages = {page.id: (page, (known or {}).get(page.path, none)) for page in listed}
    found = {id_: Arrival(page.arrived or history.arrived) for id_, (page, history) in pages.items()}
    changed = [
        id_ for id_, (_, history) in pages.items() if history.arrived and history.touched > found[id_].arrived
    ]
    changed.sort(key=lambda id_: (pages[id_][1].touched, id_), reverse=True)
    found |= _changes(root, found, {id_: pages[id_] for id_ in changed[:COMPARED]})
    dated = {id_: arrival for id_, arrival in found.items() if arrival.arrived}
    return Known(dated, (shallow("warning"),) if lost else ())


def shallow(severity: str) -> Diagnostic:
    """D510, which lets a site be built without days."""
    return Diagnostic(".", 0, 0, "D510", _SHALLOW, severity)


def known_to_git(root: Path, docs: Path) -> Mapping[str, PageHistory] | None:
    """The history of each page, by path; None in a shallow clone. Cached until HEAD is another commit."""
    try:
        commit = head(root)
    except ShallowError:
        return None
    if not commit or not docs.is_relative_to(root):
        return {}
    folder = f"{docs.relative_to(root).as_posix()}/articles"
    key = [commit, folder]
    pages = _cached(root, key)
    if pages is None:
        pages = histories(root, folder)
        _keep(root, key, pages)
    return pages


def _cached(root: Path, key: list[str]) -> dict[str, PageHistory] | None:
    try:
        found: _CachedHistories = loads(
            _CachedHistories, bytes(files.read(cache_folder(root) / _FILE, _HEAD))
        )
    except (OSError, files.ForeignFileError):
        return None
    return dict(found.pages) if list(found.key) == key else None


def _keep(root: Path, key: list[str], pages: Mapping[str, PageHistory]) -> None:
    with suppress(OSError):
        files.write(cache_folder(root) / _FILE, _HEAD, dumps(_CachedHistories(tuple(key), pages)))


def _changes(
    root: Path, known: Mapping[str, Arrival], pages: Mapping[str, tuple[ArticlePage, PageHistory]]
) -> dict[str, Arrival]:
    """Arrivals with the changes that readers see since then, of the pages that have any."""
    names = [history.first for _, history in pages.values()]
    found = {}
    for (id_, (page, history)), data in zip(pages.items(), contents(root, names), strict=False):
        try:
            before, _ = page_parser.article(id_, page.path, data.decode("utf-8"))
        except (DiagnosticsError, UnicodeDecodeError):
            continue
        arrival = known[id_]._replace(
            changed=history.touched,
            events=len(page.timeline) - len(before.timeline),
            names=len(page.entities) - len(before.entities),
            text=_words(page) != _words(before),
        )
        if arrival.events or arrival.names or arrival.text:
            found[id_] = arrival
    return found


def _words(page: ArticlePage) -> tuple[str, ...]:
    return page.title, page.description, page.body.strip()
