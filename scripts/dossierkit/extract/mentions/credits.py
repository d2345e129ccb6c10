"""Who took a picture, at the end of the line that says what it shows: "Guards in Lenn. (Ada Moreau/Reuters)"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from sys import maxsize

from dossierkit.extract.headings.words import listed

_LONGEST = 90  # code points
# A line of its own: "Photo: Ada Moreau/Lenn Pictures".
_LABELS = ("Photo: ", "Photograph: ", "Picture: ", "Image: ")


def credits_in(text: str) -> Iterator[tuple[int, int, int]]:
    """For every line that ends in the credit of a picture, in text order: where the line begins, the credit begins, and both
    end.
    """
    start = 0
    for line in text.splitlines(keepends=True):
        shown = line.rstrip()
        at = _credit(shown)
        if at >= 0:
            yield start, start + at, start + len(shown)
        start += len(line)


def inside(spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """Which of some spans in order, none overlapping, holds an offset."""
    k = bisect_right(spans, (at, maxsize)) - 1
    return spans[k] if k >= 0 and at < spans[k][1] else None


def _credit(line: str) -> int:
    """Where in a line the credit that ends it begins, else -1."""
    if len(line) < _LONGEST and line.startswith(_LABELS):
        return 0
    at = max(line.rfind("©"), _desk_at(line))
    if at >= 0 and len(line) - at < _LONGEST:
        return at
    line = line.removesuffix(" .")
    at = line.rfind("(") if line.endswith((")", ").")) else -1
    inner = line[at + 1 :].rstrip(").")
    return at if at >= 0 and len(inner) < _LONGEST and _names_source(inner) else -1


def _desk_at(line: str) -> int:
    """Where an agency and a photographer begin that end a line without brackets: "EPA-EFE/ADA MOREAU"."""
    at = line.rfind("/")
    desk, name = line[:at].rpartition(" ")[2], line[at + 1 :]
    named = at > 0 and name.replace(" ", "").isalpha() and name.isupper()
    return at - len(desk) if named and desk.partition("-")[0] in listed("picture_desks") else -1


def _names_source(inner: str) -> bool:
    opens = inner.startswith(
        tuple(f"{word}{sign}" for word in listed("captions") for sign in (":", " by", "/"))
    )
    return opens or any(mark in inner for mark in _marks())


@cache
def _marks() -> tuple[str, ...]:
    return (
        " via ",
        "Getty",
        "Photo/",
        *(f"/{gap}{name}" for name in listed("picture_desks") for gap in ("", " ")),
    )
