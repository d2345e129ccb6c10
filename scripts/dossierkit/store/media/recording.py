"""Whether a film or recording says where it was made: what phones write into files of the MP4 family (ISO/IEC 14496-12)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from struct import unpack
from typing import BinaryIO

from dossierkit.store.media import kinds

_FAMILY = frozenset({"mp4", "m4v", "m4a", "mov"})
_PLACES = (b"\xa9xyz", b"loci", b"location.ISO6709", b"GPSCoordinates")
"""QuickTime's user data, 3GPP's location box, Apple's metadata keys, Android's."""
_MOST = 64 * 2**20
"""Bytes of one box of metadata that are read; what is longer holds no more places than frames."""
_DATA = frozenset({b"mdat", b"free", b"skip", b"wide", b"ftyp"})


def tells_place(file: Path) -> bool:
    """Whether any of its boxes but the sound and film itself names a place."""
    if kinds.ending(file.name) not in _FAMILY:
        return False
    with file.open("rb") as source:
        return any(place in part for part in _boxes(source) for place in _PLACES)


def _boxes(source: BinaryIO) -> Iterator[bytes]:
    """The boxes on the first level, but those of sound and film. A box that is cut off ends them."""
    at, end = 0, source.seek(0, 2)
    while at + 8 <= end:
        source.seek(at)
        size, name = unpack(">I4s", source.read(8))
        if size == 1:
            size = int.from_bytes(source.read(8), "big")
        elif size == 0:
            size = end - at
        if size < 8:
            return
        if name not in _DATA:
            source.seek(at)
            yield source.read(min(size, _MOST))
        at += size
