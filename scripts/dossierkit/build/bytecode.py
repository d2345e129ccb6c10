"""Jinja's bytecode cache, in the user's own cache folder.

Bytecode runs when it is used: none comes out of a repository, which may bring files that somebody else wrote, and what
does not bear the seal of `cache.sealed`'s secret is not even looked into. A template is compiled anew where its source,
or anything that has a part in compiling it, is another one.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from dossierkit.build import fingerprint
from dossierkit.cache import files, sealed
from dossierkit.model.plain import digest
from dossierkit.store.state import CACHE, outside, user_cache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket
    from mkdocs.config.defaults import MkDocsConfig

MOST = 1000
"""Files in the folder before the older half goes: a site has about a hundred templates."""


class Bytecode(BytecodeCache):
    """As Jinja asks for it. `basis`: of what compiling rests on beside a template's name, place and source.

    What cannot be read is compiled, and what cannot be written is left.
    """

    def __init__(self, folder: Path, key: bytes, basis: str) -> None:
        self._folder, self._key, self._basis = folder, key, basis

    def within(self, further: str) -> Bytecode:
        """For templates whose compiling rests on something more."""
        return Bytecode(self._folder, self._key, f"{self._basis}\n{further}")

    @property
    def signature(self) -> str:
        """What templates are signed with (`theme.signature`): it stands in their code, so it must be the same each time."""
        return f"dk{hashlib.blake2b(b'templates', key=self._key, digest_size=12).hexdigest()}"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return digest("\n".join((self._basis, name, filename or "")).encode())

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError, files.ForeignFileError):
            code = files.read(self._folder / bucket.key, _head(bucket), self._key)
            bucket.bytecode_from_string(bytes(code))

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            files.write(self._folder / bucket.key, _head(bucket), bucket.bytecode_to_string(), self._key)


def bytecode(config: MkDocsConfig) -> Bytecode | None:
    """What was kept for the templates of a site; None where not all that has a part in compiling them is known."""
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


def _head(bucket: Bucket) -> bytes:
    """With the name: the seal of one template is none of another."""
    return f"dossierkit template {bucket.key}\n".encode()
