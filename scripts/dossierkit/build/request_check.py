"""Which requests a server of drafts answers: those of a browser that was sent here by name, for paths of the site.

Any web page can have its reader's browser send requests to this machine. What such a page may read is ruled by the
browser, but for two ways: a host name of its own that it points here (DNS rebinding), and answers that it may embed. So
the Host is checked against the address that is served, Origin (RFC 6454) and Fetch Metadata
(https://www.w3.org/TR/fetch-metadata/) against other sites, and `HEADERS` keeps answers out of their pages.
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
    """A request's headers, empty where it has none: `hosts` are all of its Host headers, the others as their names say."""

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
    """The path from the site's root, without the leading slash; `path`: with its percent signs decoded."""
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
    """Why a request is not answered, None where it is; `bound`: the host that the server listens at."""
    if len(asked.hosts) != 1 or not (found := _HOST.fullmatch(asked.hosts[0].strip())):
        return RequestRefusal(HTTPStatus.BAD_REQUEST, "a request has one Host")
    if not _serves(found[1].strip("[]").lower(), bound.lower()):
        message = "the Host is not the address that is served: open the address that was printed at the start"
        return RequestRefusal(HTTPStatus.MISDIRECTED_REQUEST, message)
    if asked.origin and urlsplit(asked.origin).netloc.lower() != asked.hosts[0].strip().lower():
        return RequestRefusal(HTTPStatus.FORBIDDEN, "another site asks (Origin)")
    if asked.fetch_site not in _OWN and (path.startswith(_CHANGES) or not _opens_a_page(asked)):
        return RequestRefusal(HTTPStatus.FORBIDDEN, "another site asks (Sec-Fetch-Site)")
    return None


def _opens_a_page(asked: RequestHeaders) -> bool:
    """A link that was followed: the page gets a window of its own, which the other site cannot read."""
    return asked.fetch_mode == "navigate" and asked.fetch_dest == "document"


def _serves(name: str, bound: str) -> bool:
    """Whether a server at `bound` goes by `name`. One that listens everywhere goes by any number: those cannot be rebound."""
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
    """A WSGI application (PEP 3333) with the same checks and headers in front."""

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
