"""Post a small message to one address that a person names; no redirects, request and response bounded."""

from __future__ import annotations

from dossierkit.ingest.formats import required
from dossierkit.ingest.web.address import FetchError, RequestTarget, target
from dossierkit.ingest.web.one_site import machines
from dossierkit.ingest.web.request import AGENT, connections

_MOST = 1_000_000
_SECONDS = 30.0


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
            data: bytes = response.read(_MOST + 1)
        finally:
            response.close()
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise FetchError(f"does not answer ({type(error).__name__}): try again later") from None
    if response.status != 200:
        raise FetchError(f"answered with {response.status} {response.reason or ''}".rstrip())
    if len(data) > _MOST:
        raise FetchError(f"answered with more than {_MOST:,} bytes")
    return data
