"""One request to a checked address, bounded in size and time, without redirects."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from typing import Any

from dossierkit.ingest.formats import required
from dossierkit.ingest.web.address import FetchError, RequestTarget

AGENT = "dossierkit"
MOST_BYTES = 64_000_000
MOST_SECONDS = 60.0
_STEP = 65_536
_CONNECT = 15.0
SLOW = "took too long to come: try again later, or save the page in your browser"


@dataclass(frozen=True, slots=True)
class WebResponse:
    """A response. `body`: as sent, compressed if `headers` say so, without chunk framing."""

    target: RequestTarget
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def asked(
    target: RequestTarget,
    most: int = MOST_BYTES,
    seconds: float = MOST_SECONDS,
    through: Any = None,  # noqa: ANN401 - a connection pool of urllib3
) -> WebResponse:
    """The response to a GET. `through`: a connection pool to that machine, for further requests.

    Raises FetchError, also if it is too long or too slow.
    """
    urllib3 = required("urllib3", "web")
    end = time.monotonic() + seconds
    pool = through or connections(target)
    watch = Timer(seconds, _hang_up, [pool])
    watch.daemon = True
    watch.start()
    try:
        response = pool.urlopen(
            "GET",
            target.path,
            headers=request_headers(target),
            redirect=False,
            retries=False,
            preload_content=False,
            decode_content=False,
            # The limit for connecting is that of the handshake of TLS once more, whatever its single waits.
            timeout=urllib3.Timeout(connect=min(seconds / 2, _CONNECT), read=min(seconds, 30.0)),
        )
        try:
            body = _body(response, most, end)
        finally:
            response.close()  # an unread body still holds its connection, unknown to the pool
    except (urllib3.exceptions.HTTPError, OSError) as error:
        if time.monotonic() > end:
            raise FetchError(SLOW) from None
        raise FetchError(
            f"cannot be fetched ({type(error).__name__}): try again later, or save the page in your browser"
        ) from None
    finally:
        watch.cancel()
        if through is None:
            pool.close()
    headers = tuple((str(name), str(value)) for name, value in response.headers.items())
    return WebResponse(target, int(response.status), str(response.reason or ""), headers, body)


def request_headers(target: RequestTarget) -> dict[str, str]:
    """Request headers: they identify the program, not a person."""
    return {
        "Host": target.netloc,
        "User-Agent": AGENT,
        "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip",
    }


def connections(target: RequestTarget) -> Any:  # noqa: ANN401 - a connection pool of urllib3
    """A pool of one connection to a target. The caller closes it."""
    pool = _pool(target)
    pool.ConnectionCls = _known(pool.ConnectionCls)
    return pool


def _known(connection: Any) -> Any:  # noqa: ANN401 - a class of urllib3
    """A class of connections whose `current` is the socket of the latest: a pool does not say which one it uses."""

    class KnownConnection(connection):  # type: ignore[misc]  # urllib3 is optional
        current: socket.socket | None = None

        def connect(self) -> None:
            super().connect()
            type(self).current = self.sock

    return KnownConnection


def _hang_up(pool: Any) -> None:  # noqa: ANN401 - a connection pool of urllib3
    """End what waits for an answer: limits of a socket are for each byte, and a host can send one now and then."""
    if current := pool.ConnectionCls.current:
        with suppress(OSError):
            socket.socket.shutdown(current, socket.SHUT_RDWR)


def _pool(target: RequestTarget) -> Any:  # noqa: ANN401 - a connection pool of urllib3
    urllib3 = required("urllib3", "web")
    if target.scheme == "http":
        return urllib3.HTTPConnectionPool(target.at, target.port, maxsize=1)
    certifi = required("certifi", "web")
    return urllib3.HTTPSConnectionPool(
        target.at,
        target.port,
        maxsize=1,
        cert_reqs="CERT_REQUIRED",
        ca_certs=certifi.where(),
        server_hostname=target.host,
        assert_hostname=target.host,
    )


def _body(response: Any, most: int, end: float) -> bytes:  # noqa: ANN401 - a response of urllib3
    parts: list[bytes] = []
    size = 0
    for part in response.stream(_STEP, decode_content=False):
        parts.append(part)
        size += len(part)
        if size > most:
            raise FetchError(f"is longer than {most:,} bytes: save the page without its pictures")
        if time.monotonic() > end:
            raise FetchError(SLOW)
    if time.monotonic() > end:  # without a length, an answer that was cut looks whole
        raise FetchError(SLOW)
    return b"".join(parts)
