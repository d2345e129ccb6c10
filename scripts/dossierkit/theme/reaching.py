"""What HTML of the content would send to another host although the policy is strict.

A policy rules what a page loads, and not where it leads: `refresh` is followed, `preconnect` and `dns-prefetch` are no
loading (https://www.w3.org/TR/CSP3/), and Chromium connects to the host of a frame or form before it asks the policy.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from dossierkit.theme.inline import HtmlTag

ADVICE = "link to the other page instead, or allow its host in `extra: dossier: csp:`"
_DIRECTIVES = {
    **dict.fromkeys(("iframe", "frame", "fencedframe", "portal"), ("src", "frame-src")),
    "embed": ("src", "object-src"),
    "object": ("data", "object-src"),
    "form": ("action", "form-action"),
    "button": ("formaction", "form-action"),
    "input": ("formaction", "form-action"),
}
"""By element: the attribute with its address, and the directive with which a site can allow a host."""
_AHEAD = frozenset({"dns-prefetch", "preconnect", "prefetch", "prerender"})
_ELSEWHERE = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//+(?P<host>[^/?#]*)|(?P<scheme>https?|wss?|ftp):", re.IGNORECASE
)


def sends(tag: HtmlTag, policy: str) -> str:
    """What the tag would reach, in words; empty where that is nothing. `policy`: the page's, empty for none."""
    if tag.name == "meta":
        moves = (tag.get("http-equiv") or "").strip().lower() == "refresh"
        return "a `refresh`, which sends readers to another page" if moves else ""
    if tag.name == "link":
        ahead = _AHEAD.intersection((tag.get("rel") or "").lower().split())
        return f"a link `{min(ahead)}`, which connects to a host before readers do" if ahead else ""
    attribute, directive = _DIRECTIVES.get(tag.name, ("", ""))
    if policy and blocked(tag.get(attribute) or "", directive, policy):
        return f"`<{tag.name}>` with an address of another host"
    return ""


def blocked(value: str, directive: str, policy: str) -> bool:
    """Whether an address names another host, which the policy does not allow for this directive."""
    address = _elsewhere(value)
    return bool(address) and not _allowed(address, directive, policy)


def _elsewhere(value: str) -> str:
    """The address as browsers read it, where it names a host; else empty."""
    address = re.sub(r"[\t\n\r]", "", value).strip("".join(map(chr, range(33)))).replace("\\", "/")
    return address if _ELSEWHERE.match(address) else ""


def _allowed(address: str, directive: str, policy: str) -> bool:
    sources = {name: words for name, *words in (part.split() for part in policy.split(";") if part.split())}
    wanted = sources.get(
        directive,
        sources.get("child-src" if directive == "frame-src" else "", sources.get("default-src", [])),
    )
    return any(_matches(address, source) for source in wanted)


def _matches(address: str, source: str) -> bool:
    """Whether a source of a policy may allow the address, by scheme and host; ports and paths are left to the browser."""
    if source.endswith(":"):
        return address.lower().startswith(source.lower())
    try:
        host = urlsplit(source if "//" in source else f"//{source}").hostname or ""
        return fnmatchcase((urlsplit(address).hostname or "").lower(), host.lower())
    except ValueError:
        return False
