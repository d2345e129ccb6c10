"""Find many known names in a text: leftmost-longest, at word boundaries, in one pass."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Generic, TypeVar

from dossierkit.text.fold import SPELLED
from dossierkit.text.unspaced import HANGUL, UNSPACED, stands_alone

K = TypeVar("K")

_MARKS = r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0640\u200c\u200d"
_SINGLE = rf"[{UNSPACED}{HANGUL}]"  # each a token, since words cannot be told apart
_RUN = rf"[^\W_{UNSPACED}{HANGUL}][^\W_{_MARKS}{UNSPACED}{HANGUL}]*(?:[{_MARKS}{SPELLED}]+[^\W_{UNSPACED}{HANGUL}]*)*"
_TOKEN = re.compile(rf"{_SINGLE}|{_RUN}|[^\s]")
_PLAIN = re.compile(r"[^\W_]+")  # the words of a text without characters beyond
_FEW = 200  # words: looking for each of them is faster than finding all words of a text
# Characters that make a word more than a run of ASCII letters and digits.
_BEYOND = re.compile(rf"[{_MARKS}{SPELLED}]|[^\W\x00-\x7f]")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_TASHKEEL = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0640\u200c\u200d]+")
_LETTERS = str.maketrans(
    {
        "״": '"', "׳": "'",
        "‘": "'", "’": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "“": '"', "”": '"',
        "‐": "-", "‑": "-", "–": "-",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي",
    }
)  # fmt: skip
_ACCENTED_CAPITALS = str.maketrans("ÀÂÁÄÃÇÉÈÊËÍÎÏÓÔÖÕÚÛÜ", "AAAAACEEEEIIIOOOOUUU")
_PROCLITICS = frozenset("وفبلكובהלכמשበየለከ")  # Arabic, Hebrew, Amharic
_KEEP = 3  # letters that must remain of a word without its proclitic


class _Node(Generic[K]):
    """One token of the forms' trie; `key` is set at the end of a form."""

    __slots__ = ("ends", "key", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node[K]] = {}
        self.ends = False
        self.key: K | None = None


class Matcher(Generic[K]):
    """Finds given forms; built once, used for many texts.

    Equal are: runs of white space (without a blank line), curly and straight apostrophes, hyphens, Arabic spellings of
    alef, ya and ta marbuta, and words with and without tashkeel. Case counts, except that a form's first letter may be a
    capital in the text ("De Mistura" for "de Mistura"), or small if a later word of the form has a capital ("the
    Hague"). A capital at the beginning may lack its accent ("Etats-Unis"). If a form is given twice, its first key counts.
    Where a script has no spaces, a form is found within any run of its characters. A word is found behind the words of one letter that
    Arabic, Hebrew and Amharic write to it.
    """

    def __init__(self, forms: Iterable[tuple[str, K]]) -> None:
        self._root: _Node[K] = _Node()
        scan_all = False
        for form, key in forms:
            tokens = _tokens(form)
            if tokens:
                scan_all = scan_all or not tokens[0][0].isalnum()
                for first in _first_variants(tokens):
                    self._add([first, *tokens[1:]], key)
        self._words_only = not scan_all

    def _add(self, tokens: list[str], key: K) -> None:
        node = self._root
        for token in tokens:
            node = node.next.setdefault(token, _Node())
        if not node.ends:
            node.ends, node.key = True, key

    def find(self, text: str) -> list[tuple[int, int, K]]:
        """(start, end, key) in text order, half open in code points. Linear in the text."""
        found: list[tuple[int, int, K]] = []
        first, done = self._root.next, 0
        if not first:
            return found
        for start, word in self._candidates(text):
            if start < done:
                continue
            for offset, token in _readings(word):
                hit = self._walk(first[token], text, start, start + len(word)) if token in first else None
                if hit is not None:
                    done, key = hit
                    found.append((start + offset, done, key))
                    break
        return found

    def alone(self, text: str, start: int, end: int) -> str:
        """The words of a hit as they are written alone: of "للأمم المتحدة" the form "الأمم المتحدة"."""
        words = text[start:end]
        joined = start > 0 and text[start - 1 : start + 1] == "لل"
        return f"ا{words}" if joined and not any(at == 0 for at, *_ in self.find(words)) else words

    def _candidates(self, text: str) -> Iterable[tuple[int, str]]:
        """Words that may begin a form: (start, word) in text order."""
        first = self._root.next
        if self._words_only and not _BEYOND.search("".join(_FOREIGN.findall(text))):
            here = first if len(first) <= _FEW else first.keys() & set(_PLAIN.findall(text))
            return sorted((start, token) for token in here for start in _places(token, text))
        scan = _word() if self._words_only else _TOKEN
        words = ((match.start(), match.group()) for match in scan.finditer(text))
        return ((start, word) for start, word in words if word in first or not word.isascii())

    def _walk(self, node: _Node[K], text: str, start: int, pos: int) -> tuple[int, K] | None:
        """The longest form that continues from `node`, whose token ends at `pos`. `start`: of the form."""
        best = (pos, node.key) if node.ends and stands_alone(text, start, pos) else None
        while node.next:
            match = _TOKEN.search(text, pos)
            if match is None:
                break
            if match.start() > pos:
                gap = text[pos : match.start()]
                spaced = node.next.get(" ") if gap.count("\n") < 2 else None
                if spaced is None:
                    break
                node = spaced
            following = node.next.get(_norm(match.group()))
            if following is None:
                break
            node, pos = following, match.end()
            if node.ends and stands_alone(text, start, pos):
                best = (pos, node.key)
        return best  # type: ignore[return-value]  # key is a K wherever ends is set


