"""The lines of a page in reading order, with columns found by white space.

Recursive XY-cut (Nagy and Seth 1984): a region is cut along a vertical gutter with text on both sides, else along a
horizontal white strip, else read line by line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

_GUTTER = 0.7  # of a line's height
_FEWEST_LINES = 3
_COLUMN_CHARS = 11  # characters in a column's usual line; shorter ones are cells
_SAME_ROW = 0.5


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text, or its part in one column. In points from the upper left corner of the page.

    `cells`: number of pieces of a row (of a table) that it was joined from.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    bold: bool = False
    block: int = 0
    cells: int = 1

    @property
    def height(self) -> float:
        return self.bottom - self.top


def ordered(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines in reading order; `block` counts the regions, each a column or part of one."""
    blocks = _regions(list(lines), 0)
    return [replace(line, block=number) for number, block in enumerate(blocks) for line in block]


def _regions(lines: list[TextLine], depth: int) -> list[list[TextLine]]:
    if len(lines) < 2 or depth > 40:
        return [_rows(lines)] if lines else []
    at = _gutter(lines)
    if at is not None:
        sides = [line for line in lines if line.left < at], [line for line in lines if line.left >= at]
        if _right_to_left(lines):
            sides = sides[::-1]
        return [region for side in sides for region in _regions(side, depth + 1)]
    cut = _strip(lines)
    if cut is None:
        return [_rows(lines)]
    parts = [line for line in lines if line.top < cut], [line for line in lines if line.top >= cut]
    return [region for part in parts for region in _regions(part, depth + 1)]


def _gutter(lines: Sequence[TextLine]) -> float | None:
    """The left edge of a second column; None if there is one column."""
    size = _usual([line.height for line in lines])
    holes = _holes([(line.left, line.right) for line in lines], _GUTTER * size)
    for _, right in sorted(holes, key=lambda hole: hole[0] - hole[1]):
        before = [line for line in lines if line.left < right]
        after = [line for line in lines if line.left >= right]
        if _is_column(before) and _is_column(after) and _beside(before, after):
            return right
    return None


def _is_column(lines: Sequence[TextLine]) -> bool:
    return len(lines) >= _FEWEST_LINES and _usual([float(len(line.text)) for line in lines]) >= _COLUMN_CHARS


def _beside(one: Sequence[TextLine], other: Sequence[TextLine]) -> bool:
    """Whether two regions are side by side for some lines."""
    top, bottom = (
        max(min(a.top for a in part) for part in (one, other)),
        min(max(a.bottom for a in part) for part in (one, other)),
    )
    return bottom - top > 2 * _usual([a.height for a in one])


def _strip(lines: Sequence[TextLine]) -> float | None:
    """The height at which to cut a region horizontally: where columns separate, else at its widest strip if it is wide."""
    holes = _holes([(line.top, line.bottom) for line in lines], 0.0)
    for _, bottom in holes:
        for part in (
            [line for line in lines if line.top >= bottom],
            [line for line in lines if line.top < bottom],
        ):
            if len(part) > 2 * _FEWEST_LINES and _gutter(part) is not None:
                return bottom
    size = _usual([line.height for line in lines])
    wide = [(top - bottom, bottom) for top, bottom in holes if bottom - top > 1.2 * size]
    return min(wide)[1] if wide else None


def _holes(spans: Sequence[tuple[float, float]], least: float) -> list[tuple[float, float]]:
    """The gaps between spans, in order."""
    found: list[tuple[float, float]] = []
    end: float | None = None
    for begin, stop in sorted(spans):
        if end is not None and begin - end > least:
            found.append((end, begin))
        end = stop if end is None else max(end, stop)
    return found


def _rows(lines: list[TextLine]) -> list[TextLine]:
    """Line by line; pieces of one row form one line."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda one: (one.top + one.bottom, one.left)):
        last = rows[-1][-1] if rows else None
        middle = (line.top + line.bottom) / 2
        if last and abs(middle - (last.top + last.bottom) / 2) < _SAME_ROW * min(line.height, last.height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(sorted(row, key=lambda text_line: text_line.left)) for row in rows]


def _joined(row: list[TextLine]) -> TextLine:
    if len(row) == 1:
        return row[0]
    parts = row[::-1] if _right_to_left(row) else row
    return TextLine(
        " ".join(part.text for part in parts),
        min(one.left for one in row),
        min(one.top for one in row),
        max(line.right for line in row),
        max(line.bottom for line in row),
        all(line.bold for line in row),
        cells=len(row),
    )


def _right_to_left(lines: Sequence[TextLine]) -> bool:
    letters = [char for line in lines for char in line.text[:200] if char.isalpha()]
    return sum("\u0590" <= char <= "\u08ff" for char in letters) * 2 > len(letters)


def _usual(values: Sequence[float]) -> float:
    """The median."""
    return sorted(values)[len(values) // 2] if values else 0.0
