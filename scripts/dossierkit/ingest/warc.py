"""Web archives (.warc, .warc.gz; ISO 28500): one source for each page, with address, day of capture and digest. Fetched pages are written
as such an archive, as they were received.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from dossierkit.ingest.clean import one_line
from dossierkit.ingest.days import day
from dossierkit.ingest.facts import fact, found_at
from dossierkit.ingest.formats import Given, Opened, required
from dossierkit.ingest.refusal import RefusedError
from dossierkit.ingest.warc_records import MOST_PAYLOAD, payload, records
from dossierkit.ingest.web.request import WebResponse, request_headers
from dossierkit.model.source import Part, Source

_EXTRA = "web"
# Media type -> suffix of its reader.
_KINDS = {
    "text/html": ".html", "application/xhtml+xml": ".xhtml", "text/plain": ".txt", "application/pdf": ".pdf",
}  # fmt: skip
_TYPES = frozenset({"response", "resource"})
_FRAMING = frozenset({"transfer-encoding", "connection", "keep-alive"})


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as captured. `suffix`: of its reader, "" without one."""

    url: str
    date: str
    identifier: str
    digest: str
    status: str
    suffix: str
    payload: bytes
    charset: str


def read(given: Given) -> Source:
    """The only page of an archive. Raises RefusedError, also if its bytes do not match the digest."""
    found = [
        capture
        for capture in captures(BytesIO(given.data))
        if capture.suffix and capture.status in {"200", ""}
    ]
    if len(found) != 1:
        raise RefusedError(f"is a web archive of {len(found)} pages: add it again, and each becomes a source")
    page = found[0]
    at, captured = fact(page.url, "WARC-Target-URI"), fact(day(page.date), "WARC-Date")
    source = found_at(_payload(page, given.encoding), at, captured)
    digest = f"captured {page.date} from {page.url}" + (
        f"; its digest {page.digest} holds" if page.digest else ""
    )
    return replace(source, identifier=page.identifier or None, notes=(*source.notes, digest))


def split(opened: Opened) -> Iterator[Part]:
    """Each captured page (status 200) as a WARC of its record. Raises RefusedError if there is none."""
    found = 0
    for number, (record, data) in enumerate(_records(opened.stream), 1):
        if _is_page(record):
            found += 1
            yield Part(
                page_name(_head(record, "WARC-Target-URI")),
                data,
                f"record {number}",
                _head(record, "WARC-Record-ID"),
            )
    if not found:
        raise RefusedError(
            "contains no page (HTML, text or PDF with the status 200): there is nothing to add"
        )


def page_name(url: str) -> str:
    """A file name for the page at an address."""
    try:
        parts = urlsplit(url)
        last = [one for one in parts.path.split("/") if one]
    except ValueError:
        return "page.warc"
    name = PurePosixPath(last[-1]).stem if last else "index"
    return f"{(parts.hostname or 'page').removeprefix('www.')}-{name}"[:100] + ".warc"


def captures(stream: BinaryIO) -> Iterator[Capture]:
    """The pages of an archive with decoded payload. Raises RefusedError."""
    with _undamaged():
        for record in records(stream, check_digests=True):
            if record.rec_type in _TYPES:
                yield _capture(record)


@contextmanager
def _undamaged() -> Iterator[None]:
    """Raise RefusedError for any error of the block."""
    try:
        yield
    except RefusedError:
        raise
    except Exception as error:  # noqa: BLE001 -- warcio lets pass what zlib, HTTP parsing and its own readers raise
        raise RefusedError(
            f"is not a web archive that can be read ({type(error).__name__}): get it again, or save the page as HTML"
        ) from None


def _capture(record: Any) -> Capture:  # noqa: ANN401 - a record of warcio
    body = payload(record)
    while record.raw_stream.read(65_536):
        pass  # the digest covers all bytes
    if record.digest_checker is not None and record.digest_checker.passed is False:
        raise RefusedError(
            "is damaged: its bytes are not those that its digest was made of; get the archive again"
        )
    media, charset = _media(record)
    return Capture(
        _head(record, "WARC-Target-URI").strip("<>"),
        _head(record, "WARC-Date"),
        _head(record, "WARC-Record-ID"),
        _head(record, "WARC-Payload-Digest"),
        _status(record),
        _KINDS.get(media, ""),
        body,
        charset,
    )


