"""What one build leaves for the next: named blobs of JSON in one file, sealed so that only its own user's builds believe it.

A repository may bring a `.dossier/` that somebody else wrote. Nothing in the file can run, and what does not bear the
seal is not used at all: BLAKE2b keyed with a secret that lies outside of every repository. A file is written beside its
place and put there whole, so that a build that is stopped leaves the one before, or none.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from dossierkit.model.plain import dumps as as_json
from dossierkit.model.plain import parse

FILE = ".dossier/build"
KEY = "DOSSIER_KEY"
"""Names the secret, where several machines are to believe one file."""
_MAGIC = b"dossierkit build 1\n"
_SEAL = 32


class ForeignVaultError(ValueError):
    """The file is none that this user's builds wrote, or is damaged; the message says which."""


class Vault:
    """Blobs by name. What is neither taken nor put is not written again, so that a file holds what one build used."""

    def __init__(self, data: bytes = b"", places: Mapping[str, tuple[int, int]] | None = None) -> None:
        self._data, self._places = data, places or {}
        self._new: dict[str, bytes] = {}
        self._used: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._places)

    def take(self, name: str) -> bytes | None:
        if name in self._new:
            return self._new[name]
        if name not in self._places:
            return None
        self._used.add(name)
        start, length = self._places[name]
        return self._data[start : start + length]

    def put(self, name: str, blob: bytes) -> None:
        self._new[name] = blob

    def dump(self, key: bytes) -> bytes:
        """All that was taken or put, sealed."""
        blobs = {
            name: blob
            for name in self._places
            if name in self._used and (blob := self.take(name)) is not None
        }
        blobs |= self._new
        table, at = {}, 0
        for name, blob in blobs.items():
            table[name] = (at, len(blob))
            at += len(blob)
        head = as_json(table)
        body = len(head).to_bytes(8, "big") + head + b"".join(blobs.values())
        return _MAGIC + _sealed(body, key) + body


def load(data: bytes, key: bytes) -> Vault:
    """What `Vault.dump` wrote. Raises ForeignVaultError."""
    if not data.startswith(_MAGIC):
        raise ForeignVaultError("it was written by another version, or by something else")
    start = len(_MAGIC) + _SEAL
    body = data[start:]
    if not hmac.compare_digest(data[len(_MAGIC) : start], _sealed(body, key)):
        raise ForeignVaultError("it is damaged, or another user wrote it")
    length = int.from_bytes(body[:8], "big")
    first = 8 + length
    return Vault(body, {name: (first + at, size) for name, (at, size) in parse(body[8:first]).items()})


def read(root: Path) -> tuple[Vault, str]:
    """What the last build in the repository left, and why there is nothing where a file could not be used."""
    file = root / FILE
    try:
        return load(file.read_bytes(), secret()), ""
    except FileNotFoundError:
        return Vault(), ""
    except (OSError, ForeignVaultError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return Vault(), f"{FILE} is not used, since {why}; all is built anew"


def write(root: Path, vault: Vault) -> None:
    """Put the file in its place, whole. Raises OSError."""
    file = root / FILE
    file.parent.mkdir(exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, prefix="build-", suffix=".part", delete=False) as part:
        try:
            part.write(vault.dump(secret()))
            part.close()
            Path(part.name).replace(file)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise


def secret() -> bytes:
    """The key of this user: of the environment, else of a file in the user's own folder, written when it is first needed."""
    if told := os.environ.get(KEY):
        return hashlib.blake2b(told.encode(), digest_size=32).digest()
    file = _folder() / "key"
    try:
        found = file.read_bytes()
    except FileNotFoundError:
        found = b""
    return found if len(found) == 32 else _new_key(file)


def _new_key(file: Path) -> bytes:
    """A key, written whole, that nobody else may read; of two builds at once both take the one that is there then."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile(dir=file.parent, delete=False) as part:  # only its user may read it
        part.write(secrets.token_bytes(32))
    Path(part.name).replace(file)
    return file.read_bytes()


def _folder() -> Path:
    """Where programs keep what is theirs (the XDG Base Directory Specification, or Windows' own)."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "dossierkit"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "dossierkit"


def _sealed(body: bytes, key: bytes) -> bytes:
    return hashlib.blake2b(body, key=key, digest_size=_SEAL).digest()
