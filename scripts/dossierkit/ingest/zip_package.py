"""A ZIP file opened within limits."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import BinaryIO

from dossierkit.ingest.refusal import RefusedError

MOST_MEMBERS = 20_000
MOST_UNPACKED = 400_000_000
"""Bytes in all, as the archive states them; more than it states is never unpacked."""
MOST_MEMBER = 48_000_000
"""Bytes of one member that is read whole."""
_BAD = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)


class Package:
    """The members of a ZIP. `what`: what the file should be, for messages."""

    def __init__(self, data: bytes | BinaryIO, what: str) -> None:
        """Raises RefusedError if it is not a ZIP, or is larger than such files are."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(data) if isinstance(data, bytes) else data)
        except _BAD:
            raise RefusedError(
                f"is no {what}, or is damaged: open it in the program that made it, and save it again"
            ) from None
        listed = self._zip.infolist()
        size = sum(member.file_size for member in listed)
        if len(listed) > MOST_MEMBERS or size > MOST_UNPACKED:
            raise RefusedError(
                f"unpacks to {len(listed):,} files and {size:,} bytes, more than {MOST_MEMBERS:,} or {MOST_UNPACKED:,}: that is no {what}"
            )
        if any(member.flag_bits & 1 for member in listed):
            raise RefusedError("is encrypted: save it without a password")
        self.names = tuple(member.filename for member in listed)

    def read(self, name: str) -> bytes:
        """A member's bytes; b"" if it is missing. Raises RefusedError if it is damaged or too large."""
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            return b""
        if info.file_size > MOST_MEMBER:
            raise RefusedError(
                f"holds {info.file_size:,} bytes in {name}, more than {MOST_MEMBER:,}: split it into parts"
            )
        try:
            return self._zip.read(info)
        except _BAD:
            raise RefusedError(f"is damaged ({name} cannot be unpacked): save or download it again") from None

    def open(self, name: str) -> BinaryIO:
        """A member as a stream. Raises RefusedError."""
        try:
            return self._zip.open(name)  # type: ignore[return-value]
        except (KeyError, *_BAD):
            raise RefusedError(f"is damaged ({name} cannot be unpacked): download it again") from None
