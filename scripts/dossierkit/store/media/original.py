"""Originals that readers may get: which file, whether it may be published unchanged, and what it reveals.

A file is published under its SHA-256 or not at all; its name and folder are not part of the site.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.media import ORIGINALS, Original
from dossierkit.model.page import ArticlePage
from dossierkit.store.inside import SEEDS, below, leads_out, real
from dossierkit.store.media import kinds, raster
from dossierkit.text.data import load
from dossierkit.text.printable import printable

FILE, PICTURES = frozenset({"original", "both"}), frozenset({"facsimiles", "both"})
"""The values of `source: publish:` that publish the file, and those that publish pictures of its pages."""
_PDF = b"%PDF-"
_PLACE = 0x8825
"""EXIF's directory of the location (CIPA DC-008, 4.6.3)."""
_EDGE = 2**18
"""Bytes at the beginning and end of a recording, where its tags are."""


class OriginalError(Exception):
    """The original cannot be published; the message says what was found, what was expected, and what to do."""


class Originals(NamedTuple):
    """`files`: originals to publish, by article id. `wrong`: by article id, why an original cannot be published. `drawn`:
    originals of whose pages pictures are published.
    """

    files: Mapping[str, Original]
    wrong: Mapping[str, str]
    drawn: Mapping[str, Original]


def originals(root: Path, articles: Iterable[ArticlePage]) -> Originals:
    """The originals that articles with `source: publish:` publish, without withdrawn articles. `root`: the repository."""
    files: dict[str, Original] = {}
    wrong: dict[str, str] = {}
    drawn: dict[str, Original] = {}
    for page in articles:
        if page.source.publish and page.status != "withdrawn":
            try:
                original = examine(root, page.source.file, page.source.sha256)
                if page.source.publish in FILE:
                    files[page.id] = original
                if page.source.publish in PICTURES:
                    drawn[page.id] = _with_pages(original)
            except (OriginalError, OSError) as error:
                reason = error.strerror if isinstance(error, OSError) else str(error)
                wrong[page.id] = printable(f"the original is not published: {reason}")
    return Originals(files, wrong, drawn)


def _with_pages(original: Original) -> Original:
    if original.kind != "document":
        raise OriginalError(
            f"{original.seed} has no pages that could be drawn: expected a PDF; write `publish: original`, or take `publish` out"
        )
    return original


def examine(root: Path, seed: str, recorded: str) -> Original:
    """The file at a path below seeds/, checked against the recorded SHA-256. Raises OriginalError, OSError."""
    if not seed or not recorded:
        what = "`source` names no `file`" if not seed else f"no `sha256` is recorded for {seed}"
        raise OriginalError(f"{what}: add it, or take `publish` out")
    file = _file(root, seed)
    kind, published = _kind(seed)
    size, most = file.stat().st_size, kinds.most_bytes(kind)
    if size > most:
        raise OriginalError(
            f"{seed} has {size:,} bytes: expected at most {most:,} for a {kind}; take `publish` out"
        )
    data = file.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != recorded.lower():
        raise OriginalError(f"{seed} is not what was added: its SHA-256 is {found}; bring it back from git")
    tells = _examined(file, seed, kind, data)
    return Original(f"{ORIGINALS}{found}.{published}", seed, kind, published.upper(), size, tells)


def _file(root: Path, seed: str) -> Path:
    """The seed's path, checked for links out of seeds/. Raises OriginalError."""
    base = real(root)
    file = os.path.join(base, seed)  # noqa: PTH118 - as `leads_out` takes it
    inside = os.path.join(base, SEEDS, "")  # noqa: PTH118 - as above
    if not below(seed, SEEDS) or leads_out(file, base) or not real(file).startswith(inside):
        raise OriginalError(f"{seed} is not in seeds/, or is a link out of it: put the file itself there")
    if not os.path.isfile(file):  # noqa: PTH113 - as above
        raise OriginalError(f"{seed} is not there: put it back from git")
    return Path(file)


def _kind(seed: str) -> tuple[str, str]:
    """The kind of a file by its ending, and the ending under which it is published. Raises OriginalError."""
    ending = kinds.ending(seed)
    for kind, endings in load("media")["originals"].items():
        if ending in endings:
            return kind, endings[ending]
    raise OriginalError(
        f"{seed} is a kind of file that is not handed to readers as it came, since it could act in their browser or "
        "programs: expected a PDF, a picture or plain text; take `publish` out, or print it to PDF and add that"
    )


def _examined(file: Path, seed: str, kind: str, data: bytes) -> tuple[str, ...]:
    """What the file reveals besides its visible content. Raises OriginalError if its content does not match its name."""
    if kind == "document":
        if not data.startswith(_PDF):
            raise OriginalError(
                f"{seed} is named as a PDF and does not begin as one (`%PDF-`): find out what it is"
            )
        return reveals(data, kind)
    if kind == "picture":
        return _of_picture(file, seed)
    if b"\x00" in data:
        raise OriginalError(f"{seed} is named as text and holds bytes that no text has: find out what it is")
    return ()


def _of_picture(file: Path, seed: str) -> tuple[str, ...]:
    try:
        with raster.opened(file) as picture:
            exif = picture.getexif()
            present = {"the place": bool(exif.get_ifd(_PLACE)), "the camera or its owner": len(exif) > 0}
            more = any(name in picture.info for name in ("xmp", "XML:com.adobe.xmp", "photoshop", "comment"))
            return (
                *(what for what, there in present.items() if there),
                *(("notes of programs",) if more else ()),
            )
    except raster.RasterError as error:
        raise OriginalError(f"{seed}: {error}") from None


def reveals(data: bytes, kind: str) -> tuple[str, ...]:
    """What the data reveals, in words. `kind`: see `model.media.MediaFile`; for kinds that are not listed, nothing is known."""
    listed = load("media")["tells"].get(kind, {})
    return tuple(what for what, signs in listed.items() if any(sign.encode() in data for sign in signs))


def revealing_media(docs: Path, paths: Iterable[str]) -> Iterator[Diagnostic]:
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
