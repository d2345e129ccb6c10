"""Addresses of links and pictures in Markdown, found without rendering."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

_LABEL = r"!?\[(?P<label>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
_TITLE = r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?"
_INLINE = re.compile(rf"{_LABEL}\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<bare>[^\s()<>]+)){_TITLE}\s*\)")
_DEFINED = re.compile(r"^ {0,3}\[[^\[\]\n]+\]:[ \t]*<?(?P<bare>[^\s<>]+)", re.MULTILINE)
_HTML = re.compile(r"\b(?:href|src)\s*=\s*(?P<mark>[\"'])(?P<bare>[^\"'\n]+)(?P=mark)", re.IGNORECASE)
_WEB = re.compile(r"\bhttps?://[^\s<>\"]+")


_BARRED = {ord(sign): f"%{ord(sign):02X}" for sign in ' "<>\\^`{|}'}
"""What stands in no address as it is (https://url.spec.whatwg.org/#url-code-points)."""


def escaped(address: str) -> str:
    """The address, with characters that no address has percent-encoded."""
    return address.translate(_BARRED)


def web(address: str) -> str:
    """The address if it is http(s), else ""; source metadata is as untrusted as its text."""
    return escaped(address) if address.startswith(("https://", "http://")) else ""


def licence(rights: str) -> str:
    """The web address in a statement of rights ("CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"); "" without just one."""
    found = _WEB.findall(rights)
    return escaped(found[0].rstrip(".,;)")) if len(found) == 1 else ""


@dataclass(frozen=True, slots=True)
class Address:
    """An address in Markdown: `start` and `end` in code points, half open.

    `whole`: span of the whole link, and `label`: its words, if both are in one place; else None and "".
    """

    start: int
    end: int
    text: str
    whole: tuple[int, int] | None = None
    label: str = ""


def addresses(markdown: str) -> Iterator[Address]:
    """Inline links and pictures, reference definitions and HTML attributes, each kind in the order of the text."""
    for found in _INLINE.finditer(markdown) if "](" in markdown else ():
        group = "angled" if found["angled"] is not None else "bare"
        yield Address(*found.span(group), found[group], found.span(), found["label"])
    for pattern, sign in ((_DEFINED, "]:"), (_HTML, "=")):
        for found in pattern.finditer(markdown) if sign in markdown else ():
            yield Address(*found.span("bare"), found["bare"])


def host(address: str) -> str:
    """The host of an address, in lower case; "" without one."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # brackets without an IPv6 address
        return ""


def target(address: str, page: str) -> str:
    """The path that a relative address on a page leads to, without fragment; "" for any other address."""
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets without an IPv6 address
        return ""
    if parts.scheme or not parts.path or parts.path.startswith("/"):  # behind a host a path begins with `/`
        return ""
    return normpath(join(dirname(page), unquote(parts.path)))


def leading_to(markdown: str, page: str, wanted: Container[str]) -> Iterator[tuple[Address, str]]:
    """The addresses in the Markdown of a page that lead to one of the wanted paths, each with that."""
    found = ((one, target(one.text, page)) for one in addresses(markdown))
    return (pair for pair in found if pair[1] and pair[1] in wanted)
