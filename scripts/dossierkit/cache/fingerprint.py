"""The fingerprint of the programs that make cached results; the same for builds, checks and extractions."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import dossierkit
from dossierkit.model.extension import extension_programs
from dossierkit.model.plain import digest, digest_of

_MODEL = ".onnx"
_LEFT_OUT = "__pycache__"


def fingerprint(packages: Iterable[str] = (), *parts: str, model: bool = False) -> str:
    """A digest of Dossierkit's own files and those of extensions, of versions of `packages`, and of further parts.

    The same on every machine. `model`: includes the name model, which only extraction uses.
    """
    versions = [f"{name} {installed_version(name)}" for name in packages]
    return digest_of("\n".join((_code(model=model), *extension_programs(), *versions, *parts)))


@cache
def _code(*, model: bool) -> str:
    package = Path(dossierkit.__file__).parent
    lines = (
        f"{path.removeprefix(str(package)).replace(os.sep, '/')} {digest(read(path))}"
        for path in sorted(below(str(package)))
        if model or not path.endswith(_MODEL)
    )
    return digest_of("\n".join(lines))


def below(folder: str, left_out: frozenset[str] = frozenset({_LEFT_OUT})) -> Iterator[str]:
    """Files below a folder, without those in folders with these names."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name not in left_out:
                    yield from below(entry.path, left_out)
            elif entry.is_file():
                yield entry.path


def read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - many
        return file.read()


@cache
def installed_version(name: str) -> str:
    """The version of a distribution; "" if it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
