"""The visible lines of a saved page with their elements' names, to find bylines, dates and titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from dossierkit.ingest.blocks import BLOCKS
from dossierkit.ingest.clean import one_line

_HIDDEN = frozenset("script style template noscript head select option textarea button svg".split())
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_MOST = 20_000
HEADINGS = ("h1", "h2", "h3")
_FRONT = re.compile(
    r"(?>(?:https?://[^/?#\s]{1,200})?)(?>(?:/|\.{1,2}/)?)(?>(?:(?:index|default)\.(?:s?html?|php|aspx?))?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line.

    `tag`: of the element that holds all or most of it, or of the heading around that. `names`: words of class, id and itemprop
    of that element and its two ancestors. `link`: whether all of it is a link; `front`: whether to the front page of a site.
    """

    text: str
    tag: str
    names: frozenset[str]
    link: bool = False
    front: bool = False


def page_lines(tree: HtmlElement) -> list[PageLine]:
    """The lines in page order, at most 20,000."""
    body = tree.find("body")
    found: list[PageLine] = []
    for line in _lines(body if body is not None else tree):
        found.append(line)
        if len(found) >= _MOST:
            break
    return found


def names_of(element: HtmlElement) -> frozenset[str]:
    """The words of class, id, itemprop and rel, in lower case, `_` as `-`."""
    words = " ".join(element.get(key) or "" for key in ("class", "id", "itemprop", "rel")).lower()[:500]
    return frozenset(_NAME.findall(words.replace("_", "-")))


def _lines(root: HtmlElement) -> Iterator[PageLine]:
    """Walks without recursion, since pages may be nested deeply."""
    parts: list[tuple[str, HtmlElement]] = []
    stack: list[tuple[HtmlElement, bool]] = [(root, False)]
    while stack:
        element, left = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        breaks = tag in BLOCKS or tag == "br"
        if left:
            if breaks:
                yield from _flushed(parts)
            _add(parts, element.tail, element.getparent())
            continue
        if breaks:
            yield from _flushed(parts)
        stack.append((element, True))
        if tag and tag not in _HIDDEN:
            _add(parts, element.text, element)
            stack += [(child, False) for child in reversed(element)]
    yield from _flushed(parts)


def _add(parts: list[tuple[str, HtmlElement]], text: str | None, holder: HtmlElement | None) -> None:
    if text and text.strip() and holder is not None:
        parts.append((text, holder))
    elif text and parts:
        parts.append((" ", parts[-1][1]))


def _flushed(parts: list[tuple[str, HtmlElement]]) -> Iterator[PageLine]:
    text = one_line("".join(part for part, _ in parts))
    if text:
        holder = max(parts, key=lambda one: len(one[0].strip()))[1]
        around = [one for one in (holder, holder.getparent()) if one is not None]
        grand = around[-1].getparent()
        names = frozenset(
            name for one in (*around, *([grand] if grand is not None else [])) for name in names_of(one)
        )
        links = [_link(one) for part, one in parts if part.strip()]
        tag = next((one.tag for one in around if one.tag in HEADINGS), holder.tag)
        link = None not in links
        yield PageLine(text, str(tag), names, link, _is_front(links))
    parts.clear()


def _link(element: HtmlElement) -> HtmlElement | None:
    return next((one for one in (element, element.getparent()) if one is not None and one.tag == "a"), None)


def _is_front(links: Sequence[HtmlElement | None]) -> bool:
    """Whether all of a line is a link to a site's address without a page in it."""
    addresses = ["" if one is None else (one.get("href") or "").strip() for one in links]
    return all(address and _FRONT.fullmatch(address) for address in addresses)
