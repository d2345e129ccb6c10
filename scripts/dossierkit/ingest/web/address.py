"""Restrict requests to public addresses, whatever a name or redirect resolves to."""

from __future__ import annotations

import ipaddress
import queue
import socket
from dataclasses import dataclass
from threading import Thread
from urllib.parse import urljoin, urlsplit

_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LONGEST = 4_000
MOST_SECONDS = 20.0
"""For the machines of a name; the system's resolver may ask several servers several times, for minutes."""


class FetchError(Exception):
    """A page cannot be fetched. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class RequestTarget:
    """A parsed address. `path` includes the query; `at`: the checked IP address to connect to."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    at: str

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.netloc}"

    @property
    def netloc(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def target(
    url: str, allowed: frozenset[str] = frozenset(), base: str = "", seconds: float = MOST_SECONDS
) -> RequestTarget:
    """Resolve an address, in at most `seconds`. `allowed`: IP addresses permitted although they are not public, for tests.

    The name is resolved only here, and the request uses the result, so later changes of the name have no effect. Raises
    FetchError.
    """
    full = urljoin(base, url.strip()) if base else url.strip()
    try:
        parts = urlsplit(full)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
    except (ValueError, UnicodeError):
        raise FetchError("is not a web address: check it") from None
    if parts.scheme not in _PORTS or not host or len(full) > _LONGEST:
        raise FetchError("is not a web address: it must begin with http:// or https:// and name a host")
    if parts.username is not None:
        raise FetchError(
            "contains a user name or password, which would be written into the repository: save the page in your browser"
        )
    port = port or _PORTS[parts.scheme]
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    safe = "".join(char if "!" <= char <= "~" else _escaped(char) for char in path)
    return RequestTarget(
        full.split("#")[0], parts.scheme, host, port, safe, _public(host, port, allowed, seconds)
    )


def _escaped(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))


def _public(host: str, port: int, allowed: frozenset[str], seconds: float) -> str:
    """The IP address of a name; if any of its addresses is not public, none is used. Raises FetchError."""
    machines = _machines(host, port, seconds)
    closed = [address for address in machines if address not in allowed and not is_public(address)]
    if closed or not machines:
        raise FetchError(
            f"its host {host} is not a public machine ({', '.join(closed[:3])}): only pages of the public web are fetched"
        )
    return machines[0]


def _machines(host: str, port: int, seconds: float) -> list[str]:
    """The IP addresses of a name, in the resolver's order. Raises FetchError.

    In a thread, because nothing ends a resolver that waits; the process does not wait for it.
    """
    answers: queue.SimpleQueue[list[str] | None] = queue.SimpleQueue()
    Thread(target=lambda: answers.put(_resolved(host, port)), daemon=True).start()
    try:
        machines = answers.get(timeout=max(seconds, 0.0))
    except queue.Empty:
        raise FetchError(
            f"nobody said in time which machine its host {host} is: try again later, or save the page in your browser"
        ) from None
    if machines is None:
        raise FetchError(f"its host {host} is not known: check the address, and that you are connected")
    return machines


def _resolved(host: str, port: int) -> list[str] | None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return None
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: str) -> bool:
    """Whether an IP address is public; addresses embedded in IPv6 are checked too."""
    try:
        found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        wrapped = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64:
            wrapped = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    return found.is_global and not (found.is_multicast or found.is_reserved)
