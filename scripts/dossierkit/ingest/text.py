"""Plain text: title in the first line, or the first one below a letterhead ("FOR IMMEDIATE RELEASE", "Press release No. 12"), paragraphs
below; nothing else is interpreted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from dossierkit.ingest.clean import clean, one_line
from dossierkit.ingest.days import day
from dossierkit.ingest.encoding import Decoded
from dossierkit.ingest.escape import markdown_text, page_body
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Source
from dossierkit.text.data import load

_LONGEST_TITLE = 300
_WIDEST_COLUMN = 120
_NARROWEST_COLUMN = 50
_ENDS = frozenset('.!?:;…"”»’)]')
_HYPHENATED = re.compile(r"\w-$")
_FEW = 0.1  # of the lines: addresses and the like, longer than the column
_HEAD = 8  # lines in which a letterhead is looked for
_LONGEST = 100  # code points of its lines
_NUMBER = re.compile(r"(?:No|Nr|N°|№)[.:]? ?[\d/-]+(?: of|,|:)? ", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL = re.compile("[a-zà-ÿ]")


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
        raise RefusedError(
            "has one line of text, which is taken for the title: put a title above it, or the article's text below it"
        )
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


def title_line(lines: Sequence[str]) -> int | None:
    """The number of the title's line; None if all lines are empty. Lines above the last one of a letterhead belong to it."""
    written = [number for number, line in enumerate(lines) if line]
    head = written[:_HEAD]
    last = max((at for at, number in enumerate(head) if _is_letterhead(lines[number])), default=-1)
    below = (number for number in written[last + 1 :] if last < 0 or not _is_date(lines[number]))
    title = next(below, None)
    return title if title is not None and title != written[-1] else next(iter(written), None)


def _is_letterhead(line: str) -> bool:
    """Whether a line begins a letterhead's phrase, and goes on with no more than a number, a date or the like."""
    if len(line) > _LONGEST:
        return False
    found = _phrases("letterheads").match(line)
    if found is not None:
        words = _WORD.findall(line[found.end() :])
        rest = [word for word in words if _SMALL.search(word[:-2]) and word.lower() not in _numbering()]
        return not rest or _is_date(line[found.end() :].strip(" :,–-"))
    return _phrases("letterhead_starts").match(line) is not None or _is_numbered_date(line)


def _is_numbered_date(line: str) -> bool:
    """As in "No: 55, 13 February 2021"."""
    found = _NUMBER.match(line)
    return found is not None and _is_date(line[found.end() :])


def _is_date(line: str) -> bool:
    return len(line.split()) <= len("Monday 3 May 2016".split()) and day(line) != ""


@cache
def _phrases(name: str) -> re.Pattern[str]:
    phrases = sorted(load("pageparts")[name], key=len, reverse=True)
    return re.compile(rf"\A\W*(?:{'|'.join(map(re.escape, phrases))})(?!\w)", re.IGNORECASE)


@cache
def _numbering() -> frozenset[str]:
    return frozenset(load("pageparts")["numbering"])
