"""Child process that reports character positions on pages, and draws pages.

`python -m dossierkit.ingest.pdf.facsimile_child` reads a line of JSON and then the bytes of a PDF from standard
input, and writes JSON. {"read": [numbers]} is answered by {"pages": {number: {"width", "height", "runs"}}}: sizes in
points of the page as displayed, and runs of [character, left, top, right, bottom]. {"draw": [[number, width,
height]]}, in pixels, is answered by {"pictures": {number: WebP in base 64}}. Missing or unreadable pages are left
out.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from typing import Any

from dossierkit.ingest.pdf import child, ocr

_FEWEST = 25  # characters; a page with fewer is treated as a scan
_QUALITIES = (75, 60, 45, 30)
_MOST_BYTES = 300_000
"""Of a picture: a lower quality is taken for what has more."""


def answer(question: dict[str, Any], data: bytes) -> dict[str, Any]:
    """The answer to a request about a PDF."""
    import pypdfium2  # noqa: PLC0415 -- an extra

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return {"refused": "damaged"}
    pages: dict[int, Any] = {}
    pictures: dict[int, str] = {}
    for number, page in _pages(pypdfium2, document, question.get("read", ())):
        pages[number] = _read(pypdfium2, page)
    for number, width, height in question.get("draw", ()):
        for _, page in _pages(pypdfium2, document, (number,)):
            pictures[number] = base64.b64encode(_drawn(page, width, height)).decode("ascii")
    return {"pages": pages, "pictures": pictures}


def _pages(library: Any, document: Any, numbers: Any) -> Iterator[tuple[int, Any]]:  # noqa: ANN401 - pypdfium2
    for number in numbers:
        if 1 <= number <= len(document):
            try:
                page = document[number - 1]
            except library.PdfiumError:
                continue
            yield number, page
            page.close()


def _read(library: Any, page: Any) -> dict[str, Any]:  # noqa: ANN401 - pypdfium2
    width, height = page.get_size()
    runs: list[list[list[Any]]] = [
        [[char, *_rounded(box)] for char, *box, _ in run]
        for run in child.Upright(library, page).runs_as_seen()
    ]
    if sum(not one[0].isspace() for run in runs for one in run) < _FEWEST:
        runs = [[glyph for word in line for glyph in _glyphs(word)] for line in ocr.words_of(page)] or runs
    return {"width": width, "height": height, "runs": runs}


def _glyphs(word: ocr.Word) -> Iterator[list[Any]]:
    """The letters of a recognised word, assumed equally wide."""
    text, left, top, right, bottom = word
    step = (right - left) / len(text)
    for number, char in enumerate(text):
        yield [char, *_rounded([left + number * step, top, left + (number + 1) * step, bottom])]


def _rounded(box: list[float]) -> list[float]:
    return [round(value, 2) for value in box]


def _drawn(page: Any, width: int, height: int) -> bytes:  # noqa: ANN401 - pypdfium2
    from PIL import Image  # noqa: PLC0415 -- heavy

    across, _ = page.get_size()
    picture = page.render(scale=width / across).to_pil().convert("RGB")
    if picture.size != (width, height):
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    made = b""
    for quality in _QUALITIES:
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=quality, method=4)
        made = out.getvalue()
        if len(made) <= _MOST_BYTES:
            break
    return made


def _answer(asked: bytes) -> dict[str, Any]:
    question, _, data = asked.partition(b"\n")
    return answer(json.loads(question), data)


if __name__ == "__main__":
    child.serve(_answer)
