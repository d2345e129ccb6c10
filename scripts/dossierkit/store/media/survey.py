"""Examines all media files below content/, and reports their problems. Unchanged files are not opened again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from struct import unpack
from typing import Any, BinaryIO, NamedTuple

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.media import FOLDER, MediaFile, MediaSize
from dossierkit.model.plain import digest, dumps, loads
from dossierkit.store.content import PageFile
from dossierkit.store.media import embedded, kinds, pixels, raster, svg
from dossierkit.text.data import load
from dossierkit.text.printable import printable

_INDEX = "media.json"
_PLACE = f"{FOLDER}sizes/"
_NEAR = 1.25
"""If a picture is less than a quarter wider than a size, its own width is offered instead of that size."""
_FAMILY = frozenset({"mp4", "m4v", "m4a", "mov"})
_PLACES = (b"\xa9xyz", b"loci", b"location.ISO6709", b"GPSCoordinates")
"""QuickTime's user data, 3GPP's location box, Apple's metadata keys, Android's."""
_MOST = 64 * 2**20
"""The most bytes read of a metadata box; longer boxes contain positions of frames, not locations."""
_DATA = frozenset({b"mdat", b"free", b"skip", b"wide", b"ftyp"})


class Survey(NamedTuple):
    """`files`: the valid media files, by their path below content/. `problems`: of the others."""

    files: Mapping[str, MediaFile]
    problems: tuple[Diagnostic, ...]


class _Examined(NamedTuple):
    """The result for one file. `code` and `message`: its problem, empty without one."""

    file: MediaFile
    code: str
    message: str


def survey(docs: Path, paths: Iterable[str], folder: Path) -> Survey:
    """Examine media files. `paths`: all files that reach the site, below `docs`. `folder`: where results are cached."""
    listed = sorted(path for path in paths if _concerned(path))
    known = _known(folder) if listed else {}
    found = {path: _examined_before(docs, path, known) for path in listed}
    if listed:
        _keep(folder, found)
    problems = tuple(
        Diagnostic(printable(f"{docs.name}/{path}"), 0, 0, result.code, result.message)
        for path, (_, result) in found.items()
        if result.code
    )
    return Survey({path: result.file for path, (_, result) in found.items() if not result.code}, problems)


def _concerned(path: str) -> bool:
    """Whether the file is below media/ and not a page, or a picture or drawing anywhere."""
    kind, _ = kinds.kind_and_type(path)
    return (path.startswith(FOLDER) and not path.endswith(".md")) or kind in {"picture", "drawing"}


def _examined_before(docs: Path, path: str, known: Mapping[str, Any]) -> tuple[list[int] | None, _Examined]:
    stamp = PageFile(str(docs / path), path).stamp
    current = list(stamp) if stamp else None
    before = known.get(path)
    if current and before and before[0] == current:
        with suppress(TypeError, ValueError, KeyError, IndexError):
            return current, loads(_Examined, before[1].encode())
    return current, _examined(docs / path, path)


def _examined(file: Path, path: str) -> _Examined:
    kind, type_ = kinds.kind_and_type(path)
    size = file.stat().st_size
    found = MediaFile(path, kind, type_, size, "")
    if size > (most := kinds.most_bytes(kind)):
        return _Examined(
            found, "D854", f"this file has {size:,} bytes: expected at most {most:,} for a {kind}"
        )
    with file.open("rb") as source:
        found = found._replace(digest=hashlib.file_digest(source, "sha256").hexdigest()[:16])
    if kind == "picture":
        return _picture(file, found)
    if kind == "drawing":
        return _drawing(file, found)
    if kind in {"film", "sound"} and _tells_place(file):
        message = "this recording says where it was made: take it out with `ffmpeg -i IN -map_metadata -1 -c copy OUT`"
        return _Examined(found, "D856", message)
    return _Examined(found, "", "")


def _picture(file: Path, found: MediaFile) -> _Examined:
    try:
        image = raster.examine(file)
    except raster.RasterError as error:
        return _Examined(found, error.code, str(error))
    found = found._replace(width=image.width, height=image.height)
    if not found.path.startswith(FOLDER) or image.moving:
        return _Examined(found, "", "")
    given = found.path, found.digest, image.width, image.height
    made = found._replace(sizes=_sizes(*given), fallback=_fallback(*given, see_through=image.see_through))
    return _Examined(made, "", "")


def _drawing(file: Path, found: MediaFile) -> _Examined:
    try:
        width, height = svg.examine(file.read_bytes())
    except svg.DrawingError as error:
        return _Examined(
            found, "D855", f"this drawing cannot be published: {error}; save it as plain SVG, or as PNG"
        )
    return _Examined(found._replace(width=width, height=height), "", "")


@cache
def _examiner() -> str:
    """A digest of everything besides the file that results depend on."""
    own = (__file__, raster.__file__, svg.__file__, pixels.__file__, embedded.__file__)
    code = b"".join(Path(file).read_bytes() for file in own) + repr(load("media")).encode()
    return f"{digest(code)} pillow {version('pillow')}"


def _known(folder: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        index = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
        if isinstance(index, dict) and index.get("by") == _examiner():
            return dict(index["files"])
    return {}


def _keep(folder: Path, found: Mapping[str, tuple[list[int] | None, _Examined]]) -> None:
    files = {path: [stamp, dumps(result).decode()] for path, (stamp, result) in found.items() if stamp}
    part = folder / f"{_INDEX}.part"
    with suppress(OSError):
        part.write_text(json.dumps({"by": _examiner(), "files": files}), encoding="utf-8")
        part.replace(folder / _INDEX)


def _sizes(path: str, digest: str, width: int, height: int) -> tuple[MediaSize, ...]:
    """The sizes in which a picture is offered: WebP, the narrowest first; never wider than the picture."""
    stem = _stem(path, digest)
    return tuple(_size(f"{stem}-{one}.webp", one, width, height) for one in _widths(width))


def _fallback(path: str, digest: str, width: int, height: int, *, see_through: bool) -> MediaSize:
    """The fallback size: JPEG, or PNG for a picture with transparency."""
    wide = min(width, kinds.limit("fallback"))
    return _size(f"{_stem(path, digest)}-{wide}.{'png' if see_through else 'jpg'}", wide, width, height)


def _widths(width: int) -> tuple[int, ...]:
    offered = [one for one in kinds.widths() if one * _NEAR < width]
    widest = kinds.widths()[-1]
    return (*offered, *([width] if width <= widest * _NEAR else []))


def _size(path: str, wide: int, width: int, height: int) -> MediaSize:
    return MediaSize(path, wide, max(1, (height * wide + width // 2) // width))


def _stem(path: str, digest: str) -> str:
    return f"{_PLACE}{path.removeprefix(FOLDER).rpartition('.')[0]}-{digest[:8]}"


def _tells_place(file: Path) -> bool:
    """Whether a file of the MP4 family (ISO/IEC 14496-12) contains its location, as phones write it, outside its media data."""
    if kinds.ending(file.name) not in _FAMILY:
        return False
    with file.open("rb") as source:
        return any(place in part for part in _boxes(source) for place in _PLACES)


def _boxes(source: BinaryIO) -> Iterator[bytes]:
    """The boxes of the first level, without those of sound and film. A truncated box ends them."""
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
