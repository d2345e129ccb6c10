"""Fetch pages one by one, respecting hosts: robots.txt (RFC 9309), a pause, few redirects."""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass, field
from typing import Any

from dossierkit.ingest.formats import required
from dossierkit.ingest.web.address import MOST_SECONDS as RESOLVE_SECONDS
from dossierkit.ingest.web.address import FetchError, RequestTarget, target
from dossierkit.ingest.web.request import AGENT, MOST_BYTES, MOST_SECONDS, SLOW, WebResponse, asked

_PAUSE = 1.0
_LONGEST_PAUSE = 30.0
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_ROBOTS = 500_000
_ROBOTS_SECONDS = 20.0
_ALL_SECONDS = 180.0
_CLOSED = "forbids programs to fetch it (robots.txt): save the page in your browser, and add that file"


@dataclass(slots=True)
class Fetcher:
    """Fetches pages.

    `pause`: seconds between requests to one host, unless it asks for more. `allowed`: IP addresses permitted although
    they are not public; for tests only, no option or setting leads here. `seconds`: for all requests of one fetch together,
    without pauses.
    """

    pause: float = _PAUSE
    allowed: frozenset[str] = frozenset()
    seconds: float = _ALL_SECONDS
    _rules: dict[str, Any] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    _left: float = _ALL_SECONDS

    def fetched(self, url: str) -> tuple[WebResponse, ...]:
        """The responses on the way to a page, the page last. Raises FetchError."""
        answers: list[WebResponse] = []
        base = ""
        self._left = self.seconds
        while len(answers) <= _MOST_REDIRECTS:
            at = self._target(url, base)
            if not self._allows(at):
                raise FetchError(_CLOSED)
            answer = self._page(at)
            answers.append(answer)
            url, base = answer.header("Location"), at.url
            if answer.status not in _REDIRECTS or not url:
                return tuple(answers) if answer.status == 200 else _refused(answer)
        raise FetchError(f"leads on more than {_MOST_REDIRECTS} times: check the address")

    def _target(self, url: str, base: str) -> RequestTarget:
        begun = time.monotonic()
        try:
            return target(url, self.allowed, base, min(RESOLVE_SECONDS, self._left))
        finally:
            self._left -= time.monotonic() - begun

    def _page(self, at: RequestTarget) -> WebResponse:
        self._wait(at)
        try:
            return self._asked(at, MOST_BYTES, MOST_SECONDS)
        finally:
            self._last[at.origin] = time.monotonic()

    def _asked(self, at: RequestTarget, most: int, seconds: float) -> WebResponse:
        if self._left <= 0:
            raise FetchError(SLOW)
        begun = time.monotonic()
        try:
            return asked(at, most, min(seconds, self._left))
        finally:
            self._left -= time.monotonic() - begun

    def _wait(self, at: RequestTarget) -> None:
        wished = self._rules[at.origin].crawl_delay(AGENT) if self._rules.get(at.origin) else None
        pause = min(max(self.pause, float(wished or 0)), _LONGEST_PAUSE)
        time.sleep(max(0.0, self._last.get(at.origin, -pause) + pause - time.monotonic()))

    def _allows(self, at: RequestTarget) -> bool:
        if at.origin not in self._rules:
            self._rules[at.origin] = self._robots(at)
        rules = self._rules[at.origin]
        return rules is None or bool(rules.can_fetch(at.url, AGENT))

    def _robots(self, at: RequestTarget) -> Any:  # noqa: ANN401 - rules of protego
        """The rules of a host; None if it has none. If it fails, it is not contacted further (RFC 9309, 2.3.1.4)."""
        protego = required("protego", "web").Protego
        url, base = f"{at.origin}/robots.txt", ""
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._asked(self._target(url, base), _MOST_ROBOTS, _ROBOTS_SECONDS)
            if answer.status in _REDIRECTS and answer.header("Location"):
                url, base = answer.header("Location"), answer.target.url
            elif answer.status == 200:
                return protego.parse(_text(answer))
            elif answer.status >= 500:
                raise FetchError(
                    f"its host does not say whether programs may fetch it ({answer.status} for robots.txt): try again later"
                )
            else:
                return None
        return None


def _text(answer: WebResponse) -> str:
    body = answer.body
    if answer.header("Content-Encoding").lower() == "gzip":
        try:
            body = zlib.decompressobj(31).decompress(body, _MOST_ROBOTS)
        except zlib.error:
            body = b""
    return body.decode("utf-8", "replace")


def _refused(answer: WebResponse) -> tuple[WebResponse, ...]:
    raise FetchError(
        f"was answered with {answer.status} {answer.reason}: check the address, or save the page in your browser"
    )
