"""Lines in reading order -> headings and paragraphs: lines and hyphenated words joined, page breaks kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dossierkit.ingest.pdf.layout import TextLine
from dossierkit.model.source import Mark, inked

BREAK = "\x1e"
"""Stands before the first character of a page while paragraphs are made; `clean` has removed it from any text."""
_HYPHENS = "-\u2010\u00ad"
_ENDS = re.compile(r"[.!?:؟。…][\"'”’»)\]]*\Z")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LIST = re.compile(r"(?:[•▪◦‣–—·*-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])(?=\s)")
_LARGER = 1.15


@dataclass(frozen=True, slots=True)
class PdfParagraph:
    """Text on one line. `level`: of a heading, 0 for a paragraph."""

    text: str
    level: int = 0


def paragraphs(pages: Sequence[Sequence[TextLine]]) -> list[PdfParagraph]:
    """The paragraphs of all pages, with BREAK where a page begins."""
    pages = _plain_where_all_is_bold(pages)
    size = _usual_height(pages)
    gap = _usual_gap(pages, size)
    words = _words(line.text for lines in pages for line in lines)
    runs: list[list[TextLine]] = []
    for lines in pages:
        marked = [_begun(line) if not number else line for number, line in enumerate(lines)]
        for line in marked:
            if runs and _goes_on(runs[-1], line, lines, (size, gap)):
                runs[-1].append(line)
            else:
                runs.append([line])
    return [PdfParagraph(_joined(run, words), _level(run, size)) for run in runs]


def marks(found: Iterable[PdfParagraph], pages: Sequence[int]) -> tuple[list[PdfParagraph], tuple[Mark, ...]]:
    """The paragraphs without BREAK, and the offsets at which pages of these numbers begin."""
    numbers = iter(pages)
    made: list[Mark] = []
    clean: list[PdfParagraph] = []
    at = 0
    for paragraph in found:
        first, *rest = paragraph.text.split(BREAK)
        at += inked(first)
        for part in rest:
            made.append(Mark(at, str(next(numbers))))
            at += inked(part)
        clean.append(PdfParagraph("".join([first, *rest]).strip(), paragraph.level))
    return [paragraph for paragraph in clean if paragraph.text], tuple(made)


def _begun(line: TextLine) -> TextLine:
    return replace(line, text=BREAK + line.text)


def _bare(line: TextLine) -> str:
    return line.text.removeprefix(BREAK).strip()


def _usual_height(pages: Sequence[Sequence[TextLine]]) -> float:
    """The median line height of the text."""
    weights: dict[float, int] = {}
    for lines in pages:
        for line in lines:
            weights[round(line.height, 1)] = weights.get(round(line.height, 1), 0) + len(line.text)
    return max(weights, key=lambda height: (weights[height], -height)) if weights else 10.0


def _usual_gap(pages: Sequence[Sequence[TextLine]], size: float) -> float:
    """The median gap between consecutive lines of text."""
    gaps = sorted(
        after.top - before.bottom
        for lines in pages
        for before, after in pairwise(lines)
        if after.block == before.block and -size < after.top - before.bottom < size
    )
    return gaps[len(gaps) // 3] if gaps else 0.3 * size


def _plain_where_all_is_bold(pages: Sequence[Sequence[TextLine]]) -> Sequence[Sequence[TextLine]]:
    """Ignore bold where most text is: some fonts declare it wrongly."""
    bold, whole = (
        sum(len(line.text) for lines in pages for line in lines if line.bold or every)
        for every in (False, True)
    )
    return [[replace(line, bold=False) for line in lines] for lines in pages] if bold * 2 > whole else pages


def _goes_on(
    run: Sequence[TextLine], line: TextLine, page: Sequence[TextLine], usual: tuple[float, float]
) -> bool:
    """Whether a line continues the paragraph of the lines before. `usual`: line height, and gap between lines."""
    last, (size, gap) = run[-1], usual
    if _other_type(run, line, size):
        return False
    if _is_heading(line, size):
        return line.block == last.block and line.top - last.bottom < 0.6 * line.height
    if _LIST.match(_bare(line)):
        return False
    apart = line.top - last.bottom > gap + 0.25 * size or line.top < last.top - size
    if line.text.startswith(BREAK) or line.block != last.block or apart:
        across = line.text.startswith(BREAK) or line.block != last.block or line.top < last.top
        return across and _continues(last, line)
    return not _begins(run, line, page, size)


def _other_type(run: Sequence[TextLine], line: TextLine, size: float) -> bool:
    """Whether a line's type differs from those before: larger or smaller, or after a single bold line."""
    last = run[-1]
    if last.cells > 1 or line.cells > 1:
        return True
    if abs(line.height - last.height) > 0.12 * size or _is_heading(last, size) != _is_heading(line, size):
        return True
    return last.bold != line.bold and len(run) == 1 and not _is_heading(line, size)


