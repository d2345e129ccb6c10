"""Quote selectors: the position of quoted words in a text (W3C Web Annotation, TextQuoteSelector).

Words are compared exactly. Equal is only what differs between typing and printing: runs of white space, curly and straight
quotation marks, the kinds of hyphen, invisible characters, and a letter with its accent as one code point or two (NFC, NFD). A
quote never begins or ends inside a word; scripts without spaces have no words to be seen. A number is a word: "500 people" is
no quote of "1,500 people", nor "30 people" of "10:30 people". What a hyphen joins is one word too ("non-combatants", "5–10"), and
a sign belongs to its number ("−5", ">5", "5%"), as "n't" to its verb.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from dossierkit.text.unspaced import is_unspaced

_SAME = {"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "\u2010": "-", "\u2011": "-"}
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
# White space but the plain one, listed: a list is found several times as fast as `[^\S ]`.
_ODD = rf"\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000{_INVISIBLE}"
_FOLDED = re.compile(rf"(?:[{_ODD}]|  )[ {_ODD}]*")  # except a single plain space before it
_SPACE = re.compile(r"\s")
_GROUPING = frozenset("\xa0\u2007\u2008\u2009\u202f")
"""Spaces that part the figures of one number; a plain one may stand between two numbers."""
_IN_NUMBER = frozenset(".,:/'\u066b\u066c")  # decimal, thousands, hours, dates, fractions
_JOINING = frozenset("-\u2012\u2013\u2212_\u00b7\u2044\u2215\u2236\u05be")
"""Hyphens, dashes of ranges and compounds, and signs between figures or letters: what is on both sides of one is one word."""
_SIGNS = frozenset("-\u2012\u2013\u2212+<>\u2264\u2265~\u2248\u00b1")
"""Signs directly before a number that are part of what it says; before some of them no word may stand."""
_UNITS = frozenset("%\u2030\u066a+")
_NOT = re.compile(r"'t(?!\w)", re.IGNORECASE)
# The marks that NFC joins with the letter before them: of Latin, Greek, Cyrillic, Arabic and Japanese.
_MARKS = "\u0300-\u036f\u0653-\u0655\u3099\u309a"
_DECOMPOSED = re.compile(rf"{_FOLDED.pattern}|(?P<letter>[^\s{_MARKS}{_INVISIBLE}][{_MARKS}]+)")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text in the form in which it is compared, with its offsets in the original.

    From `folded[n]` on, its code points are those of the original from `original[n]` on. `widths`: how many code points of the
    original a folded one stands for, by its offset, if it is more than one. `grouping`: offsets of spaces inside numbers.
    """

    text: str
    folded: tuple[int, ...]
    original: tuple[int, ...]
    widths: Mapping[int, int] = field(default_factory=dict, hash=False)
    grouping: frozenset[int] = frozenset()

    def origin(self, offset: int) -> int:
        """The offset in the original of a folded code point."""
        stretch = bisect_right(self.folded, offset) - 1
        return self.original[stretch] + offset - self.folded[stretch]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original of a folded one that is not empty; both half open."""
        return self.origin(start), self.origin(end - 1) + self.widths.get(end - 1, 1)


def fold_spaces(text: str) -> FoldedText:
    """The text with single spaces, straight quotation marks, plain hyphens and composed letters, without invisible characters."""
    straight = text
    if not text.isascii():
        for char, same in _SAME.items():
            straight = straight.replace(char, same)
    pieces: list[str] = []
    folded, original = [0], [0]
    widths: dict[int, int] = {}
    grouping: set[int] = set()
    length = done = 0
    composed = unicodedata.is_normalized("NFC", straight)
    for run in (_FOLDED if composed else _DECOMPOSED).finditer(straight):
        start, place, same = _folded(straight, run)
        pieces += (straight[done:start], same)
        length += start - done
        done = run.end()
        if same:
            if (
                run[0] in _GROUPING
                and straight[start - 1 : start].isdigit()
                and straight[done : done + 1].isdigit()
            ):
                grouping.add(length)
            folded.append(length)
            original.append(place)
            length += len(same)
            widths[length - 1] = done - place - len(same) + 1
        folded.append(length)
        original.append(done)
    pieces.append(straight[done:])
    return FoldedText("".join(pieces), tuple(folded), tuple(original), widths, frozenset(grouping))


def _folded(text: str, run: re.Match[str]) -> tuple[int, int, str]:
    """Where a run to be replaced begins, the offset that its replacement stands for, and the replacement, which may be empty."""
    if run.lastgroup:
        return run.start(), run.start(), unicodedata.normalize("NFC", run[0])
    start = run.start() - text.startswith(" ", run.start() - 1, run.start())
    space = _SPACE.search(text, start, run.end())
    return (start, space.start(), " ") if space else (start, start, "")


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
            not _cuts(text, at)
            and not _cuts(text, end)
            and (not before or text.text[:at].rstrip().endswith(before))
            and (not after or text.text[end:].lstrip().startswith(after))
        ):
            found.append(text.span(at, end))
        at = text.text.find(words, at + 1)
    return tuple(found)


def cut_words(text: FoldedText, exact: str) -> str:
    """The words of the text that a quote cuts, whole and with what is between, as compared; "" if it cuts none."""
    words = fold_spaces(exact).text.strip()
    start = text.text.find(words) if words else -1
    if start < 0 or locate(text, exact):
        return ""
    end = start + len(words)
    while _cuts(text, start):
        start -= 1
    while _cuts(text, end):
        end += 1
    return text.text[start:end]


def _cuts(text: FoldedText, at: int) -> bool:
    if not text.grouping.isdisjoint((at - 1, at)) or cuts_word(text.text, at):
        return True
    left, right = _seen(text.text, at)
    return _cuts_compound(text.text, left, right) or _cuts_sign(text.text, left, right)


def _cuts_compound(text: str, left: int, right: int) -> bool:
    """Whether a compound or a range goes on from one character to the next seen one: "non|-combatants", "5–|10", "can|'t"."""
    if left < 0 or right >= len(text):
        return False
    if text[left] in _JOINING:
        return _is_word(text[left - 1 : left]) and _is_word(text[right])
    if text[right] in _JOINING:
        return _is_word(text[left]) and _is_word(text[right + 1 : right + 2])
    at = left if text[left] == "'" else right
    return text[at - 1 : at].isalpha() and _NOT.match(text, at) is not None


def _cuts_sign(text: str, left: int, right: int) -> bool:
    """Whether a number and its sign are parted: ">|5", "−|5", "5|%"."""
    if left < 0 or right >= len(text):
        return False
    if text[right] in _UNITS:
        return text[left].isdigit()
    return text[left] in _SIGNS and text[right].isdigit() and (left == 0 or not _in_word(text[left - 1]))


def _is_word(char: str) -> bool:
    return bool(char) and _in_word(char) and not is_unspaced(char)


def cuts_word(text: str, at: int) -> bool:
    """Whether an offset is inside a word or a number. What is not seen, such as a joiner, stands between no two words."""
    left, right = _seen(text, at)
    if left < 0 or right >= len(text):
        return False
    return _is_joined(text[left], text[right]) or _cuts_number(text, left, right)


def _seen(text: str, at: int) -> tuple[int, int]:
    """The offsets of the characters that are seen before and after an offset; -1 and the length of the text if there are none."""
    left, right = at - 1, at
    while left >= 0 and unicodedata.category(text[left]) == "Cf":
        left -= 1
    while right < len(text) and unicodedata.category(text[right]) == "Cf":
        right += 1
    return left, right


def _cuts_number(text: str, left: int, right: int) -> bool:
    """Whether a number goes on from one character to the next seen one: "1|,500", "1,|500", ".|5"."""
    if text[left] in _IN_NUMBER and text[right].isdigit():
        before = text[left - 1 : left]
        return before.isdigit() or (text[left] == "." and (not before or before.isspace()))
    return text[left].isdigit() and text[right] in _IN_NUMBER and text[right + 1 : right + 2].isdigit()


def _is_joined(left: str, right: str) -> bool:
    """Whether two neighbours are of one word, or, in a script without spaces, of one letter with its signs."""
    if unicodedata.category(right).startswith("M"):
        return _in_word(left)
    unspaced = is_unspaced(left) or is_unspaced(right)
    return not unspaced and _in_word(left) and _in_word(right)


def _in_word(char: str) -> bool:
    """Whether a character is part of a word: a letter, a figure, or a mark such as a vowel sign."""
    return char.isalnum() or unicodedata.category(char).startswith("M")
