"""Child process that opens a PDF with PDFium, so that crashes and excessive memory stay in it.

`python -m dossierkit.ingest.pdf.child` reads the bytes from standard input and writes JSON: {"pages": [...], "info":
{...}} or {"refused": why}. A page is {"width", "height", "pictures", "segments", "unseen"}, the last the words that a
reader of the page does not see; a segment is [text, left, top,
right, bottom, bold], in points from the upper left corner of the page turned so that its text is upright.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from math import pi
from typing import Any

from dossierkit.ingest.pdf.unseen import unseen

Character = tuple[str, float, float, float, float, bool]
"""What it is, its box as of a segment, and whether it is bold."""
MOST_PAGES = 3_000
MOST_CHARS = 8_000_000
MEMORY = 3_000_000_000
"""Bytes of address space that the process may use."""
_GAP = 1.4  # of a line's height; a wider gap separates columns or cells
_SIDEWAYS = 0.2  # radians
_QUARTER = pi / 2


def bounded() -> None:
    """Limit memory, if the system can."""
    try:
        import resource  # noqa: PLC0415 -- not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        return


def contents(data: bytes) -> dict[str, Any]:
    """The contents of the PDF."""
    import pypdfium2  # noqa: PLC0415 -- an extra

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        return {"refused": "encrypted" if "password" in str(error).lower() else "damaged"}
    if count > MOST_PAGES:
        return {"refused": "long", "pages": count}
    pages: list[dict[str, Any]] = []
    chars = 0
    for number in range(count):
        page = _page(pypdfium2, document, number)
        pages.append(page)
        chars += sum(len(one[0]) for one in page["segments"])
        if chars > MOST_CHARS:
            return {"refused": "long", "pages": count}
    return {
        "pages": pages,
        "info": document.get_metadata_dict(skip_empty=True),
        "lang": _lang(pypdfium2, document),
    }


def _lang(library: Any, document: Any) -> str:  # noqa: ANN401 - pypdfium2
    from ctypes import POINTER, byref, c_ushort, cast, create_string_buffer  # noqa: PLC0415

    ask = getattr(library.raw, "FPDFCatalog_GetLanguage", None)
    if ask is None:
        return ""
    buffer = create_string_buffer(200)
    size = ask(document, cast(byref(buffer), POINTER(c_ushort)), 200)
    return buffer.raw[: max(0, min(size, 200) - 2)].decode("utf-16-le", "ignore")


def _page(library: Any, document: Any, number: int) -> dict[str, Any]:  # noqa: ANN401 - pypdfium2
    try:
        page = document[number]
        read = Upright(library, page)
        found = [segment for run in read.runs() for segment in _segment(run)]
        pictures = sum(1 for _ in page.get_objects(filter=[library.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4))
        hidden = unseen(library, page, read.text)
        page.close()
    except library.PdfiumError:
        return {"width": 0, "height": 0, "pictures": 0, "segments": [], "unseen": "", "broken": True}
    width, height = read.size
    return {"width": width, "height": height, "pictures": pictures, "segments": found, "unseen": hidden}


class Upright:
    """A page turned so that most of its text is upright; some are stored or even displayed sideways."""

    def __init__(self, library: Any, page: Any) -> None:  # noqa: ANN401 - pypdfium2
        self._raw, self._page, self._text = library.raw, page, page.get_textpage()
        self._rotation = page.get_rotation()
        width, height = page.get_size()
        self._plain = (height, width) if self._rotation in {90, 270} else (width, height)
        self._turn = self._upright()

    @property
    def text(self) -> Any:  # noqa: ANN401 - pypdfium2
        """The page's text page."""
        return self._text

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        width, height = self._plain
        return (height, width) if self._turn in {90, 270} else (width, height)

    def runs(self) -> Iterator[list[Character]]:
        """Runs of characters on one line, split at gaps between columns or cells."""
        return ([self._boxed(one, self._turn) for one in run] for run in self._runs())

    def runs_as_seen(self) -> Iterator[list[Character]]:
        """The same, with boxes on the page as displayed."""
        return ([self._boxed(one, self._rotation) for one in run] for run in self._runs())

    def _upright(self) -> int:
        """The clockwise rotation that makes the text upright."""
        quarters = Counter(
            round(angle / _QUARTER) % 4
            for index in range(self._raw.FPDFText_CountChars(self._text))
            if not self._raw.FPDFText_IsGenerated(self._text, index)
            and (angle := self._raw.FPDFText_GetCharAngle(self._text, index)) >= 0
        )
        most = max(quarters, key=lambda one: (quarters[one], -one)) if quarters else 0
        return (4 - most) % 4 * 90 if quarters else self._rotation

    def _runs(self) -> Iterator[list[Character]]:
        run: list[Character] = []
        last: list[Character] = []
        for character in self._characters():
            upright = character and self._boxed(character, self._turn)
            if run and (upright is None or _apart(last, upright)):
                yield run
                run, last = [], []
            if character is not None and upright is not None:
                run.append(character)
                last.append(upright)
        if run:
            yield run

    def _boxed(self, character: Character, turn: int) -> Character:
        char, left, top, right, bottom, bold = character
        return (char, *_turned((left, top, right, bottom), turn, *self._plain), bold)

    def _characters(self) -> Iterator[Character | None]:
        """Each character with its box on the page as stored, and whether it is bold; None at the end of a line."""
        raw, text = self._raw, self._text
        left, bottom, right, top = self._page.get_cropbox()
        upright = (360 - self._turn) % 360 / 90 * _QUARTER
        box = raw.FS_RECTF()
        for index in range(raw.FPDFText_CountChars(text)):
            code = raw.FPDFText_GetUnicode(text, index)
            if code in {10, 13}:
                yield None
                continue
            if not raw.FPDFText_GetLooseCharBox(text, index, box):
                continue
            if not (left - 1 <= box.left <= right + 1 and bottom - 1 <= box.bottom <= top + 1):
                continue
            angle = raw.FPDFText_GetCharAngle(text, index)
            if not raw.FPDFText_IsGenerated(text, index) and angle >= 0 and _sideways(angle - upright):
                continue
            char = "\u00ad" if code in {2, 0xFFFE} else chr(code) if code < 0x110000 else ""
            edges = (box.left - left, top - box.top, box.right - left, top - box.bottom)
            yield (char, *edges, raw.FPDFText_GetFontWeight(text, index) >= 600)


