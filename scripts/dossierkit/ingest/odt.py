"""OpenDocument texts (.odt): content.xml as HTML elements, and the properties in meta.xml (ODF 1.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml.etree import _Element
from lxml.html import HtmlElement, builder

from dossierkit.ingest import page_marks
from dossierkit.ingest.facts import (
    NONE,
    fact,
    first,
    made,
    made_note,
    named,
    named_day,
    person,
    source_of,
    unseen_note,
)
from dossierkit.ingest.formats import Given
from dossierkit.ingest.html.fragment import blocks_of
from dossierkit.ingest.odt_unseen import unseen
from dossierkit.ingest.refusal import RefusedError
from dossierkit.ingest.xml_tree import append_text, attribute, child_text, children, local, parsed
from dossierkit.ingest.zip_package import Package
from dossierkit.model.source import Fact, Source

_WHAT = "OpenDocument text (.odt)"
# Element of ODF -> element of HTML, from which blocks are made.
_NAMES = {
    "p": "p", "list": "ul", "list-item": "li", "list-header": "li", "table": "table", "table-row": "tr",
    "table-cell": "td", "a": "a", "line-break": "br", "section": "div", "text-box": "div",
}  # fmt: skip
_LEFT_OUT = frozenset(
    {"tracked-changes", "annotation", "image", "object", "note-citation", "ruby-text", "forms", "sequence-decls", "table-of-content",
     "alphabetical-index", "binary-data", "event-listeners", "desc", "title", "bookmark-start", "bookmark-end"}
)  # fmt: skip
_HIDING = frozenset({"hidden-text", "section"})
_DEEPEST = 150


def read(given: Given) -> Source:
    """A document's text as printed, without hidden text, notes in brackets at their references. Raises RefusedError."""
    package = Package(given.data, _WHAT)
    content = package.read("content.xml")
    if not content:
        raise RefusedError(
            f"is a ZIP archive without content.xml, so no {_WHAT}: rename it for what it is, or save it again"
        )
    if any(name.startswith(("Basic/", "Scripts/")) for name in package.names):
        raise RefusedError("contains macros: save it without them")
    manifest = package.read("META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise RefusedError("is encrypted: save it without a password")
    text = parsed(content, _WHAT)
    root = _body(text)
    facts = _facts(package, given.name)
    heading, before = page_marks.taken_title(root)
    places, _ = page_marks.taken(root)
    stated = len(places) + before == _page_count(package)
    pages = page_marks.numbered(places, before) if stated else ()
    facts["title"] = first(fact(heading, "its title or first heading"), facts["title"], named(given.name))
    notes = (*made_note(facts["published"]), *unseen_note(unseen(text)))
    return source_of(blocks_of(root), facts, notes, pages=pages)


def _body(root: _Element) -> HtmlElement:
    text = next((child for body in children(root, "body") for child in children(body, "text")), None)
    if text is None:
        raise RefusedError(
            "contains no text document: a table, a drawing or slides are not read; save its text as .txt"
        )
    made = builder.DIV()
    _fill(made, text, _Styles(_title_styles(root), _breaking_styles(root), _hidden_styles(root)), 0)
    return made


class _Styles(NamedTuple):
    """Names of styles: of the document's title, with a page break before, and of hidden text."""

    titles: frozenset[str]
    breaking: frozenset[str]
    hidden: frozenset[str]


def _styles(root: _Element) -> Iterator[_Element]:
    for listed in children(root, "automatic-styles"):
        yield from children(listed, "style")


def _title_styles(root: _Element) -> frozenset[str]:
    """Paragraph styles of the document's title."""
    made = {
        attribute(style, "name")
        for style in _styles(root)
        if attribute(style, "parent-style-name") == "Title"
    }
    return frozenset({"Title", *made})


def _breaking_styles(root: _Element) -> frozenset[str]:
    """Paragraph styles with a page break before."""
    return frozenset(
        attribute(style, "name")
        for style in _styles(root)
        if any(attribute(each, "break-before") == "page" for each in children(style, "paragraph-properties"))
    )


def _hidden_styles(root: _Element) -> frozenset[str]:
    """Styles of hidden or struck out text, of paragraphs or of words."""
    return frozenset(
        attribute(style, "name")
        for style in _styles(root)
        if any(
            attribute(each, "display") == "none"
            or attribute(each, "text-line-through-style") not in {"", "none"}
            for each in children(style, "text-properties")
        )
    )


def _is_hidden(element: _Element, name: str, styles: _Styles) -> bool:
    return (
        attribute(element, "style-name") in styles.hidden
        or (name in _HIDING and attribute(element, "is-hidden") == "true")
        or (name == "section" and attribute(element, "display") == "none")
        or any(attribute(one, "is-hidden") == "true" for one in children(element, "hidden-paragraph"))
    )


def _fill(into: HtmlElement, element: _Element, styles: _Styles, depth: int) -> None:
    """Put an element's text and children into an HTML element."""
    if depth > _DEEPEST:
        raise RefusedError("is nested too deeply to be read: copy the text to a .txt file")
    _add_text(into, element.text)
    for child in element:
        name = local(child)
        if not name or name in _LEFT_OUT or _is_hidden(child, name, styles):
            pass
        elif name in {"s", "tab"}:
            _add_text(into, " ")
        elif name == "soft-page-break":
            _add_sign(into)
        elif name == "note":
            _add_text(
                into, f" ({' '.join(' '.join(body.itertext()) for body in children(child, 'note-body'))})"
            )
        elif (made := _made(child, name, styles)) is not None:
            into.append(made)
            if attribute(child, "style-name") in styles.breaking:
                _add_sign(made)
            _fill(made, child, styles, depth + 1)
        else:
            _fill(into, child, styles, depth + 1)
        _add_text(into, child.tail)


def _made(element: _Element, name: str, styles: _Styles) -> HtmlElement | None:
    if name == "h":
        level = attribute(element, "outline-level")
        return getattr(builder, f"H{level if level in set('123456') else 2}")()
    if name == "p" and attribute(element, "style-name") in styles.titles:
        return builder.H1()
    made = _NAMES.get(name)
    if made is None:
        return None
    found: HtmlElement = getattr(builder, made.upper())()
    if name == "a":
        found.set("href", attribute(element, "href"))
    return found


def _add_text(into: HtmlElement, text: str | None) -> None:
    if not text:
        return
    text = "".join(char if char in "\t\n" or char >= " " else " " for char in text)
    append_text(into, text.replace(page_marks.SIGN, ""))


def _add_sign(into: HtmlElement) -> None:
    append_text(into, page_marks.SIGN)


def _page_count(package: Package) -> int:
    """The page count in the properties; 0 without one."""
    meta = package.read("meta.xml")
    if not meta:
        return 0
    counts = (attribute(one, "page-count") for one in parsed(meta, _WHAT).iter("{*}document-statistic"))
    return next((found for count in counts if (found := page_marks.page_count(count))), 0)


def _facts(package: Package, name: str) -> dict[str, Fact]:
    meta = package.read("meta.xml")
    root = next(children(parsed(meta, _WHAT), "meta"), None) if meta else None
    if root is None:
        return {"title": NONE, "published": named_day(name)}
    day_made = first(
        made(child_text(root, "creation-date"), "its property creation-date", name),
        made(child_text(root, "date"), "its property date", name),
    )
    return {
        "title": fact(child_text(root, "title"), "its property title"),
        "author": first(
            person(child_text(root, "initial-creator"), "its property initial-creator"),
            person(child_text(root, "creator"), "its property creator"),
        ),
        "published": day_made,
        "lang": fact(child_text(root, "language"), "its property language"),
    }
