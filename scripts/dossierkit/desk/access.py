"""Access control of the desk: a browser on this machine with the token of this start, and forms of the desk itself.

Rules for Host, Origin and Fetch Metadata are those of the preview (`build.request_check`). Because the desk writes,
it also needs a token, which is the first part of every path. It is not in a cookie, because browsers send the cookies of a host
to all its ports (RFC 6265, 8.5), so that any other server on this machine could take it. Referrer-Policy keeps it from them, too.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from werkzeug.wrappers import Request

from dossierkit.build.request_check import HEADERS, RequestHeaders, RequestRefusal, refusal, site_path

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ANSWER_HEADERS: Mapping[str, str] = {
    **HEADERS,
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_FORM = "application/x-www-form-urlencoded"
MOST = 4 * 1024 * 1024
"""Bytes of a form: a long article's body and more."""


@dataclass(frozen=True, slots=True)
class Access:
    """`bound`: host of the listening socket."""

    bound: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def base(self) -> str:
        """What the path of every address begins with, without a slash at its end."""
        return f"/{self.token}"

    def below(self, environ: Mapping[str, Any]) -> dict[str, Any]:
        """The WSGI environment with the token in SCRIPT_NAME instead of PATH_INFO, if the path has it."""
        whole = f"{environ.get('SCRIPT_NAME', '')}{environ.get('PATH_INFO', '')}"
        first, _, rest = whole.removeprefix("/").partition("/")
        if not secrets.compare_digest(first.encode("latin-1", "replace"), self.token.encode()):
            return {**environ, "SCRIPT_NAME": "", "PATH_INFO": whole}
        return {**environ, "SCRIPT_NAME": self.base, "PATH_INFO": f"/{rest}"}

    def refused(self, request: Request) -> RequestRefusal | None:
        """Why a request is refused, or None."""
        wrong = self._of_another_site(request)
        if wrong or request.method in ("GET", "HEAD"):
            return wrong or self._without_token(request)
        if request.method != "POST":
            return RequestRefusal(HTTPStatus.METHOD_NOT_ALLOWED, "only GET, HEAD and POST are answered")
        return self._without_token(request) or _no_form_of_ours(request)

    def _of_another_site(self, request: Request) -> RequestRefusal | None:
        path = site_path(request.environ["PATH_INFO"].encode("latin-1"))
        if isinstance(path, RequestRefusal):
            return path
        header = request.headers.get
        hosts = tuple(filter(None, header("Host", "").split(",")))
        asked = RequestHeaders(
            hosts,
            header("Origin", ""),
            *(header(f"Sec-Fetch-{name}", "") for name in ("Site", "Mode", "Dest")),
        )
        return refusal(asked, path, self.bound)

    def _without_token(self, request: Request) -> RequestRefusal | None:
        if request.root_path == self.base:
            return None
        message = "open the address that `dossier desk` printed when it was started: it has the token that this one lacks"
        return RequestRefusal(HTTPStatus.FORBIDDEN, message)


def _no_form_of_ours(request: Request) -> RequestRefusal | None:
    """Refuse a form without the desk's origin (browsers send it with every form), or of a wrong type or size."""
    if not request.headers.get("Origin"):
        return RequestRefusal(HTTPStatus.FORBIDDEN, "a form says which site it comes from (Origin)")
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return RequestRefusal(HTTPStatus.FORBIDDEN, "another site asks (Sec-Fetch-Site)")
    if request.mimetype != _FORM:
        return RequestRefusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"a form comes as {_FORM}")
    if request.content_length is None or request.content_length > MOST:
        return RequestRefusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a form has at most {MOST} bytes")
    return None
