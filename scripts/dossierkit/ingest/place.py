"""Location of a source: a local path, an address that fsspec reads (`s3://bucket/a.txt`), or part of another source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import ModuleType

from dossierkit.ingest.reader import MOST_BYTES
from dossierkit.model.source import Part
from dossierkit.text.fold import slug

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")  # at least two letters: `C://` is a drive
_LONGEST = 60
_MANY = "*"  # only this: `?` and `[` occur in web addresses


class UnsupportedError(ImportError):
    """The library for addresses of this kind is not installed; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Url:
    """An address, as given."""

    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def name(self) -> str:
        """The last part of its path; "" where there is none."""
        host_and_path = re.split(r"[?#]", self.text, maxsplit=1)[0].partition("://")[2]
        return PurePosixPath(host_and_path.partition("/")[2]).name

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix

    def with_suffix(self, suffix: str) -> Url:
        """The address of a file beside it: its name with another suffix, without a query."""
        path = re.split(r"[?#]", self.text, maxsplit=1)[0]
        return Url(path.removesuffix(self.suffix) + suffix)


@dataclass(frozen=True, slots=True)
class SourceInContainer:
    """A part of another source. `container`: the other's name; `part_of`: the same, as written in pages."""

    container: str
    part: Part
    part_of: str = ""

    def __str__(self) -> str:
        return f"{self.container}#{self.part.label}"

    @property
    def name(self) -> str:
        """Its file name in seeds/: its own name and eight digits of its SHA-256, so that equal names do not collide."""
        stem = slug(PurePosixPath(self.part.name).stem)[:_LONGEST]
        return f"{stem or 'source'}-{hashlib.sha256(self.part.data).hexdigest()[:8]}{self.suffix}"

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.part.name).suffix


Place = Path | Url | SourceInContainer


def place(text: str) -> Path | Url:
    """The location that a text denotes."""
    return Url(text) if _ADDRESS.match(text) else Path(text)


def expanded(url: Url) -> Iterator[Url]:
    """The addresses that match a `*`, sorted; the address itself without one.

    Raises UnsupportedError, and fsspec's errors: OSError and others.
    """
    if _MANY not in url.text:
        yield url
        return
    system, path = _fsspec(url).core.url_to_fs(url.text)
    for found in sorted(system.glob(path)):
        yield Url(system.unstrip_protocol(found))


def read_url(url: Url) -> bytes:
    """Its bytes, at most `MOST_BYTES` + 1. Raises UnsupportedError, and fsspec's errors: OSError and others."""
    system, path = _fsspec(url).core.url_to_fs(url.text)
    with system.open(path, "rb") as file:
        data: bytes = file.read(MOST_BYTES + 1)
    return data


def _fsspec(url: Url) -> ModuleType:
    """Fsspec, if it and its driver for addresses of this kind are installed. Raises UnsupportedError."""
    try:
        import fsspec  # noqa: PLC0415 -- an extra

        fsspec.get_filesystem_class(url.text.partition("://")[0].lower())
    except ModuleNotFoundError as error:
        if error.name != "fsspec":
            raise _unsupported(url, error) from None
        raise UnsupportedError(
            f"{url}: addresses are read by fsspec, which is not installed: run `pip install fsspec`"
        ) from None
    except (ImportError, ValueError) as error:
        raise _unsupported(url, error) from None
    library: ModuleType = fsspec
    return library


def _unsupported(url: Url, error: Exception) -> UnsupportedError:
    return UnsupportedError(
        f"{url}: fsspec cannot read addresses of this kind ({error}). s3:// needs s3fs, gs:// gcsfs, http:// and https:// "
        "aiohttp: install it with pip, wherever sources are read"
    )
