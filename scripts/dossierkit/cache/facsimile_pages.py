"""Facsimiles made from the pages of an original: positions of quotes on them, and pictures of them."""

from __future__ import annotations

import base64
import hashlib
import math
import shutil
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from dossierkit.cache.files import whole
from dossierkit.ingest.pdf import child, facsimile_child, ocr, places, process
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.facsimile import Box, Facsimile, Quoted
from dossierkit.model.media import Original

MOST = 100
"""Facsimiles of one article."""
_WIDTH, _HEIGHT = 1_100, 1_600
"""Pixels that a picture has at most: a page of A4 or Letter can be read at that."""
_SECONDS = 60.0
"""For a page, on top of those for the document: one that is a scan is read anew."""


class _Page(NamedTuple):
    """A page as displayed. `scale`: pixels of its picture for each point."""

    width: int
    height: int
    scale: float


def found(root: Path, original: Original, quotes: Sequence[Quoted]) -> dict[str, Any]:
    """By page its size in pixels and the marks, and what is missing, as JSON values. Raises RefusedError."""
    known = [quote for quote in quotes if quote.page]
    missing = [(quote.id, _NO_PAGE) for quote in quotes if not quote.page]
    read = _read_for((root / original.seed).read_bytes(), known) if known else {}
    pages: dict[int, dict[str, Any]] = {}
    for quoted in known:
        found = _places(read, quoted)
        numbers = dict.fromkeys(place.page for place in found)
        if not found or len(pages.keys() | numbers) > MOST:
            missing.append((quoted.id, _MANY if found else _NOT_THERE.format(page=quoted.page)))
            continue
        for number in numbers:
            size = _size(read[str(number)])
            page = pages.setdefault(number, {"size": size[:2], "marks": []})
            boxes = [_box(place, size) for place in found if place.page == number]
            page["marks"].append([quoted.id, boxes, number == found[0].page])
    return {"pages": {number: pages[number] for number in sorted(pages)}, "missing": missing}


def _read_for(data: bytes, quotes: Sequence[Quoted]) -> dict[str, Any]:
    """The pages on which quotes are known to begin, and those after them where a quote goes on."""
    read = _read(data, {quoted.page for quoted in quotes})
    further = {quoted.page + 1 for quoted in quotes if not _places(read, quoted)}
    return read | _read(data, {number for number in further if str(number) not in read})


_NO_PAGE = "it is not known on which page it stands: add `pages:` to `source:`, as `dossier add` writes it"
_NOT_THERE = "its words were not found on page {page} of the original, nor from there to the next: compare the two, and correct the quote or `pages:`"
_MANY = f"an article has at most {MOST} pictures: publish the original itself (`publish: original`)"


def _read(data: bytes, numbers: Collection[int]) -> dict[str, Any]:
    if not numbers:
        return {}
    seconds = process.MOST_SECONDS + _SECONDS * len(numbers)
    return dict(process.asked({"read": sorted(numbers)}, data, seconds)["pages"])


def _places(read: Mapping[str, Any], quoted: Quoted) -> tuple[places.Place, ...]:
    """Positions on the page on which the words are known to begin, else on that page and the next."""
    first, second = (
        [
            places.GlyphRun(number, tuple(places.Glyph(*glyph) for glyph in run))
            for run in read.get(str(number), {}).get("runs", ())
        ]
        for number in (quoted.page, quoted.page + 1)
    )
    found = places.Runs(first).places(quoted.words, quoted.before, quoted.after)
    return found or tuple(
        sorted(
            places.Runs(first + second).places(quoted.words, quoted.before, quoted.after),
            key=lambda at: at.page,
        )
    )


def _size(page: Mapping[str, Any]) -> _Page:
    """The size of a picture of the page."""
    width, height = max(1.0, float(page["width"])), max(1.0, float(page["height"]))
    scale = min(_WIDTH / width, _HEIGHT / height)
    return _Page(max(1, math.ceil(width * scale)), max(1, math.ceil(height * scale)), scale)


def _box(place: places.Place, page: _Page) -> Box:
    """A box with a margin, within the picture."""
    room = 0.1 * min(place.bottom - place.top, place.right - place.left)
    left, top = (max(0, math.floor((value - room) * page.scale)) for value in (place.left, place.top))
    right = min(page.width, math.ceil((place.right + room) * page.scale))
    bottom = min(page.height, math.ceil((place.bottom + room) * page.scale))
    return Box(left, top, max(1, right - left), max(1, bottom - top))


def draw(data: bytes, wanted: Sequence[tuple[Path, Facsimile]]) -> None:
    numbers = [[facsimile.page, facsimile.width, facsimile.height] for _, facsimile in wanted]
    made = process.asked({"draw": numbers}, data, process.MOST_SECONDS + _SECONDS * len(numbers))["pictures"]
    for file, facsimile in wanted:
        if str(facsimile.page) not in made:
            raise RefusedError(
                f"page {facsimile.page} of {facsimile.seed} cannot be drawn: take `publish` out"
            )
        with whole(file) as part:
            part.write(base64.b64decode(made[str(facsimile.page)]))


@cache
def maker() -> str:
    """Versions of libraries, and their use, on which results depend."""
    from PIL import __version__, features  # noqa: PLC0415 -- heavy

    try:
        pdfium = metadata.version("pypdfium2")
    except metadata.PackageNotFoundError:
        pdfium = "none"
    own = (
        hashlib.sha256(Path(str(module.__file__)).read_bytes()).hexdigest()
        for module in (child, facsimile_child, ocr, places)
    )
    scans = "tesseract" if shutil.which("tesseract") else ""
    return " ".join((pdfium, __version__, str(features.version("webp")), scans, *own))
