"""Comparison keys and ids of names."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# Letters that NFKD keeps although they are a Latin letter with a mark, or a ligature.
_LATIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
    "ə": "e", "ŋ": "n",
}  # fmt: skip
FOLDED = {
    **_LATIN, "ς": "σ",
    "ـ": "", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه",
    "ؤ": "و", "ئ": "ي", "ء": "",
    "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "ʿ": "'", "ʾ": "'", "`": "'", "´": "'",
    "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-",
    "\u200b": "", "\u200c": "", "\u200d": "", "\u200e": "", "\u200f": "", "\ufeff": "", "\u00ad": "",
}  # fmt: skip
"""What becomes of a letter that decomposing and dropping the marks leave whole."""
# One Latin letter or digraph for an Arabic letter, as in newspapers; unwritten vowels stay unwritten.
_ARABIC = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r",
    "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f",
    "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "پ": "p", "چ": "ch",
    "ژ": "zh", "گ": "g", "ڤ": "v",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e",
    "ю": "yu", "я": "ya", "є": "ye", "і": "i", "ґ": "g",
}  # fmt: skip
_ROMAN = str.maketrans({**_ARABIC, **_CYRILLIC})
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
)
SPELLED = r"\u0900-\u0963\u0966-\u096f\u0971-\u0dff"
"""Scripts of India and Sri Lanka without their stops: what decomposing calls marks are their vowels."""
# The same, and the scripts of Thailand, Laos, Myanmar and Cambodia.
_SPELLS = re.compile(rf"[{SPELLED}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_MAX_SLUG = 80
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")


class _BareCharacters(dict[int, str]):
    """Translation table that removes marks from decomposed characters; characters are added as they occur."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = "" if unicodedata.category(char) in {"Mn", "Me"} and not _SPELLS.match(char) else char
        return self[code]


_BARE = _BareCharacters(str.maketrans(FOLDED))


def fold(text: str) -> str:
    """The key under which spellings of one name compare equal.

    Compatibility-decomposed, without diacritics (the vowels of Indic scripts are none), Arabic tashkeel and tatweel; alef, ya and ta marbuta in one form each;
    dashes and apostrophes straightened; white space collapsed; case-folded.
    """
    if text.isascii():
        return " ".join(text.split()).casefold().replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(decomposed.translate(_BARE).casefold().split())


def romanise(text: str) -> str:
    """Folded text in Latin letters, letter by letter (Arabic, Cyrillic); other characters unchanged."""
    return fold(text).translate(_ROMAN)


def slug(text: str) -> str:
    """An ASCII id for a name: lower-case letters, digits and single hyphens, 1 to 80 characters.

    Never empty and never a Windows device name. A name without letters that can be romanised gets an id made from its
    digest, so that two such names differ.
    """
    joined = _DOTTED.sub(lambda match: match.group().replace(".", ""), romanise(text))
    ascii_text = joined.replace("'", "").encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
    if len(words) > _MAX_SLUG:
        words = words[:_MAX_SLUG].rsplit("-", 1)[0].strip("-") or words[:_MAX_SLUG]
    if not words:
        return "name-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{words}-name" if words in _DEVICES else words


def name_id(name: str, type_: str) -> str:
    """The id of an entity without a record, made from name and type ("ada-moreau-person")."""
    return f"{slug(name)}-{type_}"
