"""Decides which requests a server of drafts answers: those for paths of the site, sent to the address that it serves.

Any web page can make its reader's browser send requests to this machine. Browsers do not let the page read the responses, with
two exceptions: a host name of its own that resolves to this machine (DNS rebinding), and responses that it embeds. Therefore
the Host is compared with the address that is served, requests from other sites are refused by Origin (RFC 6454) and Fetch
Metadata (https://www.w3.org/TR/fetch-metadata/), and `HEADERS` forbids embedding.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any
from unicodedata import category
from urllib.parse import urlsplit

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "frame-ancestors 'none'",  # beside the policy that each page states itself
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
REACHABLE = "drafts can be read by every machine that reaches %s: to keep them here, serve 127.0.0.1"
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[\w.-]+?)\.?(?::\d{1,5})?", re.ASCII | re.IGNORECASE)
_LONGEST_PATH, _LONGEST_NAME = 4096, 255  # bytes; the second is what file systems allow
_OWN = {"", "none", "same-origin"}
_CHANGES = "_preview/changes", "livereload/"


@dataclass(frozen=True, slots=True)
class RequestRefusal:
    status: HTTPStatus
    reason: str


@dataclass(frozen=True, slots=True)
class RequestHeaders:
    """The headers of a request, empty if missing. `hosts`: all of its Host headers."""

    hosts: tuple[str, ...]
    origin: str = ""
    fetch_site: str = ""
    fetch_mode: str = ""
    fetch_dest: str = ""


def local(host: str) -> bool:
    """Whether only this machine can reach a server that listens at `host`."""
    found = _ip(host)
    return host == "localhost" if found is None else found.is_loopback


def site_path(path: bytes) -> str | RequestRefusal:
    """The path below the site's root, without the leading slash, or why it is refused. `path`: decoded from percent-encoding."""
    try:
        text = path.decode("utf-8")
    except UnicodeDecodeError:
        return RequestRefusal(HTTPStatus.BAD_REQUEST, "the path is not UTF-8")
    if not text.startswith("/") or "\\" in text or any(category(char) == "Cc" for char in text):
        return RequestRefusal(
            HTTPStatus.BAD_REQUEST, "the path does not begin with /, or has characters no path has"
        )
    if len(path) > _LONGEST_PATH:
        return RequestRefusal(
            HTTPStatus.REQUEST_URI_TOO_LONG, f"the path is longer than {_LONGEST_PATH} bytes"
        )
    names = text.lstrip("/").split("/")
    if {".", ".."}.intersection(names) or any(len(name.encode()) > _LONGEST_NAME for name in names):
        return RequestRefusal(HTTPStatus.NOT_FOUND, "nothing has this path")
    return "/".join(names)


def refusal(asked: RequestHeaders, path: str, bound: str) -> RequestRefusal | None:
    """Why a request is refused; None if it is answered. `bound`: the host at which the server listens."""
    if len(asked.hosts) != 1 or not (found := _HOST.fullmatch(asked.hosts[0].strip())):
        return RequestRefusal(HTTPStatus.BAD_REQUEST, "a request has one Host")
    if not _serves(found[1].strip("[]").lower(), bound.lower()):
        message = "the Host is not the address that is served: open the address that was printed at the start"
        return RequestRefusal(HTTPStatus.MISDIRECTED_REQUEST, message)
    if asked.origin and _place(asked.origin) != asked.hosts[0].strip().lower():
        return RequestRefusal(HTTPStatus.FORBIDDEN, "another site asks (Origin)")
    if asked.fetch_site not in _OWN and (path.startswith(_CHANGES) or not _opens_a_page(asked)):
        return RequestRefusal(HTTPStatus.FORBIDDEN, "another site asks (Sec-Fetch-Site)")
    return None


def _place(origin: str) -> str:
    """Host and port of an origin; empty for what is none."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _opens_a_page(asked: RequestHeaders) -> bool:
    """Whether a link was followed: the page is opened in a window that the other site cannot read."""
    return asked.fetch_mode == "navigate" and asked.fetch_dest == "document"


def _serves(name: str, bound: str) -> bool:
    """Whether `name` is a host of the server at `bound`. If it listens everywhere, any IP address is: those cannot be rebound."""
    if local(bound):
        return local(name)
    found, everywhere = _ip(bound), bound == "" or (_ip(bound) or ip_address("::1")).is_unspecified
    if not everywhere:
        return name == bound or (found is not None and _ip(name) == found)
    return local(name) or _ip(name) is not None or name == socket.gethostname().lower()


def _ip(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]


def checked(application: Application, bound: str) -> Application:
    """Wrap a WSGI application (PEP 3333) with these checks and headers."""

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        def begin(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            return start(status, [*headers, *HEADERS.items()], *rest)

        if refused := _refused(environ, bound):
            text = f"{refused.reason}\n".encode()
            kind = ("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(text)))
            begin(f"{refused.status.value} {refused.status.phrase}", [*kind])
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [text]
        return _without_body(application(environ, begin), environ["REQUEST_METHOD"])

    return answer


def _refused(environ: Mapping[str, Any], bound: str) -> RequestRefusal | None:
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return RequestRefusal(HTTPStatus.METHOD_NOT_ALLOWED, "only GET and HEAD are answered")
    path = site_path(environ["PATH_INFO"].encode("latin-1"))
    if isinstance(path, RequestRefusal):
        return path
    names = "ORIGIN", "SEC_FETCH_SITE", "SEC_FETCH_MODE", "SEC_FETCH_DEST"
    hosts = tuple(filter(None, environ.get("HTTP_HOST", "").split(",")))
    return refusal(RequestHeaders(hosts, *(environ.get(f"HTTP_{name}", "") for name in names)), path, bound)


def _without_body(body: Iterable[bytes], method: str) -> Iterable[bytes]:
    if method != "HEAD":
        return body
    if close := getattr(body, "close", None):
        close()
    return []
