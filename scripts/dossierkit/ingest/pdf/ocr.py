"""Scans: pages as pictures, and the words that Tesseract recognises (extra `ocr`, and the program `tesseract`).

Runs as `python -m dossierkit.ingest.pdf.ocr` in a child process like child.py, because a drawn page can need much memory.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

from dossierkit.ingest.formats import required
from dossierkit.ingest.pdf import process
from dossierkit.ingest.pdf.child import serve
from dossierkit.ingest.refusal import RefusedError

Word = tuple[str, float, float, float, float]
"""What it is, and its box in points from the upper left corner of the page."""
MOST_PAGES = 300
_DPI = 300
_SECONDS = 60  # for each page
_LANGUAGES = ("eng", "fra", "ara", "deu", "spa")
_LEAST = 30.0  # percent; words with less confidence are specks
_REMEDY = (
    "has no text layer (it is a scan): give it one with `ocrmypdf SCAN.pdf TEXT.pdf` and add that, or have it read here: run "
    "`pip install 'dossierkit[ocr]'` and install the program tesseract"
)


def recognised(data: bytes, pages: int) -> list[list[list[Any]]]:
    """Segments for each page, in the form of the child process. Raises RefusedError, with the remedy if OCR is missing."""
    program = shutil.which("tesseract")
    try:
        required("pypdfium2", "ocr")
        required("PIL", "ocr")
    except RefusedError:
        program = None
    if not program:
        raise RefusedError(_REMEDY)
    if pages > MOST_PAGES:
        raise RefusedError(
            f"is a scan of {pages} pages, more than {MOST_PAGES}: split it, or give it a text layer with ocrmypdf"
        )
    found = process.run("dossierkit.ingest.pdf.ocr", data, process.MOST_SECONDS + pages * _SECONDS)
    process.refuse(found)
    return list(found["pages"])


def _segments_of(data: bytes) -> dict[str, Any]:
    """The segments of all pages; a page that cannot be drawn is empty."""
    pdfium = required("pypdfium2", "ocr")
    program = shutil.which("tesseract") or "tesseract"
    languages = _languages(program)
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError:
        return {"refused": "damaged"}
    return {"pages": [_drawn(pdfium, program, languages, document, number) for number in range(count)]}


def _drawn(pdfium: Any, program: str, languages: str, document: Any, number: int) -> list[list[Any]]:  # noqa: ANN401 - pypdfium2
    try:
        return list(_page(program, languages, document[number]))
    except pdfium.PdfiumError:
        return []


def _languages(program: str) -> str:
    listed = subprocess.run(  # noqa: S603 -- the program by its full path
        [program, "--list-langs"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    ).stdout.split()
    return "+".join(one for one in _LANGUAGES if one in listed) or "eng"


def _page(program: str, languages: str, page: Any) -> Iterator[list[Any]]:  # noqa: ANN401 - pypdfium2
    for words in _lines(program, languages, page):
        left, top = min(word[1] for word in words), min(word[2] for word in words)
        right, bottom = max(word[3] for word in words), max(word[4] for word in words)
        yield [
            " ".join(word[0] for word in words),
            *(round(value, 2) for value in (left, top, right, bottom)),
            False,
        ]


def words_of(page: Any) -> list[list[Word]]:  # noqa: ANN401 - pypdfium2
    """The words of a page line by line, positioned on its picture; none without tesseract."""
    program = shutil.which("tesseract")
    return list(_lines(program, _languages(program), page)) if program else []


def _lines(program: str, languages: str, page: Any) -> Iterator[list[Word]]:  # noqa: ANN401 - pypdfium2
    width, height = page.get_size()
    scale = min(_DPI / 72, 5_000 / max(width, height, 1))
    picture = io.BytesIO()
    page.render(scale=scale, grayscale=True).to_pil().save(picture, "PNG")
    command = [
        program,
        "stdin",
        "stdout",
        "-l",
        languages,
        "--psm",
        "3",
        "--dpi",
        str(round(72 * scale)),
        "tsv",
    ]
    try:
        out = subprocess.run(  # noqa: S603 -- the program by its full path
            command, input=picture.getvalue(), capture_output=True, timeout=_SECONDS, check=True
        ).stdout
    except (subprocess.SubprocessError, OSError):
        return
    yield from _table(out.decode("utf-8", "replace"), scale)


def _table(table: str, scale: float) -> Iterator[list[Word]]:
    """The lines of Tesseract's word table."""
    found: dict[tuple[str, ...], list[Word]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if (row.get("text") or "").strip() and float(row["conf"]) >= _LEAST:
            left, top, width, height = (
                float(row[name]) / scale for name in ("left", "top", "width", "height")
            )
            line = found.setdefault((row["block_num"], row["par_num"], row["line_num"]), [])
            line.append((row["text"], left, top, left + width, top + height))
    yield from found.values()


if __name__ == "__main__":
    serve(_segments_of)
