"""The records of a web archive by warcio, within limits: its readers take lines, blocks and compressed bodies of any length, and write
to standard error.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any, BinaryIO

from dossierkit.ingest.formats import required
from dossierkit.ingest.refusal import RefusedError

MOST_PAYLOAD = 64_000_000
"""Bytes of a page, as stored and unpacked."""
MOST_HEAD = 1_000_000
"""Bytes of the lines before the block of a record, and of those of HTTP at its beginning."""
_EXTRA = "web"
_TOO_LONG = f"unpacks to more than {MOST_PAYLOAD:,} bytes: save the page without its pictures"
_WINDOWS = {"gzip": (31,), "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS)}
"""Arguments of zlib by content coding; servers send "deflate" with and without its header."""


def records(stream: BinaryIO, **how: bool) -> Iterator[Any]:
    """The records of an archive, each to be read before the next. `how`: arguments of warcio's iterator.

    Raises RefusedError if the lines of a record are too long, and whatever warcio and zlib raise for a damaged archive.
    """
    # Standard error is for diagnostics; an address with a space is the only thing that warcio logs, and it is read.
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    return iter(_iterator()(stream, **how))


def payload(record: Any) -> bytes:  # noqa: ANN401 - a record of warcio
    """The body of a record without its transfer and content codings. Raises RefusedError if it is too long."""
    chunked = required("warcio.bufferedreaders", _EXTRA).ChunkedDataReader
    heads = record.http_headers
    coding = ((heads and heads.get_header("Content-Encoding")) or "").strip().lower()
    framed = heads and (heads.get_header("Transfer-Encoding") or "").strip().lower() == "chunked"
    stream = chunked(record.raw_stream) if framed else record.raw_stream
    data: bytes = stream.read(MOST_PAYLOAD + 1)
    return _bounded(_unpacked(_bounded(data), coding))


def _unpacked(data: bytes, coding: str) -> bytes:
    """What is not coded as it says is taken as it is."""
    for window in _WINDOWS.get(coding, ()):
        try:
            return zlib.decompressobj(window).decompress(data, MOST_PAYLOAD + 1)
        except zlib.error:
            continue
    return data


def _bounded(data: bytes) -> bytes:
    if len(data) > MOST_PAYLOAD:
        raise RefusedError(_TOO_LONG)
    return data


@cache
def _iterator() -> Any:  # noqa: ANN401 - a class
    """A class of iterators whose reader is bounded, and which writes nothing."""

    class BoundedArchiveIterator(required("warcio.archiveiterator", _EXTRA).ArchiveIterator):  # type: ignore[misc]  # warcio is optional
        def __init__(self, stream: BinaryIO, **how: bool) -> None:
            super().__init__(stream, **how)
            self.reader = _reader()(self.fh)

        def _next_record(self, next_line: bytes | None) -> Any:  # noqa: ANN401 - a record of warcio
            self.reader.left = MOST_HEAD
            return super()._next_record(next_line)

        def _consume_blanklines(self) -> tuple[bytes | None, int]:
            """The line after the blank ones, and their bytes. Of a line where the first should be blank, a length that does not hold
            left the rest of a block: it is passed over, and the digests say whether the block is whole.
            """
            first = self.reader.readline()
            size = len(first)
            while line := self.reader.readline():
                if line.strip():
                    return line, size
                size += len(line)
            return None, size

    return BoundedArchiveIterator


@cache
def _reader() -> Any:  # noqa: ANN401 - a class
    class BoundedReader(required("warcio.bufferedreaders", _EXTRA).DecompressingBufferedReader):  # type: ignore[misc]
        left = MOST_HEAD
        """Bytes that lines may still have until a block is read."""

        def read(self, length: int | None = None) -> bytes:
            self.left = MOST_HEAD
            return bytes(super().read(length))

        def readline(self, length: int | None = None) -> bytes:
            most = self.left + 1
            line: bytes = super().readline(most if length is None else min(length, most))
            self.left -= len(line)
            if self.left < 0:
                raise RefusedError(
                    f"has a record whose headers are longer than {MOST_HEAD:,} bytes: it is damaged, or made to do harm; "
                    "save the page as HTML"
                )
            return line

        def _decompress(self, data: bytes) -> bytes:
            """The same, with the error of a member that is damaged after its beginning, which warcio writes and passes over."""
            if self.decompressor and self.num_block_read:
                return bytes(self.decompressor.decompress(data))
            return bytes(super()._decompress(data))

    return BoundedReader
