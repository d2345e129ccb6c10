"""Quote selectors: where the words of a claim stand in a text (W3C Web Annotation, TextQuoteSelector).

Words are compared as they are. Only what differs between typing and printing is equal: runs of white space, curly and
straight quotation marks, and invisible hyphens. A quote never begins or ends inside a word.
"""

from __future__ import annotations

from dataclasses import dataclass

_SAME = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "\u2010": "-", "\u2011": "-"})
_INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text as it is compared. `origin[i]` is the offset in the original of the i-th folded code point."""

    text: str
    origin: tuple[int, ...]


def fold_spaces(text: str) -> FoldedText:
    """White space runs become one space, typographic quotes straight ones, invisible characters nothing."""
    folded: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(text.translate(_SAME)):
        if char in _INVISIBLE:
            continue
        if char.isspace():
            if folded and folded[-1] == " ":
                continue
            char = " "  # noqa: PLW2901 - every white space is the same space
        folded.append(char)
        origin.append(offset)
    origin.append(len(text))
    return FoldedText("".join(folded), tuple(origin))


def locate(text: FoldedText, exact: str, prefix: str = "", suffix: str = "") -> tuple[tuple[int, int], ...]:
    """Every place where `exact` stands between `prefix` and `suffix`: (start, end) in the original, half open."""
    words, before, after = (fold_spaces(part).text.strip() for part in (exact, prefix, suffix))
    if not words:
        return ()
    found: list[tuple[int, int]] = []
    at = text.text.find(words)
    while at >= 0:
        end = at + len(words)
        if (
            _whole(text.text, at, end)
            and text.text[:at].rstrip().endswith(before)
            and text.text[end:].lstrip().startswith(after)
        ):
            found.append((text.origin[at], text.origin[end - 1] + 1))
        at = text.text.find(words, at + 1)
    return tuple(found)


def _whole(text: str, start: int, end: int) -> bool:
    """Neither edge cuts a word."""
    cuts_start = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
    cuts_end = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not cuts_start and not cuts_end
