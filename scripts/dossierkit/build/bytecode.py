"""Jinja's bytecode cache, in the user's own cache folder.

Bytecode is code that runs when it is loaded. It is never read from a repository, which may contain files by others, and only
if it has a valid seal (`cache.sealed`). A template is compiled again if its source or anything that compiling depends on changed.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from dossierkit.build import fingerprint
from dossierkit.cache import files, sealed
from dossierkit.model.plain import digest
from dossierkit.store.state import CACHE, outside, user_cache

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_TEMPLATES = 100
"""About as many as a site has."""
MOST = 10 * _TEMPLATES
"""Most files in the folder; beyond it the older half is removed."""


class Bytecode(BytecodeCache):
    """Implements Jinja's interface. `basis`: digest of what compiling depends on beside a template's name, path and source.

    Errors of reading and writing are ignored: the template is compiled then.
    """

    def __init__(self, folder: Path, key: bytes, basis: str) -> None:
        self._folder, self._key, self._basis = folder, key, basis

    def within(self, further: str) -> Bytecode:
        """The cache for templates whose compiling depends on something more."""
        return Bytecode(self._folder, self._key, f"{self._basis}\n{further}")

    @property
    def signature(self) -> str:
        """The signature of templates (`theme.signature`). It is part of their bytecode, so it must be the same in each build."""
        return f"dk{hashlib.blake2b(b'templates', key=self._key, digest_size=12).hexdigest()}"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return digest("\n".join((self._basis, name, filename or "")).encode())

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError, files.ForeignFileError):
            code = files.read(self._folder / bucket.key, _head(bucket), self._key)
            bucket.code = _code(bytes(code), bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            files.write(self._folder / bucket.key, _head(bucket), bucket.bytecode_to_string(), self._key)


def bytecode(config: MkDocsConfig) -> Bytecode | None:
    """The cache of a site's templates; None if plugins or hooks may change how they are compiled, or no folder can be written."""
    if not fingerprint.applies(config):
        return None
    try:
        folder = outside(user_cache(), Path(config.config_file_path).parent, CACHE) / "templates"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _prune(folder)
        return Bytecode(folder, sealed.secret(), fingerprint.programs())
    except OSError:  # no folder can be written, or the user has no home
        return None


def _prune(folder: Path) -> None:
    names = os.listdir(folder)  # noqa: PTH208 - a look at every build
    if len(names) > MOST:
        files = sorted((folder / name for name in names), key=lambda file: file.stat().st_mtime_ns)
        for file in files[: len(files) // 2]:
            file.unlink(missing_ok=True)


@lru_cache(maxsize=2 * _TEMPLATES)
def _code(stored: bytes, checksum: str) -> CodeType | None:
    """The code in what was stored; None if it is of another source. Kept for the next build in this process, as of a preview."""
    bucket = Bucket(Environment(), "", checksum)  # noqa: S701 - nothing is rendered in it
    bucket.bytecode_from_string(stored)
    return bucket.code


def _head(bucket: Bucket) -> bytes:
    """The file's header. It contains the name, so that the seal of one template is not valid for another."""
    return f"dossierkit template {bucket.key}\n".encode()
