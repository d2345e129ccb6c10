"""Web archives that are damaged or made to do harm: refused within bounds of memory, and nothing is written to standard error."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from dossierkit.ingest.formats import Opened, splitter_of
from dossierkit.ingest.reader import read
from dossierkit.ingest.refusal import RefusedError

FILES = Path(__file__).parent / "files"
MEGABYTE = 1_000_000
MEMORY = 80 * MEGABYTE
HEAD = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\nWARC-Date: 2016-06-01T08:00:00Z\r\n"
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PAGE = b"<!doctype html><title>The dam</title><article><h1>The dam</h1><p>The council of Harrow signed the contract for the dam on 3 May 2016, and the minister was there.</p></article>"


def record(
    block: bytes, extra: bytes = b"", url: bytes = b"http://courier.example/dam", number: int = 1
) -> bytes:
    length = b"Content-Length: %d\r\n" % len(block)
    head = (
        HEAD % number
        + b"WARC-Target-URI: "
        + url
        + b"\r\nContent-Type: application/http;msgtype=response\r\n"
    )
    return head + extra + length + b"\r\n" + block + b"\r\n\r\n"


def packed(parts: Iterable[bytes]) -> bytes:
    """One member of gzip."""
    made = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(made.compress(part) for part in parts) + made.flush()


def split(name: str, data: bytes) -> list:
    return list(splitter_of(name).split(Opened(name, io.BytesIO(data))))


def endless(first: bytes, line: bytes) -> Iterable[bytes]:
    yield first
    for _ in range(300 * MEGABYTE // len(line)):
        yield line


HARMFUL = {
    "one line": packed(endless(b"WARC/1.0\r\nWARC-Type: ", b"a" * MEGABYTE)),
    "first line": packed(endless(b"WARC/", b"a" * MEGABYTE)),
    "many lines": packed(endless(b"WARC/1.0\r\n", b"a: b\r\n" * 100_000)),
    "continued lines": packed(endless(b"WARC/1.0\r\nWARC-Type: x\r\n", b" a\r\n" * 100_000)),
    "blank lines": packed(endless(record(HTTP + b"\r\n" + PAGE), b"\r\n" * 100_000)),
    "second member": packed([record(HTTP + b"\r\n" + PAGE)])
    + packed(endless(b"WARC/1.0\r\nx: ", b"a" * MEGABYTE)),
    "a line of HTTP": packed(
        endless(
            HEAD % 1
            + b"WARC-Target-URI: http://a.example/\r\nContent-Length: 400000000\r\n\r\nHTTP/1.1 200 ",
            b"a" * MEGABYTE,
        )
    ),
    "no length": packed(endless(HEAD % 1 + b"WARC-Target-URI: http://a.example/\r\n\r\n", b"a" * MEGABYTE)),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_what_has_no_end_is_refused_in_little_memory(name):
    assert len(HARMFUL[name]) < 2 * MEGABYTE
    tracemalloc.start()
    try:
        with pytest.raises(RefusedError, match=r"headers are longer than|no page|without Content-Length"):
            split("x.warc.gz", HARMFUL[name])
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("coding", [b"gzip", b"deflate"])
@pytest.mark.parametrize("chunked", [False, True], ids=["whole", "chunked"])
def test_a_body_that_unpacks_to_very_much_is_refused(coding, chunked):
    """300 MB, of which 64 are unpacked; of a chunk, warcio would unpack all at once."""
    made = zlib.compressobj(9, zlib.DEFLATED, 31 if coding == b"gzip" else 15)
    body = b"".join(made.compress(b" " * MEGABYTE) for _ in range(300)) + made.flush()
    head = HTTP + b"Content-Encoding: " + coding + b"\r\n"
    if chunked:
        head, body = head + b"Transfer-Encoding: chunked\r\n", b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    (part,) = split("x.warc", record(head + b"\r\n" + body))
    tracemalloc.start()
    try:
        with pytest.raises(RefusedError, match="unpacks to more than 64,000,000 bytes"):
            read(part.name, part.data)
        assert tracemalloc.get_traced_memory()[1] < 150 * MEGABYTE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate", "wrongly said"])
@pytest.mark.parametrize("chunk", [0, 7])
def test_a_page_is_read_in_every_coding(coding, chunk):
    body = {
        "gzip": gzip.compress(PAGE, mtime=0),
        "deflate": zlib.compress(PAGE),
        "raw deflate": zlib.compress(PAGE)[2:-4],
        "wrongly said": PAGE,
    }[coding]
    head = (
        HTTP
        + b"Content-Encoding: "
        + (b"gzip" if coding in {"gzip", "wrongly said"} else b"Deflate")
        + b"\r\n"
    )
    if chunk:
        chunks = [body[at : at + chunk] for at in range(0, len(body), chunk)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in chunks) + b"0\r\n\r\n"
        head += b"Transfer-Encoding: chunked\r\n"
    (part,) = split("x.warc", record(head + b"\r\n" + body))
    assert "signed the contract for the dam" in read(part.name, part.data).markdown


def test_many_records_are_not_one_long_head():
    """The limit is of each record: of these, the blocks are empty."""
    empty = b"".join(record(b"", number=number) for number in range(9_000))
    assert len(empty) > 2 * MEGABYTE
    assert [part.label for part in split("x.warc", empty + record(HTTP + b"\r\n" + PAGE))] == ["record 9001"]


def test_nothing_of_a_damaged_archive_is_written_to_standard_error(capfd):
    """Lengths that do not hold, an address with a space, a member that is damaged in its middle."""
    real = gzip.decompress((FILES / "site.warc.gz").read_bytes())
    member = bytearray(packed([record(HTTP + b"\r\n" + PAGE + bytes(range(256)) * 400)]))
    member[len(member) // 2] ^= 255
    short = record(HTTP + b"\r\n" + PAGE).replace(b"Content-Length: ", b"Content-Length: 1\r\nX: ")
    spaced = record(HTTP + b"\r\n" + PAGE, url=b"http://courier.example/the dam")
    digest = record(
        HTTP + b"\r\n" + PAGE, b"WARC-Payload-Digest: sha1:NONSENSE\r\nWARC-Block-Digest: x:y\r\n"
    )
    for name, data in (
        ("a.warc", real[:-700] + real),
        ("b.warc.gz", bytes(member)),
        ("c.warc", short),
        ("d.warc", spaced),
        ("e.warc", digest),
    ):
        try:
            for part in split(name, data):
                read(part.name, part.data)
        except RefusedError:
            continue
    assert capfd.readouterr() == ("", "")
    (part,) = split("d.warc", spaced)
    assert read(part.name, part.data).url == "http://courier.example/the%20dam"


def test_a_member_that_is_damaged_in_its_middle_is_refused():
    member = bytearray(packed([record(HTTP + b"\r\n" + bytes(range(256)) * 4000)]))
    member[len(member) // 2] ^= 255
    with pytest.raises(RefusedError, match="is not a web archive that can be read"):
        split("b.warc.gz", bytes(member))


def test_a_single_member_of_many_records_says_so():
    both = packed([record(HTTP + b"\r\n" + PAGE), record(HTTP + b"\r\n" + PAGE, number=2)])
    with pytest.raises(RefusedError):
        split("b.warc.gz", both)
