"""A citation independent of formats: the source as published, and the address of the page with its evidence."""

from __future__ import annotations

import re
from typing import NamedTuple

from dossierkit.evidence import visibility
from dossierkit.evidence.gathering import stable_id
from dossierkit.model.media import Author
from dossierkit.model.page import ArticlePage, ContentPage, DossierPage
from dossierkit.model.record import Record
from dossierkit.site.interface import Site


class Reference(NamedTuple):
    """`kind`: "source" (an article, written by others) or "page" (a page of the site itself).

    `date`: EDTF, empty if unknown. `url`: of the original; `archived`: of a permanent copy; `page`: of the page on this site.
    Each is empty if there is none, `page` if the site's own address is unknown.
    """

    key: str
    kind: str
    title: str
    site: str
    page: str
    lang: str = ""
    authors: tuple[Author, ...] = ()
    publisher: str = ""
    date: str = ""
    url: str = ""
    archived: str = ""


def of(page: ContentPage, site: Site) -> Reference:
    """The reference of a page. Articles are cited as their sources; records and dossiers as pages of the site."""
    match page:
        case ArticlePage():
            return _source(page, site)
        case DossierPage():
            path = visibility.dossier_path(page.id)
            own = _own(f"dossier:{page.id}", page.title, page.lang, path, site)
            return own._replace(authors=page.authors)
        case Record():
            named = site.strings.named(page.title, unreviewed=page.unreviewed)
            own = _own(f"entity:{page.id}", named, "", visibility.entity_path(page.id), site)
            return own._replace(authors=page.authors)


def _source(page: ArticlePage, site: Site) -> Reference:
    note = page.source
    return Reference(
        _key(page.id),
        "source",
        page.title,
        site.publication.name,
        _address(visibility.article_path(page.id), site),
        page.lang or site.strings.lang,
        page.credited,
        note.publisher,
        page.date,
        _web(note.url),
        _web(note.archived),
    )


def _own(key: str, title: str, lang: str, path: str, site: Site) -> Reference:
    address, spoken = _address(path, site), lang or site.strings.lang
    return Reference(_key(key), "page", title, site.publication.name, address, spoken)


def _address(path: str, site: Site) -> str:
    return f"{site.publication.address}{site.urls.served_at(path)}" if site.publication.address else ""


def _key(id_: str) -> str:
    """A citation key that every format accepts: ASCII letters, digits, hyphens and colons."""
    key = id_.replace("/", ":")
    return key if re.fullmatch(r"[A-Za-z0-9:-]+", key) else stable_id("ref", id_)


def _web(address: str) -> str:
    """The address with characters escaped that would end a field or a line; empty if it is not a web address."""
    clean = "".join(f"%{ord(char):02X}" if char in '{}\\<>" ' else char for char in address.strip())
    return clean if clean.startswith(("https://", "http://")) and clean.isprintable() else ""
