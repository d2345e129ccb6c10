"""Language detection with py3langid (Lui and Baldwin 2012, n-grams and naive Bayes), and writing direction."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dossierkit.text.data import load

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_READ = 4000  # code points; more do not improve the result
_SURE = 0.6
_LETTER = re.compile(r"[^\W\d_]")
_LATER = re.compile("[^\x00-\u058f]")  # below Hebrew, all letters run from left to right
_ISOLATE = "\u2068{}\u2069"  # first strong isolate: https://www.unicode.org/reports/tr9/
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
# Scripts written from right to left, by the languages that use them (ISO 639-1/3; CLDR's characterOrder).
_RTL = frozenset("ar arc arz ckb dv fa he ks ku-arab nqo ps sd syr ug ur yi".split())
# ISO 15924, by the first word of the names that Unicode gives letters, and the languages that are written so.
_SCRIPTS = {"ARABIC": "Arab", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr", "LATIN": "Latn"}
_WRITTEN = {
    **dict.fromkeys("ar arz ckb fa ps sd ug ur".split(), "Arab"),
    **dict.fromkeys("be bg kk ky mk ru sr tg uk".split(), "Cyrl"),
    **dict.fromkeys(("he", "yi"), "Hebr"),
    "el": "Grek",
}


class DetectedLanguage(NamedTuple):
    """`lang`: primary subtag of BCP 47. `score`: 0 to 1; 0 if the text is too short to tell."""

    lang: str
    score: float


def detect(text: str) -> DetectedLanguage:
    """The language of a text; if it is too short to tell, Arabic by its script, else English."""
    found, score = _detector().classify(text[:_READ]) if _LETTER.search(text) else ("en", 0.0)
    if score < _SURE:
        return DetectedLanguage(_by_script(text), 0.0)
    return DetectedLanguage(str(found), round(float(score), 2))


def _by_script(text: str) -> str:
    """Arabic if most letters are Arabic, else English."""
    letters = len(_LETTER.findall(text))
    return "ar" if letters and len(_ARABIC.findall(text)) * 2 > letters else "en"


@cache
def _detector() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 -- heavy

    detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    detector.set_languages(load("languages")["told"])
    return detector


def isolated(text: str, around: str) -> str:
    """The text, isolated if letters of it run against the direction around it ("ltr" or "rtl")."""
    rtl = around == "rtl"
    if not (rtl or _LATER.search(text)):
        return text
    other = {"L"} if rtl else {"R", "AL"}
    return _ISOLATE.format(text) if any(unicodedata.bidirectional(char) in other for char in text) else text


def direction(lang: str) -> str:
    """`rtl` or `ltr` for a BCP 47 tag; unknown tags are `ltr`."""
    tag = lang.lower()
    return "rtl" if tag in _RTL or tag.partition("-")[0] in _RTL else "ltr"


@lru_cache(maxsize=65536)
def tag_of(text: str, here: str, known: str = "") -> str:
    """The BCP 47 tag of a name in another script than that of the language `here`; "" for one in the same script.

    `known`, the language of the article that has it, if that is written so; else the script alone: `und-Arab`.
    """
    first = _LETTER.search(text)
    script = _SCRIPTS.get(unicodedata.name(first[0], "").partition(" ")[0], "") if first else ""
    if script in ("", _written(here)):
        return ""
    return known if known and _written(known) == script else f"und-{script}"


def _written(lang: str) -> str:
    return _WRITTEN.get(lang.lower().partition("-")[0], "Latn")
