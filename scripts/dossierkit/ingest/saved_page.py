"""Pages that a browser saved as one file: MHTML (Chromium, Internet Explorer) and web archives of Safari, read as saved HTML."""

from __future__ import annotations

import plistlib
from email.message import EmailMessage
from typing import Any

from dossierkit.ingest import mail
from dossierkit.ingest.days import day
from dossierkit.ingest.encoding import decode
from dossierkit.ingest.facts import fact, found_at
from dossierkit.ingest.formats import Given
from dossierkit.ingest.html.page import read_html
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Fact, Source

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_AGAIN = "save the page again, as HTML"


def read(given: Given) -> Source:
    """The page, with its address and, from MHTML, the day on which it was saved. Raises RefusedError."""
    return _webarchive(given) if given.name.lower().endswith(".webarchive") else _mhtml(given)


def _mhtml(given: Given) -> Source:
    message = mail.parsed(given.data)
    page = next((part for part in message.walk() if part.get_content_type() in _HTML), None)
    if page is None:
        raise RefusedError(f"holds no HTML: {_AGAIN}")
    address = mail.header(message, "Snapshot-Content-Location") or _location(page)
    captured = fact(day(mail.header(message, "Date")), "the header Date")
    return _page(_payload(page), page.get_content_charset(), given.encoding, address, captured)


def _location(part: Any) -> str:  # noqa: ANN401 - a part of a message
    return mail.header(part, "Content-Location") if isinstance(part, EmailMessage) else ""


def _payload(part: Any) -> bytes:  # noqa: ANN401 - a part of a message
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _webarchive(given: Given) -> Source:
    try:
        held = plistlib.loads(given.data)
    except Exception:  # noqa: BLE001 -- damaged lists raise many kinds of errors
        held = None
    main = held.get("WebMainResource") if isinstance(held, dict) else None
    if not isinstance(main, dict) or not isinstance(main.get("WebResourceData"), bytes):
        raise RefusedError(f"is no web archive of Safari that can be read: {_AGAIN}")
    if main.get("WebResourceMIMEType") not in _HTML:
        raise RefusedError(f"holds no HTML, but {str(main.get('WebResourceMIMEType'))[:60]}: {_AGAIN}")
    declared, address = main.get("WebResourceTextEncodingName"), main.get("WebResourceURL")
    return _page(
        main["WebResourceData"],
        declared if isinstance(declared, str) else None,
        given.encoding,
        str(address or ""),
        Fact(),
    )


def _page(data: bytes, declared: str | None, encoding: str | None, address: str, captured: Fact) -> Source:
    if not data.strip():
        raise RefusedError(f"holds an empty page: {_AGAIN}")
    source = read_html(decode(data, declared, encoding))
    at = fact(address if address.startswith(("http://", "https://")) else "", "the browser's note")
    return found_at(source, at, captured)
