"""One request to an OpenAI-compatible endpoint (`POST /chat/completions`), with the standard library."""

from __future__ import annotations

import ipaddress
import json
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, NoReturn
from urllib.parse import urlsplit

_MOST_BYTES = 8 * 2**20
_MOST_SAID = 300
_ROOM = {"type": "object", "properties": {"items": {"type": "array"}}, "required": ["items"]}
Message = Mapping[str, str]


class EndpointError(Exception):
    """The endpoint cannot be reached, or its answer cannot be read."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`url`: up to `/v1`, without a trailing slash. `key`: sent as a bearer token if not empty; `timeout`: seconds."""

    url: str
    model: str
    key: str = ""
    timeout: float = 300.0

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def here(self) -> bool:
        """Whether nothing that is sent leaves this machine."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def body(self, messages: Sequence[Message]) -> dict[str, Any]:
        """The request's body: temperature 0 and a fixed seed give the same answer to the same question, if the model allows
        it.
        """
        form = {"type": "json_schema", "json_schema": {"name": "proposals", "schema": _ROOM}}
        return {
            "model": self.model,
            "messages": list(messages),
            "temperature": 0,
            "seed": 0,
            "response_format": form,
        }

    def ask(self, messages: Sequence[Message]) -> str:
        """The model's answer. Raises EndpointError."""
        data = json.dumps(self.body(messages)).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(f"{self.url}/chat/completions", data, headers)  # noqa: S310 -- checked in `checked`
        try:
            with _OPENER.open(request, timeout=self.timeout) as response:
                return _content(response.read(_MOST_BYTES + 1))
        except urllib.error.HTTPError as error:
            words = error.read(_MOST_SAID).decode("utf-8", "replace")
            raise EndpointError(f"{self.url} answered {error.code}: {words or error.reason}") from None
        except (OSError, HTTPException) as error:
            raise EndpointError(
                f"{self.url} does not answer ({getattr(error, 'reason', error)}): is the server running there?"
            ) from None


def _content(data: bytes) -> str:
    if len(data) > _MOST_BYTES:
        raise EndpointError(f"the answer has more than {_MOST_BYTES >> 20} MB")
    try:
        content = json.loads(data)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise EndpointError(
            "the answer has no choices[0].message.content: is this an OpenAI-compatible endpoint?"
        ) from None
    if not isinstance(content, str):
        raise EndpointError("the answer has no text")
    return content


def checked(url: str) -> str:
    """A valid endpoint address without a trailing slash. Raises EndpointError."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query:
        raise EndpointError(f"{url} is not an endpoint: expected something like http://127.0.0.1:11434/v1")
    return url.rstrip("/")


class _Staying(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: texts and key are sent only to the address that the user gave."""

    def redirect_request(self, req: urllib.request.Request, *given: object) -> NoReturn:
        raise EndpointError(f"{req.full_url} leads on to {given[-1]}: give the address itself")


_OPENER = urllib.request.build_opener(_Staying)
