"""Exports of WordPress (WXR): RSS with elements of its own. One source for each published item; all else is left out, and told of.

A part has what its item and the site say. Comments, e-mail addresses, and all other items and people stay out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element

from dossierkit.ingest.days import day
from dossierkit.ingest.facts import fact, first, person, source_of
from dossierkit.ingest.html.fragment import markup_blocks
from dossierkit.ingest.template_tags import without_shortcodes
from dossierkit.ingest.xml_tree import attribute, child_text, children, local
from dossierkit.model.source import Fact, Part, Source
from dossierkit.text.data import load

_OF_THE_SITE = frozenset({"title", "link", "language", "wxr_version"})
_OF_THE_ITEM = frozenset(
    "title link pubDate creator guid encoded post_id post_date post_name status post_type category".split()
)
_BLOCKS = re.compile(r"<(?:p|div|table|!-- wp:)[\s>]|<!-- wp:", re.IGNORECASE)
_EMPTY_LINE = re.compile(r"\n[ \t]*+\n\s*+")
_TAGS = frozenset({"category", "post_tag"})


def is_export(root: _Element) -> bool:
    """Whether a feed is an export of WordPress."""
    return any(child_text(channel, "wxr_version") for channel in children(root, "channel"))


def parts(root: _Element) -> Iterator[Part]:
    """The items of an export, in order; those without readers have `left_out`."""
    channel = next(children(root, "channel"))
    site = [child for child in channel if local(child) in _OF_THE_SITE]
    names = {child_text(one, "author_login"): one for one in children(channel, "author")}
    for number, item in enumerate(children(channel, "item"), 1):
        title = child_text(item, "title")
        label, why = f"item {number}" + (f" ({title[:60]})" if title else ""), _left_out(item)
        if why:
            yield Part(f"item-{number}.xml", b"", label, left_out=why)
        else:
            data = _alone(root, site, names.get(child_text(item, "creator")), item)
            yield Part(
                f"{title[:80] or f'item-{number}'}.xml", data, f"item {number}", child_text(item, "guid")
            )


def read_item(root: _Element) -> Source:
    """The only item of a part. Raises RefusedError."""
    channel = next(children(root, "channel"))
    item = next(children(channel, "item"))
    html, notes = without_shortcodes(_content(item))
    return source_of(markup_blocks(_paragraphs(html)), _facts(channel, item), notes, _tags(item))


def _left_out(item: _Element) -> str:
    """Why an item is no article that readers saw; "" if it is one."""
    kind, status = child_text(item, "post_type"), child_text(item, "status")
    if kind in load("othersystems")["wordpress"]:
        return "no text for readers (pictures, menus, earlier versions)"
    if status not in {"publish", ""}:
        return f"not published there (`{status[:20]}`)"
    if child_text(item, "post_password"):
        return "behind a password there"
    return "" if _content(item).strip() else "without text"


def _alone(root: _Element, site: list[_Element], author: _Element | None, item: _Element) -> bytes:
    """An item with what concerns it of the export."""
    feed = etree.Element(root.tag, dict(root.attrib), nsmap=root.nsmap)
    channel = etree.SubElement(feed, "channel")
    channel.extend(map(deepcopy, site))
    if author is not None:
        shown = etree.SubElement(channel, author.tag)
        shown.extend(deepcopy(one) for one in children(author, "author_login", "author_display_name"))
    own = etree.SubElement(channel, item.tag)
    own.extend(deepcopy(one) for one in item if local(one) in _OF_THE_ITEM)
    data: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return data + b"\n"


def _content(item: _Element) -> str:
    """The content; an excerpt has the same name in another namespace."""
    found = (one for one in children(item, "encoded") if "excerpt" not in etree.QName(one).namespace)
    return next((one.text or "" for one in found), "")


def _paragraphs(html: str) -> str:
    """With the paragraphs that WordPress makes of empty lines when it shows a text from its older editor."""
    if _BLOCKS.search(html):
        return html
    blocks = _EMPTY_LINE.split(html.replace("\r\n", "\n").strip())
    return "".join(f"<p>{block}</p>" for block in blocks)


def _facts(channel: _Element, item: _Element) -> dict[str, Fact]:
    link, login = child_text(item, "link"), child_text(item, "creator")
    shown = {
        child_text(one, "author_login"): child_text(one, "author_display_name")
        for one in children(channel, "author")
    }
    return {
        "title": fact(child_text(item, "title"), "its title"),
        "published": first(
            fact(day(child_text(item, "post_date")), "its wp:post_date"),
            fact(day(child_text(item, "pubDate")), "its pubDate"),
        ),
        "author": first(
            person(shown.get(login, ""), "its author's wp:author_display_name"),
            person(login, "its dc:creator"),
        ),
        "publisher": fact(child_text(channel, "title"), "the site's title"),
        "url": fact(link if link.startswith(("http://", "https://")) else "", "its link"),
        "lang": first(
            *(fact(attribute(one, "nicename"), "its language") for one in _of_domain(item, {"language"})),
            fact(child_text(channel, "language"), "the site's language"),
        ),
        "identifier": fact(child_text(item, "guid"), "its guid"),
    }


def _tags(item: _Element) -> list[str]:
    chosen = [
        one
        for one in _of_domain(item, _TAGS)
        if attribute(one, "nicename") not in load("othersystems")["no_category"]
    ]
    return list(dict.fromkeys(tag for one in chosen if (tag := " ".join((one.text or "").split()))))


def _of_domain(item: _Element, domains: frozenset[str] | set[str]) -> Iterator[_Element]:
    return (one for one in children(item, "category") if attribute(one, "domain") in domains)
