"""Words of a PDF's text layer that a reader of the page does not see; used in the child process, with PDFium.

Words behind a scan are not among them: that is how programs for OCR write what they read.
"""

from __future__ import annotations

from ctypes import addressof, byref, c_uint
from math import hypot
from typing import Any

_TINY = 4.0
"""Points; a smaller letter is not read."""
_LIGHT = 240
"""Of 255: red, green and blue of what does not show on paper."""
_FAINT = 16
_FILLED, _INVISIBLE, _CLIPPING = 0, 3, 7  # ISO 32000-1, table 106
Box = tuple[float, float, float, float]


def unseen(library: Any, page: Any, text: Any) -> str:  # noqa: ANN401 - pypdfium2
    """The words of a page that are tiny, transparent, or white without anything else than white below them.

    `text`: the page's text page.
    """
    raw = library.raw
    found: list[str] = []
    grounds: tuple[list[Box], list[Box]] | None = None
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
            below = grounds[1] if why == "invisible" else [*grounds[0], *grounds[1]]
            if _on(raw, text, index, below):
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


def _grounds(raw: Any, page: Any) -> tuple[list[Box], list[Box]]:  # noqa: ANN401 - pypdfium2
    """The boxes of coloured areas, and of pictures."""
    kinds = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_IMAGE]
    areas: list[Box] = []
    pictures: list[Box] = []
    for one in page.get_objects(filter=kinds, max_depth=4):
        if one.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(one.get_bounds())
        elif one.type == raw.FPDF_PAGEOBJ_SHADING or _coloured(raw, one):
            areas.append(one.get_bounds())
    return areas, pictures


def _coloured(raw: Any, path: Any) -> bool:  # noqa: ANN401 - pypdfium2
    colour = [c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(path, *map(byref, colour)):
        return False
    *light, opacity = (one.value for one in colour)
    return opacity >= _FAINT and min(light) < _LIGHT


def _on(raw: Any, text: Any, index: int, boxes: list[Box]) -> bool:  # noqa: ANN401 - pypdfium2
    """Whether the middle of a character is in one of the boxes."""
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, index, box):
        return True
    across, up = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    return any(left <= across <= right and bottom <= up <= top for left, bottom, right, top in boxes)