def _payload(page: Capture, encoding: str | None) -> Source:
    from dossierkit.ingest.reader import read_parsed  # noqa: PLC0415 -- reads what stands in archives too

    return read_parsed(Given(f"page{page.suffix}", page.payload, encoding), page.charset or None)


def _records(stream: BinaryIO) -> Iterator[tuple[Any, bytes]]:
    """Responses and resources, each with its bytes as a separate WARC."""
    with _undamaged():
        for record in records(stream, no_record_parse=True):
            if record.length is None:  # all that follows would be its block
                raise RefusedError(
                    "has a record without Content-Length: get the archive again, or save the page as HTML"
                )
            if record.rec_type in _TYPES and record.length <= MOST_PAYLOAD:
                out = BytesIO()
                _writer()(out, gzip=False).write_record(record)
                yield _parsed(out.getvalue()), out.getvalue()


@cache
def _writer() -> Any:  # noqa: ANN401 - a class
    class BlockWriter(required("warcio.warcwriter", _EXTRA).WARCWriter):  # type: ignore[misc]  # warcio is optional
        def ensure_digest(self, record: Any, block: bool = True, payload: bool = True) -> None:  # noqa: ANN401, ARG002, FBT001, FBT002 - as in warcio
            """Add no digest of the payload: warcio would make it of the whole block, whose HTTP headers are not parsed here."""
            super().ensure_digest(record, block, payload=False)

    return BlockWriter


def _parsed(data: bytes) -> Any:  # noqa: ANN401 - a record of warcio
    return next(records(BytesIO(data)))


def _is_page(record: Any) -> bool:  # noqa: ANN401 - a record of warcio
    return _media(record)[0] in _KINDS and _status(record) in {"200", ""}


def _head(record: Any, name: str) -> str:  # noqa: ANN401 - a record of warcio
    return one_line(record.rec_headers.get_header(name) or "")


def _status(record: Any) -> str:  # noqa: ANN401 - a record of warcio
    return str(record.http_headers.get_statuscode() or "") if record.http_headers else ""


def _media(record: Any) -> tuple[str, str]:  # noqa: ANN401 - a record of warcio
    headers = record.http_headers or record.rec_headers
    media, _, rest = (headers.get_header("Content-Type") or "").partition(";")
    charset = rest.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    return media.strip().lower(), charset


def as_warc(answers: Sequence[WebResponse], moment: datetime, software: str) -> tuple[bytes, str]:
    """The archive, and the identifier of the page's record. `moment`: when it was fetched, in UTC."""
    writer_of = required("warcio.warcwriter", "web").WARCWriter
    headers_of = required("warcio.statusandheaders", "web").StatusAndHeaders
    out = BytesIO()
    writer = writer_of(out, gzip=False, warc_version="1.1")
    date = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    info = {"software": software, "format": "WARC File Format 1.1"}
    about = writer.create_warcinfo_record("page.warc", info)
    writer.write_record(about)
    about.raw_stream.close()
    identifier = ""
    for answer in answers:
        warc_headers = {"WARC-Date": date, "WARC-IP-Address": answer.target.at}
        headers = [(name, value) for name, value in answer.headers if name.lower() not in _FRAMING]
        http = headers_of(f"{answer.status} {answer.reason}".strip(), headers, protocol="HTTP/1.1")
        record = writer.create_warc_record(
            answer.target.url,
            "response",
            payload=BytesIO(answer.body),
            http_headers=http,
            warc_headers_dict=warc_headers,
        )
        sent = headers_of(
            f"GET {answer.target.path} HTTP/1.1",
            list(request_headers(answer.target).items()),
            is_http_request=True,
        )
        request = writer.create_warc_record(
            answer.target.url, "request", http_headers=sent, warc_headers_dict={"WARC-Date": date}
        )
        writer.write_request_response_pair(request, record)
        for written in (request, record):
            written.raw_stream.close()  # warcio leaves a temporary file open
        identifier = str(record.rec_headers.get_header("WARC-Record-ID"))
    return out.getvalue(), identifier
