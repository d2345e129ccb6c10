"""Fetch files of one site that a person names, or post a small message to one address; only that site is contacted, and its responses
lead nowhere else.

robots.txt is not read, because nothing is crawled: only the files that the person names are read.
"""

from __future__ import annotations

import socket
import time
import zlib
from typing import Any, Self
from urllib.parse import quote, urlsplit

from dossierkit.ingest.formats import required
from dossierkit.ingest.web.address import FetchError, RequestTarget, target
from dossierkit.ingest.web.request import AGENT, WebResponse, asked, connections

_PAUSE = 0.01
_LONGEST_PAUSE = 30.0
_TRIES = 3
_LATER = frozenset({429, 503})
_MOST = 512_000_000
_MOST_ANSWERED = 1_000_000
_SECONDS = 30.0


class MissingError(FetchError):
    """The site has no such file."""


class OneSite:
    """A site at an address. Unlike sources it may be on any machine, because a person chose it, not a page or list."""

    def __init__(self, url: str) -> None:
        """Raises FetchError if it is not a web address."""
        whole = url if url.endswith("/") else f"{url}/"
        self._base: RequestTarget = target(whole, machines(whole))
        self._connections: Any = connections(self._base)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._connections.close()

    def read(self, path: str) -> bytes:
        """The response for a file of the site, by path from its root. Raises FetchError, MissingError.

        A page is requested at its folder's address, as readers do; some hosts serve it only there.
        """
        address = path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path
        answer = self._asked(quote(address))
        if answer.status == 404 and path == "404.html":
            return _plain(answer)  # the error page, if it is served with that status
        if answer.status in {404, 410}:
            raise MissingError("is not there")
        if answer.status != 200:
            raise FetchError(f"was answered with {answer.status} {answer.reason}".rstrip())
        return _plain(answer)

    def _asked(self, address: str) -> WebResponse:
        base = self._base
        at = RequestTarget(
            f"{base.url}{address}", base.scheme, base.host, base.port, base.path + address, base.at
        )
        answer = asked(at, _MOST, through=self._connections)
        for _ in range(_TRIES):
            if answer.status not in _LATER:
                break
            time.sleep(_wished(answer))
            answer = asked(at, _MOST, through=self._connections)
        time.sleep(_PAUSE)
        return answer


def machines(url: str) -> frozenset[str]:
    """The IP addresses of the name; none if it does not resolve, which `target` reports."""
    try:
        parts = urlsplit(url)
        found = (
            socket.getaddrinfo(parts.hostname, parts.port, type=socket.SOCK_STREAM) if parts.hostname else []
        )
    except (OSError, ValueError):
        return frozenset()
    return frozenset(str(one[4][0]) for one in found)


def _wished(answer: WebResponse) -> float:
    """Seconds that an overloaded host asks to wait."""
    header = answer.header("Retry-After")
    return min(float(header), _LONGEST_PAUSE) if header.isascii() and header.isdigit() else 1.0


def _plain(answer: WebResponse) -> bytes:
    """The decompressed body. Raises FetchError if it does not match its headers, or for a compression that was not requested."""
    encoding = answer.header("Content-Encoding").lower()
    if encoding in {"", "identity"}:
        return answer.body
    if encoding not in {"gzip", "x-gzip"}:
        raise FetchError(f"came compressed as {encoding[:20]}, which was not asked for")
    try:
        return _unpacked(answer.body)
    except zlib.error:
        raise FetchError("came damaged: it cannot be unpacked") from None


def _unpacked(body: bytes) -> bytes:
    unpacking = zlib.decompressobj(31)
    data = unpacking.decompress(body, _MOST)
    if not unpacking.eof:
        raise FetchError(f"is cut off, or longer than {_MOST:,} bytes")
    return data


def posted(url: str, body: bytes, kind: str, wanted: str) -> bytes:
    """Post a message. `kind`, `wanted`: media types of message and response. Raises FetchError."""
    at = target(url, machines(url))
    pool = connections(at)
    try:
        return _answer(pool, at, body, {"Content-Type": kind, "Accept": wanted})
    finally:
        pool.close()


def _answer(pool: object, at: RequestTarget, body: bytes, headers: dict[str, str]) -> bytes:
    urllib3 = required("urllib3", "web")
    try:
        response = pool.urlopen(  # type: ignore[attr-defined]  # of urllib3, which is an extra
            "POST",
            at.path,
            body=body,
            headers={"Host": at.netloc, "User-Agent": AGENT, **headers},
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=urllib3.Timeout(connect=_SECONDS, read=_SECONDS),
        )
        try:
            data: bytes = response.read(_MOST_ANSWERED + 1)
        finally:
            response.close()
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise FetchError(f"does not answer ({type(error).__name__}): try again later") from None
    if response.status != 200:
        raise FetchError(f"answered with {response.status} {response.reason or ''}".rstrip())
    if len(data) > _MOST_ANSWERED:
        raise FetchError(f"answered with more than {_MOST_ANSWERED:,} bytes")
    return data
