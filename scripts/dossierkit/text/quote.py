"""Quote selectors: the position of quoted words in a text (W3C Web Annotation, TextQuoteSelector).

Words are compared exactly, except what differs between typing and printing: runs of white space, curly and straight
quotation marks, and invisible hyphens. A quote never begins or ends inside a word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_SAME = {"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "\u2010": "-", "\u2011": "-"}
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
# White space but the plain one, listed: a list is found several times as fast as `[^\S ]`.
_ODD = rf"\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000{_INVISIBLE}"
_FOLDED = re.compile(rf"(?:[{_ODD}]|  )[ {_ODD}]*")  # except a single plain space before it
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text normalised for comparison. From `folded[n]` on its code points are those of the original from `original[n]` on."""

    text: str
    folded: tuple[int, ...]
    original: tuple[int, ...]

    def origin(self, offset: int) -> int:
        """The offset in the original of a folded code point."""
        stretch = bisect_right(self.folded, offset) - 1
        return self.original[stretch] + offset - self.folded[stretch]


def fold_spaces(text: str) -> FoldedText:
    """White space collapsed, typographic quotes straightened, invisible characters removed."""
    straight = text
    if not text.isascii():
        for char, same in _SAME.items():
            straight = straight.replace(char, same)
    pieces: list[str] = []
    folded, original = [0], [0]
    length = done = 0
    for run in _FOLDED.finditer(straight):
        start, end = run.span()
        start -= straight.startswith(" ", start - 1, start)
        pieces.append(straight[done:start])
        length += start - done
        if space := _SPACE.search(straight, start, end):
            pieces.append(" ")
            folded.append(length)
            original.append(space.start())
            length += 1
        folded.append(length)
        original.append(end)
        done = end
    pieces.append(straight[done:])
    return FoldedText("".join(pieces), tuple(folded), tuple(original))


def locate(text: FoldedText, exact: str, prefix: str = "", suffix: str = "") -> tuple[tuple[int, int], ...]:
    """All occurrences of `exact` between `prefix` and `suffix`: (start, end) in the original, half open."""
    words, before, after = (part and fold_spaces(part).text.strip() for part in (exact, prefix, suffix))
    if not words:
        return ()
    found: list[tuple[int, int]] = []
    at = text.text.find(words)
    while at >= 0:
        end = at + len(words)
        if (
            _whole(text.text, at, end)
            and (not before or text.text[:at].rstrip().endswith(before))
            and (not after or text.text[end:].lstrip().startswith(after))
        ):
            found.append((text.origin(at), text.origin(end - 1) + 1))
        at = text.text.find(words, at + 1)
    return tuple(found)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether neither end is inside a word."""
    cuts_start = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
    cuts_end = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not cuts_start and not cuts_end
