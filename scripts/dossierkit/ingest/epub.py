"""EPUB books and articles: chapters in spine order, and the package document's metadata (EPUB 3.3)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree, html
from lxml.etree import _Element
from lxml.html import HtmlElement

from dossierkit.ingest import page_marks
from dossierkit.ingest.blocks import words
from dossierkit.ingest.days import day
from dossierkit.ingest.facts import fact, source_of
from dossierkit.ingest.formats import Given
from dossierkit.ingest.html.fragment import blocks_of
from dossierkit.ingest.refusal import RefusedError
from dossierkit.ingest.xml_tree import attribute, child_text, children, parsed
from dossierkit.ingest.zip_package import Package
from dossierkit.model.source import Fact, Mark, Source

_WHAT = "EPUB"
_FONTS = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")
_PAGES = frozenset({"application/xhtml+xml", "text/html"})


def read(given: Given) -> Source:
    """The book as one text, with the pages of its print edition if it has them, else its sections ("s3").

    Raises RefusedError, also for books with DRM.
    """
    package = Package(given.data, _WHAT)
    _refuse_locked(package)
    path = _package_path(package)
    root = parsed(package.read(path), _WHAT)
    facts = _facts(root)
    bodies = [body for chapter in _chapters(package, root, path) if (body := _body(chapter)) is not None]
    if bodies:
        _drop_title(bodies[0], facts["title"].value)
    pages = _pages(bodies)
    blocks = [block for body in bodies for block in blocks_of(body)]
    tags = (subject for listed in children(root, "metadata") for subject in _subjects(listed))
    return source_of(blocks, facts, tags=tags, pages=pages)


def _drop_title(body: HtmlElement, title: str) -> None:
    """Remove the book's title from the beginning of its text."""
    head = next(body.iter("h1", "h2", "h3", "p"), None)
    if head is not None and words(head) == title and words(body).startswith(title):
        head.drop_tree()


def _pages(bodies: list[HtmlElement]) -> tuple[Mark, ...]:
    if any(map(page_marks.signed, bodies)):
        return ()
    printed: list[str] = []
    for body in bodies:
        for element in list(body.iter()):
            if label := _label(element):
                printed.append(label)
                tail = element.tail or ""
                element.clear()
                element.tail = page_marks.SIGN + tail
    at, places, sections = 0, [], []
    for number, body in enumerate(bodies, 1):
        sections.append((at, f"s{number}"))
        found, at = page_marks.taken(body, at)
        places += found
    return page_marks.marks(
        zip(places, printed, strict=True) if printed else iter(sections if len(sections) > 1 else ())
    )


def _label(element: HtmlElement) -> str:
    """The label of the page that begins at an element (EPUB 3.3 and Digital Publishing WAI-ARIA, `doc-pagebreak`), or ""."""
    if "pagebreak" not in (element.get("epub:type") or "").split() and element.get("role") != "doc-pagebreak":
        return ""
    named = element.get("title") or element.get("aria-label") or "".join(element.itertext())
    label = " ".join(named.split()).removesuffix(".")
    return label if page_marks.usable(label) else ""


def _refuse_locked(package: Package) -> None:
    """Refuse encrypted books; fonts may be obfuscated."""
    listed = package.read("META-INF/encryption.xml")
    if listed and listed.count(b"EncryptionMethod") > sum(map(listed.count, _FONTS)):
        raise RefusedError("is locked (DRM): add a copy without a lock")


def _package_path(package: Package) -> str:
    container = package.read("META-INF/container.xml")
    if not container:
        raise RefusedError(
            "is a ZIP archive without META-INF/container.xml, so no EPUB: rename it for what it is"
        )
    roots = parsed(container, _WHAT).iter("{*}rootfile")
    path = next((attribute(root, "full-path") for root in roots), "")
    if not path or not package.read(path):
        raise RefusedError("names no package document that is there: it is damaged; download it again")
    return path


def _chapters(package: Package, root: _Element, path: str) -> Iterator[bytes]:
    listed = {
        attribute(item, "id"): item
        for manifest in children(root, "manifest")
        for item in children(manifest, "item")
    }
    folder = posixpath.dirname(path)
    taken: set[str] = set()  # a book of a few kilobytes could otherwise name one chapter without end
    for spine in children(root, "spine"):
        for ref in children(spine, "itemref"):
            item = listed.get(attribute(ref, "idref"))
            if (
                item is None
                or attribute(item, "media-type") not in _PAGES
                or "nav" in attribute(item, "properties").split()
            ):
                continue
            name = posixpath.normpath(posixpath.join(folder, unquote(attribute(item, "href"))))
            if name not in taken:
                taken.add(name)
                yield package.read(name)


def _body(chapter: bytes) -> HtmlElement | None:
    if not chapter.strip():
        return None
    try:
        tree = html.document_fromstring(chapter, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return None
    body: HtmlElement | None = tree.find("body")
    return body


def _subjects(metadata: _Element) -> list[str]:
    return [text for child in children(metadata, "subject") if (text := "".join(child.itertext()).strip())]


def _facts(root: _Element) -> dict[str, Fact]:
    meta = next(children(root, "metadata"), root)
    authors = ", ".join(" ".join("".join(child.itertext()).split()) for child in children(meta, "creator"))
    return {
        "title": fact(child_text(meta, "title"), "dc:title"),
        "author": fact(authors, "dc:creator"),
        "publisher": fact(child_text(meta, "publisher"), "dc:publisher"),
        "published": fact(day(child_text(meta, "date")), "dc:date"),
        "lang": fact(child_text(meta, "language"), "dc:language"),
        "rights": fact(child_text(meta, "rights"), "dc:rights"),
        "identifier": fact(child_text(meta, "identifier"), "dc:identifier"),
    }
