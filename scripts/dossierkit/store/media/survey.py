"""All media files below content/: what each is, and what is wrong with it. What was seen before is not opened again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.media import FOLDER, MediaFile
from dossierkit.model.plain import digest, dumps, loads
from dossierkit.store.content import PageFile
from dossierkit.store.media import kinds, raster, recording, svg
from dossierkit.store.media.sizes import fallback, sizes
from dossierkit.text.data import load
from dossierkit.text.printable import printable

_INDEX = "media.json"


class Survey(NamedTuple):
    """`files`: those that are in order, by their path below content/. `problems`: of the others."""

    files: Mapping[str, MediaFile]
    problems: tuple[Diagnostic, ...]


class _Seen(NamedTuple):
    """`code` and `message`: what is wrong with a file, both empty where nothing is."""

    file: MediaFile
    code: str
    message: str


def survey(docs: Path, paths: Iterable[str], folder: Path | None = None) -> Survey:
    """`paths`: those of all files that reach the site, below `docs`. `folder`: where what was seen is kept."""
    listed = sorted(path for path in paths if _concerned(path))
    known = _known(folder) if listed and folder else {}
    found = {path: _seen(docs, path, known) for path in listed}
    if folder and listed:
        _keep(folder, found)
    problems = tuple(
        Diagnostic(printable(f"{docs.name}/{path}"), 0, 0, seen.code, seen.message)
        for path, (_, seen) in found.items()
        if seen.code
    )
    return Survey({path: seen.file for path, (_, seen) in found.items() if not seen.code}, problems)


def _concerned(path: str) -> bool:
    """Whatever lies below media/ and is no page, and pictures and drawings anywhere."""
    kind, _ = kinds.kind_and_type(path)
    return (path.startswith(FOLDER) and not path.endswith(".md")) or kind in {"picture", "drawing"}


def _seen(docs: Path, path: str, known: Mapping[str, Any]) -> tuple[list[int] | None, _Seen]:
    stamp = PageFile(str(docs / path), path).stamp
    told = list(stamp) if stamp else None
    before = known.get(path)
    if told and before and before[0] == told:
        with suppress(TypeError, ValueError, KeyError, IndexError):
            return told, loads(_Seen, before[1].encode())
    return told, _examined(docs / path, path)


def _examined(file: Path, path: str) -> _Seen:
    kind, type_ = kinds.kind_and_type(path)
    size = file.stat().st_size
    found = MediaFile(path, kind, type_, size, "")
    if size > (most := kinds.most_bytes(kind)):
        return _Seen(found, "D854", f"this file has {size:,} bytes: expected at most {most:,} for a {kind}")
    with file.open("rb") as source:
        found = found._replace(digest=hashlib.file_digest(source, "sha256").hexdigest()[:16])
    if kind == "picture":
        return _picture(file, found)
    if kind == "drawing":
        return _drawing(file, found)
    if kind in {"film", "sound"} and recording.tells_place(file):
        message = "this recording says where it was made: take it out with `ffmpeg -i IN -map_metadata -1 -c copy OUT`"
        return _Seen(found, "D856", message)
    return _Seen(found, "", "")


def _picture(file: Path, found: MediaFile) -> _Seen:
    try:
        told = raster.examine(file)
    except raster.RasterError as error:
        return _Seen(found, error.code, str(error))
    found = found._replace(width=told.width, height=told.height)
    if not found.path.startswith(FOLDER) or told.moving:
        return _Seen(found, "", "")
    given = found.path, found.digest, told.width, told.height
    made = found._replace(sizes=sizes(*given), fallback=fallback(*given, see_through=told.see_through))
    return _Seen(made, "", "")


def _drawing(file: Path, found: MediaFile) -> _Seen:
    try:
        width, height = svg.examine(file.read_bytes())
    except svg.DrawingError as error:
        return _Seen(found, "D855", f"this drawing could act: {error}; save it as plain SVG, or as PNG")
    return _Seen(found._replace(width=width, height=height), "", "")


@cache
def _seen_by() -> str:
    """What would see something else in the same file."""
    own = (__file__, raster.__file__, svg.__file__, recording.__file__)
    code = b"".join(Path(file).read_bytes() for file in own) + repr(load("media")).encode()
    return f"{digest(code)} pillow {version('pillow')}"


def _known(folder: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        told = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
        if isinstance(told, dict) and told.get("by") == _seen_by():
            return dict(told["files"])
    return {}


def _keep(folder: Path, found: Mapping[str, tuple[list[int] | None, _Seen]]) -> None:
    files = {path: [stamp, dumps(seen).decode()] for path, (stamp, seen) in found.items() if stamp}
    part = folder / f"{_INDEX}.part"
    with suppress(OSError):
        part.write_text(json.dumps({"by": _seen_by(), "files": files}), encoding="utf-8")
        part.replace(folder / _INDEX)
