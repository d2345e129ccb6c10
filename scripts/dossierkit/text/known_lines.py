"""Lines of a text that another text does not have. White space and where lines are broken do not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby

_KEY = 8  # characters by which the places where a line may begin are found
_MOST = 20  # lines of the text into which lines of the original may be broken, and lines of the original that begin alike


def unknown_lines(text: str, original: str) -> list[str]:
    """The lines of `text` that are not in `original`, in order, with single spaces.

    A line is there if it is whole there, alone or with those around it: what begins or ends within a line of the original may
    say something else than that line.
    """
    known = [packed for line in original.splitlines() if (packed := _packed(line))]
    listed = frozenset(known)
    whole = "".join(known)
    ends = frozenset(accumulate(len(line) for line in known))
    starts: dict[str, list[int]] = {}
    for at in sorted({0, *ends} - {len(whole)}):
        for size in range(1, _KEY + 1):
            alike = starts.setdefault(whole[at : at + size], [])
            if len(alike) < _MOST:
                alike.append(at)
    lines = [line for line in text.splitlines() if _packed(line)]
    return [
        " ".join(line.split())
        for is_listed, group in groupby(lines, lambda line: _packed(line) in listed)
        if not is_listed
        for line in _unknown(list(group), whole, starts, ends)
    ]


def _unknown(
    lines: Sequence[str], whole: str, starts: Mapping[str, Sequence[int]], ends: frozenset[int]
) -> Iterator[str]:
    """Those of neighbouring lines that are unknown: the shortest run of them that is whole in the original is known."""
    packed = [_packed(line) for line in lines]
    at = 0
    while at < len(lines):
        count = _known(packed, at, whole, starts, ends)
        if not count:
            yield lines[at]
        at += count or 1


def _known(
    lines: Sequence[str], at: int, whole: str, starts: Mapping[str, Sequence[int]], ends: frozenset[int]
) -> int:
    """How many of the lines, from one on, are together whole in the original; 0 if none."""
    places = list(starts.get(lines[at][:_KEY], ()))
    for count, line in enumerate(lines[at : at + _MOST]):
        places = [place + len(line) for place in places if whole.startswith(line, place)]
        if not places:
            return 0
        if not ends.isdisjoint(places):
            return count + 1
    return 0


def _packed(line: str) -> str:
    return "".join(line.split())
