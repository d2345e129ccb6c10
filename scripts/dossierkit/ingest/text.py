"""Plain text: title in the first line, or the first one below a letterhead, paragraphs below; nothing else is interpreted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossierkit.ingest.clean import clean, one_line
from dossierkit.ingest.encoding import Decoded
from dossierkit.ingest.escape import markdown_text, page_body
from dossierkit.ingest.letterhead import title_line
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Source

_LONGEST_TITLE = 300
_WIDEST_COLUMN = 120
_NARROWEST_COLUMN = 50
_ENDS = frozenset('.!?:;…"”»’)]')
_HYPHENATED = re.compile(r"\w-$")
_FEW = 0.1  # of the lines: addresses and the like, longer than the column


def read_text(decoded: Decoded) -> Source:
    """Read plain text. A first line too long for a title stays in the text, and the title is ""; so do lines of a letterhead above the title.

    Words stay as written. Wrapped lines are joined to paragraphs; other single line breaks end a paragraph. Raises
    RefusedError for a file without words.
    """
    text, notes = clean(decoded.text)
    lines = [line.strip() for line in text.split("\n")]
    first = title_line(lines)
    if first is None:
        raise RefusedError("contains no text: put the title on the first line and the article below it")
    titled = len(lines[first]) <= _LONGEST_TITLE
    title = lines[first] if titled else ""
    above, below = (lines[:first], lines[first + 1 :]) if titled else ([], lines)
    paragraphs = [*((line, False) for line in above if line), *_paragraphs(below)]
    if not paragraphs:
        raise RefusedError("has a title and no text below it: put the article's text after the first line")
    if any(wrapped for _, wrapped in paragraphs):
        notes = (*notes, "its lines were wrapped to a column: joined to paragraphs")
    return Source(
        title=one_line(title),
        markdown=page_body([markdown_text(paragraph) for paragraph, _ in paragraphs]),
        encoding=decoded.encoding,
        notes=(*decoded.notes, *notes),
    )


def _paragraphs(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Each paragraph, and whether its lines were joined."""
    width = column(lines)
    run: list[str] = []
    for line in [*lines, ""]:
        if run and not (line and (wrapped(run[-1], line, width) or _goes_on(run, line))):
            yield "".join(_spaced(run)), len(run) > 1
            run = []
        if line:
            run.append(line)


def column(lines: Sequence[str]) -> int:
    """The width, in code points, to which lines were wrapped; 0 if they were not."""
    written = [len(line) for line in lines if line]
    within = [length for length in written if length <= _WIDEST_COLUMN]
    width = max(within, default=0)
    return width if width >= _NARROWEST_COLUMN and len(written) - len(within) <= _FEW * len(written) else 0


def wrapped(line: str, following: str, width: int) -> bool:
    """Whether the line broke because the next word did not fit the column."""
    return width > 0 and len(line) + 1 + len(following.split(maxsplit=1)[0]) > width


def _goes_on(run: list[str], following: str) -> bool:
    """Whether the next line continues the sentence: no end mark, then a lower-case letter. List items are short."""
    least = _NARROWEST_COLUMN if len(run) == 1 else _NARROWEST_COLUMN // 2
    return len(run[-1]) >= least and run[-1][-1] not in _ENDS and following[0].islower()


def _spaced(run: list[str]) -> Iterator[str]:
    for line in run[:-1]:
        yield line if _HYPHENATED.search(line) else f"{line} "
    yield run[-1]