def _continues(last: TextLine, line: TextLine) -> bool:
    """Whether text continues across a gap: the sentence did not end, or a word was cut."""
    before, after = _bare(last), _bare(line)
    cut = before.endswith(tuple(_HYPHENS)) and after[:1].islower()
    return cut or (
        not _ENDS.search(before)
        and (after[:1].islower() or (after[:1].isalpha() and not after[:1].isupper()))
    )


def _begins(run: Sequence[TextLine], line: TextLine, page: Sequence[TextLine], size: float) -> bool:
    """Whether a line begins a paragraph: it is indented, or the line before ended early."""
    column = [text_line for text_line in page if text_line.block == line.block]
    left, right = min(text_line.left for text_line in column), max(one.right for one in column)
    last = run[-1]
    if len(column) < 3:
        return False
    hanging = len(run) == 1 and bool(_LIST.match(_bare(last)))
    indented = line.left > left + 0.7 * size and line.left > last.left + 0.7 * size and not hanging
    room = len(_bare(line).split(maxsplit=1)[0]) * 0.5 * size if _bare(line) else 0
    short = last.right + room < right - 1.5 * size and bool(_ENDS.search(_bare(last)))
    return indented or short


def _is_heading(line: TextLine, size: float) -> bool:
    return line.height > _LARGER * size


def _level(run: Sequence[TextLine], size: float) -> int:
    """Heading level: 2 for larger type, 3 for a short bold line alone, else 0."""
    text = " ".join(map(_bare, run))
    if len(text) > 200 or not any(char.isalpha() for char in text):
        return 0
    if _is_heading(run[0], size):
        return 2
    return 3 if all(line.bold for line in run) and len(text) < 120 and not _ENDS.search(text) else 0


def _words(texts: Iterable[str]) -> frozenset[str]:
    """The words that occur whole within a line, folded."""
    return frozenset(word.casefold() for text in texts for word in _WORD.findall(text)[:-1])


def _joined(run: Sequence[TextLine], words: frozenset[str]) -> str:
    text = run[0].text
    for _, line in pairwise(run):
        text = _with(text, line.text, words)
    return " ".join(text.split(" ")).replace("\u00ad", "")


def _with(text: str, line: str, words: frozenset[str]) -> str:
    """Append a line; a word hyphenated at the line's end is joined."""
    mark = BREAK if line.startswith(BREAK) else ""
    bare = line.removeprefix(BREAK)
    if text.endswith(tuple(_HYPHENS)) and len(text) > 1 and text[-2].isalpha() and bare[:1].isalpha():
        before, after = next(_last_word(text[:-1])), (_WORD.match(bare) or [""])[0]
        whole, compound = f"{before}{after}".casefold(), f"{before}-{after}".casefold()
        soft = text[-1] == "\u00ad"
        keep = not bare[:1].islower() or (compound in words and whole not in words)
        return f"{text[:-1]}{'-' if keep and not soft else ''}{mark}{bare}"
    return f"{text} {mark}{bare}"


def _last_word(text: str) -> Iterator[str]:
    start = len(text)
    while start and (text[start - 1].isalpha() or text[start - 1] == "-"):
        start -= 1
    yield text[start:]
