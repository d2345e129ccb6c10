"""Files that only their own user's programs believe: the checksum of each is keyed with a secret of that user.

They lie in the user's cache folder, which CI may bring from elsewhere. What does not bear the seal is not even parsed.
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
    """The body. Raises ForeignFileError, and OSError where nothing can be read."""
    return files.read(file, head, secret())


def write(file: Path, head: bytes, body: bytes) -> None:
    """Put a file in its place, whole. `head`: what it is, and of which version. Raises OSError."""
    files.write(file, head, body, secret())


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
