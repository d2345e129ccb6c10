"""Files that only their own user's programs believe: each bears a seal, BLAKE2b keyed with a secret of that user.

They lie in the user's cache folder, which CI may bring from elsewhere. What does not bear the seal is not even parsed.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from dossierkit.store.state import user_state

KEY = "DOSSIER_KEY"
"""Names the secret, where several machines are to believe one file."""
_SEAL = 32


class ForeignFileError(ValueError):
    """A file that no program of this user wrote as it is, or is damaged; the message says which."""


def read(file: Path, head: bytes) -> memoryview:
    """What follows the head and the seal. Raises ForeignFileError, and OSError where nothing can be read."""
    data = file.read_bytes()
    if not data.startswith(head):
        raise ForeignFileError("it was written by another version, or by something else")
    start = len(head) + _SEAL
    body = memoryview(data)[start:]
    if not hmac.compare_digest(data[len(head) : start], seal(head, body)):
        raise ForeignFileError("it is damaged, or another user wrote it")
    return body


def write(file: Path, head: bytes, body: bytes) -> None:
    """Put a file in its place, whole. `head`: what it is, and of which version. Raises OSError."""
    with whole(file) as part:
        part.write(head + seal(head, body))
        part.write(body)


def seal(head: bytes, body: bytes | memoryview) -> bytes:
    """Of a text that begins so."""
    hasher = hashlib.blake2b(head, key=secret(), digest_size=_SEAL)
    hasher.update(body)
    return hasher.digest()


@contextmanager
def whole(file: Path) -> Iterator[IO[bytes]]:
    """A file that is put in its place when all of it is written, for nobody else to read."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, prefix=f"{file.name}-", suffix=".part", delete=False) as part:
        try:
            yield part
            part.close()
            Path(part.name).replace(file)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise


def secret() -> bytes:
    """The key of this user: of the environment, else of a file in the user's own folder, written when it is first needed."""
    if value := os.environ.get(KEY):
        return hashlib.blake2b(value.encode(), digest_size=32).digest()
    file = user_state() / "key"
    try:
        found = file.read_bytes()
    except FileNotFoundError:
        found = b""
    return found if len(found) == 32 else _new_key(file)


def _new_key(file: Path) -> bytes:
    """A key, written whole, that nobody else may read; of two builds at once both take the one that is there then."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with whole(file) as part:  # only its user may read it
        part.write(secrets.token_bytes(32))
    return file.read_bytes()
