"""Cache files: a head with kind and version, a checksum, a body; replaced atomically.

The checksum is BLAKE2b over head and body. It detects damage, and with a key (`cache.sealed`) also files written by others.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

_CHECKSUM = 32


class ForeignFileError(ValueError):
    """A file that this program did not write in this form; the message says why."""


def read(file: Path, head: bytes, key: bytes = b"") -> memoryview:
    """The body. Raises ForeignFileError, and OSError if it is unreadable."""
    return parse(file.read_bytes(), head, key)


def parse(data: bytes, head: bytes, key: bytes = b"") -> memoryview:
    """The body of what a file holds. Raises ForeignFileError."""
    if not data.startswith(head):
        raise ForeignFileError("it was written by another version, or by something else")
    start = len(head) + _CHECKSUM
    body = memoryview(data)[start:]
    if not hmac.compare_digest(data[len(head) : start], _checksum(head, body, key)):
        raise ForeignFileError("it is damaged, or another user wrote it" if key else "it is damaged")
    return body


def write(file: Path, head: bytes, body: bytes, key: bytes = b"") -> None:
    """Write a file atomically. `head`: kind and version. Raises OSError."""
    with whole(file) as part:
        part.write(head + _checksum(head, body, key))
        part.write(body)


def replace_file(file: Path, data: bytes) -> None:
    """Replace the contents of a file with `data`; if it cannot be written, it stays."""
    with suppress(OSError), whole(file) as part:
        part.write(data)


@contextmanager
def whole(file: Path) -> Iterator[IO[bytes]]:
    """A file readable by this user only, moved into place when it is complete."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, prefix=f"{file.name}-", suffix=".part", delete=False) as part:
        try:
            yield part
            part.close()
            Path(part.name).replace(file)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise


def _checksum(head: bytes, body: bytes | memoryview, key: bytes) -> bytes:
    hasher = hashlib.blake2b(head, key=key, digest_size=_CHECKSUM)
    hasher.update(body)
    return hasher.digest()
