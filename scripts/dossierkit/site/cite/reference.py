"""A citation before any format: the source as it was published, and the address of the page with its evidence."""

from __future__ import annotations

import re
from typing import NamedTuple

from dossierkit.evidence import visibility
from dossierkit.evidence.gathering import stable_id
from dossierkit.model.media import Author
from dossierkit.model.page import ArticlePage, DossierPage
from dossierkit.model.record import Record
from dossierkit.site.interface import Site


class Reference(NamedTuple):
    """`kind`: "source" (an article, somebody else's words) or "page" (a page of the site's own).

    `date` is EDTF, empty when unknown. `url` is the original's, `archived` a lasting copy's, `page` the address here; each
    is empty where there is none, `page` where the site does not know its own address.
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


def of(page: ArticlePage | DossierPage | Record, site: Site) -> Reference:
    """The reference of a page. Articles are cited as their sources; records and dossiers as pages of the site."""
    match page:
        case ArticlePage():
            return _source(page, site)
        case DossierPage():
            path = visibility.dossier_path(page.id)
            return _own(f"dossier:{page.id}", page.title, page.lang, path, site)._replace(
                authors=page.authors
            )
        case Record():
            named = site.strings("unreviewed_name", name=page.title) if page.unreviewed else page.title
            path = visibility.entity_path(page.id)
            return _own(f"entity:{page.id}", named, "", path, site)._replace(authors=page.authors)


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
    """A citation key that every format takes: letters, digits, hyphens and colons of ASCII."""
    key = id_.replace("/", ":")
    return key if re.fullmatch(r"[A-Za-z0-9:-]+", key) else stable_id("ref", id_)


def _web(address: str) -> str:
    """The address without what would end a field or a line; empty where it is none of the web's."""
    clean = "".join(f"%{ord(char):02X}" if char in '{}\\<>" ' else char for char in address.strip())
    return clean if clean.startswith(("https://", "http://")) and clean.isprintable() else ""
