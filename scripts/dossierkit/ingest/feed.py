"""RSS (0.9x, 1.0, 2.0) and Atom: one source for each item, with metadata of item and feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element

from dossierkit.ingest import wordpress
from dossierkit.ingest.blocks import words
from dossierkit.ingest.days import day
from dossierkit.ingest.facts import fact, first, source_of
from dossierkit.ingest.formats import Given, Opened
from dossierkit.ingest.html.fragment import blocks_of, tree
from dossierkit.ingest.refusal import RefusedError
from dossierkit.ingest.xml_tree import attribute, child_text, children, local, parsed
from dossierkit.model.source import Fact, Part, Source

_WHAT = "feed (RSS or Atom)"
_ROOTS = frozenset({"rss", "RDF", "feed"})
_ITEMS = ("item", "entry")
_CONTENTS = ("encoded", "content", "description", "summary")
_MARKUP = re.compile(r"</[a-z]{1,10}>|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_LONG = 400  # characters; summaries are shorter


def read(given: Given) -> Source:
    """The only item of a feed. Raises RefusedError, also for several items, which must be split first."""
    root = _root(given.data)
    items = _items(root)
    if len(items) == 1 and wordpress.is_export(root):
        return wordpress.read_item(root)
    if len(items) != 1:
        raise RefusedError(f"is a feed of {len(items)} items: add the feed, and each becomes a source")
    item = items[0]
    blocks, notes = _content(item)
    tags = [
        tag
        for child in children(item, "category")
        if (tag := attribute(child, "term") or " ".join((child.text or "").split()))
    ]
    return source_of(blocks, _facts(root, item), notes, tags)


def split(opened: Opened) -> Iterator[Part]:
    """Each item with the feed's own elements around it, in order. Raises RefusedError."""
    root = _root(opened.stream.read())
    items = _items(root)
    if not items:
        raise RefusedError("is a feed without items: there is nothing to add")
    if wordpress.is_export(root):
        yield from wordpress.parts(root)
        return
    parents = [item.getparent() for item in items]
    for item, parent in zip(items, parents, strict=True):
        if parent is not None:
            item.tail = None
            parent.remove(item)
    for number, (item, parent) in enumerate(zip(items, parents, strict=True), 1):
        if parent is not None:
            parent.append(deepcopy(item))
            data = etree.tostring(root, xml_declaration=True, encoding="utf-8") + b"\n"
            parent.remove(parent[-1])
            name = child_text(item, "title")[:80] or f"item-{number}"
            yield Part(f"{name}.xml", data, f"item {number}", _identifier(item).value)


def _root(data: bytes) -> _Element:
    root = parsed(data, _WHAT, recover=True)
    if local(root) not in _ROOTS:
        raise RefusedError(
            f"is XML (`{local(root)[:40]}`), but no feed: of XML only RSS and Atom are read; save its text as .txt"
        )
    return root


def _items(root: _Element) -> list[_Element]:
    """Find the items: RSS 1.0 has them beside the channel, RSS 2.0 inside it, Atom in the root."""
    holders = [root, *children(root, "channel")]
    return [item for holder in holders for item in children(holder, *_ITEMS)]


def _content(item: _Element) -> tuple[list[str], tuple[str, ...]]:
    for name in _CONTENTS:
        for element in children(item, name):
            root = tree(_markup(element))
            blocks = blocks_of(root) if root is not None else []
            if blocks:
                short = name in {"description", "summary"} and sum(map(len, blocks)) < _LONG
                note = (
                    "the feed holds a summary, perhaps not the whole text: to have that, add the page at its address",
                )
                return blocks, note if short else ()
    return [], ()


def _markup(element: _Element) -> str:
    """HTML from escaped text or elements (Atom's type xhtml); plain text becomes equivalent markup."""
    if len(element):
        inner = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
        return f"{element.text or ''}{inner}"
    text = element.text or ""
    if attribute(element, "type") == "text":
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n\n", "<p>")
    return text


def _identifier(item: _Element) -> Fact:
    return first(
        fact(child_text(item, "guid"), "its guid"),
        fact(child_text(item, "id"), "its id"),
        fact(attribute(item, "about"), "its rdf:about"),
        fact(_link(item), "its link"),
    )


def _link(item: _Element) -> str:
    atom = [
        child
        for child in children(item, "link")
        if attribute(child, "href") and attribute(child, "rel") in {"", "alternate"}
    ]
    link = attribute(atom[0], "href") if atom else child_text(item, "link")
    guid = next(
        (child for child in children(item, "guid") if attribute(child, "isPermaLink") != "false"), None
    )
    return (link or (guid.text if guid is not None else "") or "").strip()


def _title(item: _Element) -> str:
    """The title; where it is escaped HTML, the words of that. Few feeds say which it is."""
    text = child_text(item, "title")
    root = tree(text) if _MARKUP.search(text) else None
    if root is None:
        return text
    etree.strip_elements(root, "script", "style", with_tail=False)
    return words(root) or text


def _facts(root: _Element, item: _Element) -> dict[str, Fact]:
    channel = next(children(root, "channel"), root)
    link = _link(item)
    return {
        "title": fact(_title(item), "its title"),
        "published": first(
            *(
                fact(day(child_text(item, name)), f"its {name}")
                for name in ("pubDate", "published", "date", "issued")
            )
        ),
        "author": first(fact(_authors(item), "its author"), fact(_authors(channel), "the feed's author")),
        "publisher": first(
            fact(child_text(item, "publisher"), "its publisher"),
            fact(child_text(channel, "title"), "the feed's title"),
        ),
        "url": fact(link if link.startswith(("http://", "https://")) else "", "its link"),
        "lang": first(
            fact(attribute(item, "lang"), "its xml:lang"),
            fact(
                child_text(channel, "language") or attribute(channel, "lang") or attribute(root, "lang"),
                "the feed's language",
            ),
        ),
        "rights": first(
            fact(child_text(item, "rights"), "its rights"),
            fact(child_text(channel, "copyright", "rights"), "the feed's rights"),
        ),
        "identifier": _identifier(item),
    }


def _authors(holder: _Element) -> str:
    names = [
        child_text(child, "name") or " ".join((child.text or "").split())
        for child in children(holder, "creator", "author")
    ]
    return ", ".join(dict.fromkeys(name for name in names if name))
