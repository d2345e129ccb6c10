"""Words of a PDF's text layer that a reader of the page does not see; used in the child process, with PDFium.

Words behind a scan are not among them: that is how programs for OCR write what they read.
"""

from __future__ import annotations

from collections.abc import Iterable
from ctypes import addressof, byref, c_uint
from math import hypot
from typing import Any

_TINY = 4.0
"""Points; a smaller letter is not read."""
_LIGHT = 240
"""Of 255: red, green and blue of what does not show on paper."""
_FAINT = 16
_FILLED, _INVISIBLE, _CLIPPING = 0, 3, 7  # ISO 32000-1, table 106
_CELLS = 512
"""Rows and columns into which a page is divided: a page can have as many coloured areas as words."""
Box = tuple[float, float, float, float]


class _Ground:
    """The cells of a page whose middle is in one of the boxes. `whole`: the page's own box."""

    def __init__(self, boxes: Iterable[Box], whole: Box) -> None:
        self._left, self._bottom, right, top = whole
        self._across = _CELLS / max(right - self._left, 1.0)
        self._up = _CELLS / max(top - self._bottom, 1.0)
        self._rows = [bytearray(_CELLS) for _ in range(_CELLS)]
        for left, bottom, right, top in dict.fromkeys(boxes):
            first, last = _between((left - self._left) * self._across, (right - self._left) * self._across)
            low, high = _between((bottom - self._bottom) * self._up, (top - self._bottom) * self._up)
            for row in self._rows[low:high]:
                row[first:last] = b"\1" * (last - first)

    def at(self, across: float, up: float) -> bool:
        """Whether a point of the page is on the ground."""
        column = int((across - self._left) * self._across)
        row = int((up - self._bottom) * self._up)
        return 0 <= column < _CELLS and 0 <= row < _CELLS and bool(self._rows[row][column])


def _between(begin: float, end: float) -> tuple[int, int]:
    """The cells whose middle is between two places."""
    first, last = (min(max(round(one), 0), _CELLS) for one in (begin, end))
    return first, max(first, last)


def unseen(library: Any, page: Any, text: Any) -> str:  # noqa: ANN401 - pypdfium2
    """The words of a page that are tiny, transparent, or white without anything else than white below them.

    `text`: the page's text page.
    """
    raw = library.raw
    found: list[str] = []
    grounds: tuple[_Ground, _Ground] | None = None
    last, why = None, ""
    for index in range(raw.FPDFText_CountChars(text)):
        item = raw.FPDFText_GetTextObject(text, index)
        if not item:
            found.append(" ")
            continue
        if addressof(item.contents) != last:
            last, why = addressof(item.contents), _why(raw, text, index, item)
            found.append(" ")
        if why in {"white", "invisible"}:
            grounds = grounds or _grounds(raw, page)
            if _on(raw, text, index, grounds[why == "invisible"]):
                continue
        code = raw.FPDFText_GetUnicode(text, index)
        if why and code < 0x110000:
            found.append(chr(code))
    return " ".join("".join(found).encode("utf-16", "surrogatepass").decode("utf-16", "ignore").split())


def _why(raw: Any, text: Any, index: int, item: Any) -> str:  # noqa: ANN401 - pypdfium2
    """Why a reader does not see a character: "tiny", "faint", "white" or "invisible"; "" if there is no reason."""
    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(text, index, byref(matrix)):
        size = raw.FPDFText_GetFontSize(text, index) * hypot(matrix.c, matrix.d)
        if size < _TINY:
            return "tiny"
    mode = raw.FPDFTextObj_GetTextRenderMode(item)
    if mode in {_INVISIBLE, _CLIPPING}:
        return "invisible"
    colour = [c_uint() for _ in range(4)]
    if mode != _FILLED or not raw.FPDFText_GetFillColor(text, index, *map(byref, colour)):
        return ""
    *light, opacity = (one.value for one in colour)
    if opacity < _FAINT:
        return "faint"
    return "white" if min(light) >= _LIGHT else ""


def _grounds(raw: Any, page: Any) -> tuple[_Ground, _Ground]:  # noqa: ANN401 - pypdfium2
    """Where coloured areas and pictures are, and where pictures are."""
    kinds = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_IMAGE]
    areas: list[Box] = []
    pictures: list[Box] = []
    for one in page.get_objects(filter=kinds, max_depth=4):
        if one.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(one.get_bounds())
        elif one.type == raw.FPDF_PAGEOBJ_SHADING or _coloured(raw, one):
            areas.append(one.get_bounds())
    whole = page.get_mediabox()
    return _Ground([*areas, *pictures], whole), _Ground(pictures, whole)


def _coloured(raw: Any, path: Any) -> bool:  # noqa: ANN401 - pypdfium2
    colour = [c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(path, *map(byref, colour)):
        return False
    *light, opacity = (one.value for one in colour)
    return opacity >= _FAINT and min(light) < _LIGHT


def _on(raw: Any, text: Any, index: int, ground: _Ground) -> bool:  # noqa: ANN401 - pypdfium2
    """Whether the middle of a character is on the ground."""
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, index, box):
        return True
    return ground.at((box.left + box.right) / 2, (box.bottom + box.top) / 2)