@cache
def _word() -> re.Pattern[str]:
    """A word of any script. Compiled for the first text that needs it, since it takes 9 ms."""
    return re.compile(rf"{_SINGLE}|{_RUN}")


def _places(word: str, text: str) -> Iterator[int]:
    """Offsets of a word in a text whose words are all runs of ASCII letters and digits."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
            yield at
        at = text.find(word, end)


def without_tashkeel(text: str) -> str:
    """The text without Arabic vowel signs, tatweel and joiners."""
    return _TASHKEEL.sub("", text)


def _norm(token: str) -> str:
    if token.isascii():
        return "'" if token == "`" else token  # noqa: S105 -- an apostrophe
    return without_tashkeel(unicodedata.normalize("NFC", token)).translate(_LETTERS)


@lru_cache(maxsize=65_536)
def _tokens(form: str) -> tuple[str, ...]:
    """Normalised tokens, with " " for white space between two."""
    tokens: list[str] = []
    end = 0
    for match in _TOKEN.finditer(form):
        if tokens and match.start() > end:
            tokens.append(" ")
        tokens.append(_norm(match.group()))
        end = match.end()
    return tuple(token for token in tokens if token)


def uncovered(forms: Iterable[str], known: Iterable[str] = ()) -> tuple[str, ...]:
    """The forms of which every other form contains one, or one of `known`: shortest first."""
    found: list[str] = []
    covering = [(name, 0) for name in known]
    for form in sorted(dict.fromkeys(forms), key=lambda one: (len(one.split()), one)):
        if not Matcher([*covering, *((name, 0) for name in found)]).find(form):
            found.append(form)
    return tuple(found)


def same_form(form: str) -> tuple[str, ...]:
    """A key that is equal for two forms found in the same places, except for the case of first letters."""
    return _tokens(form)


def _first_variants(tokens: tuple[str, ...]) -> Iterator[str]:
    first = tokens[0]
    yield first
    upper = first[0].upper() + first[1:]
    if upper != first:
        yield upper
    elif any(token[0].isupper() for token in tokens[1:]):
        yield first[0].lower() + first[1:]
    bare = upper[0].translate(_ACCENTED_CAPITALS)
    if bare != upper[0] and len(upper) > 1:
        yield bare + upper[1:]


def _readings(token: str) -> Iterator[tuple[int, str]]:
    """(code points to skip at the start, normalised token): as written, then without the words of one letter that are written to it."""
    norm = _norm(token)
    yield 0, norm
    if norm[:1] not in _PROCLITICS or len(norm) != len(token):
        return
    for cut in (1, 2):
        if len(norm) - cut < _KEEP or norm[cut - 1] not in _PROCLITICS:
            return
        yield cut, norm[cut:]
        if norm[cut - 1] == "ل" and norm[cut] == "ل":
            yield cut, "ا" + norm[cut:]  # li + al- is written without the alef
