"""Cache files with a keyed checksum: only programs of the same user trust them.

The user's cache folder may have been restored by CI from elsewhere. Files without a valid seal are not even parsed.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from dossierkit.cache import files
from dossierkit.cache.files import whole
from dossierkit.store.state import user_state

KEY = "DOSSIER_KEY"
"""Names the secret, where several machines are to believe one file."""


def read(file: Path, head: bytes) -> memoryview:
    """The body. Raises ForeignFileError, and OSError if it is unreadable."""
    return files.read(file, head, secret())


def write(file: Path, head: bytes, body: bytes) -> None:
    """Write a file atomically. `head`: kind and version. Raises OSError."""
    files.write(file, head, body, secret())


def secret() -> bytes:
    """The user's key: from the environment, else from a file in the user's folder, created when first needed."""
    if value := os.environ.get(KEY):
        return hashlib.blake2b(value.encode(), digest_size=32).digest()
    file = user_state() / "key"
    try:
        found = file.read_bytes()
    except FileNotFoundError:
        found = b""
    return found if len(found) == 32 else _new_key(file)


def _new_key(file: Path) -> bytes:
    """Write a key that only this user can read; two builds at once use the first one written."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with whole(file) as part:  # readable by its user only
        part.write(secrets.token_bytes(32))
    return file.read_bytes()