def _apart(run: list[Character], character: Character) -> bool:
    last = next((back for back in reversed(run) if not back[0].isspace()), run[-1])
    if character[0].isspace():
        return False
    line = max(last[4] - last[2], 1.0)
    gap = max(character[1] - last[3], last[1] - character[3])
    middle = (character[2] + character[4]) / 2
    return gap > _GAP * line or not last[2] - line * 0.6 < middle < last[4] + line * 0.6


def _segment(run: list[Character]) -> Iterator[list[Any]]:
    inked = [one for one in run if not one[0].isspace()]
    if inked:
        text = "".join(one[0] for one in run).encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
        bold = sum(one[5] for one in inked) * 2 > len(inked)
        # The average middle: a letter in another font, or a raised figure, does not make a line taller.
        top = sorted(one[2] for one in inked)[len(inked) // 2]
        bottom = sorted(one[4] for one in inked)[len(inked) // 2]
        box = (min(one[1] for one in inked), top, max(one[3] for one in inked), bottom)
        yield [text.strip(), *(round(value, 2) for value in box), bold]


def _sideways(angle: float) -> bool:
    return _SIDEWAYS < angle % (4 * _QUARTER) < 4 * _QUARTER - _SIDEWAYS


def _turned(
    edges: tuple[float, float, float, float], turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """A box after turning a page of this size clockwise."""
    left, top, right, bottom = edges
    if turn == 90:
        return height - bottom, left, height - top, right
    if turn == 180:
        return width - right, height - bottom, width - left, height - top
    if turn == 270:
        return top, width - right, bottom, width - left
    return edges


def serve(answer: Callable[[bytes], dict[str, Any]]) -> None:
    """Read standard input, write the answer as JSON, and exit; within the limits of `bounded`."""
    bounded()
    try:
        found = answer(sys.stdin.buffer.read())
    except MemoryError:
        found = {"refused": "memory"}
    sys.stdout.buffer.write(json.dumps(found).encode("ascii"))


if __name__ == "__main__":
    serve(contents)
