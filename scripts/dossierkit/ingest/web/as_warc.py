"""Requests and responses as a WARC (ISO 28500): the source as received."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from dossierkit.ingest.formats import required
from dossierkit.ingest.web.request import WebResponse, request_headers

_FRAMING = frozenset({"transfer-encoding", "connection", "keep-alive"})


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
