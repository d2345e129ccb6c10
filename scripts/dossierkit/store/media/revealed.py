"""What a file that is published unchanged reveals besides its visible or audible content, as far as signs in its bytes show."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.store.media import kinds
from dossierkit.text.data import load
from dossierkit.text.printable import printable

_EDGE = 2**18
"""Bytes at the beginning and end of a recording, where its tags are."""


def reveals(data: bytes, kind: str) -> tuple[str, ...]:
    """What the data reveals, in words. `kind`: see `model.media.MediaFile`; for kinds that are not listed, nothing is known."""
    listed = load("media")["tells"].get(kind, {})
    return tuple(what for what, signs in listed.items() if any(sign.encode() in data for sign in signs))


def problems(docs: Path, paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Warnings D859 about documents, recordings and subtitles that reveal more. `paths`: all files that reach the site."""
    for path in sorted(paths):
        kind, _ = kinds.kind_and_type(path)
        if kind in load("media")["tells"] and (found := reveals(_part(docs / path, kind), kind)):
            message = f"this file is published as it is, with {'; '.join(found)}: look at it, and remove what readers may not have"
            yield Diagnostic(printable(f"{docs.name}/{path}"), 0, 0, "D859", message, "warning")


def _part(file: Path, kind: str) -> bytes:
    """The bytes to search: of a recording its beginning and end, of other files everything."""
    try:
        with file.open("rb") as source:
            if kind not in {"sound", "film"} or os.fstat(source.fileno()).st_size <= 2 * _EDGE:
                return source.read(kinds.most_bytes(kind))
            start = source.read(_EDGE)
            source.seek(-_EDGE, os.SEEK_END)
            return start + source.read()
    except OSError:
        return b""
