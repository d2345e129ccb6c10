"""Bytes -> text, by byte-order mark, declaration, UTF-8, detection, in this order; refuses rather than produce mojibake."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dossierkit.ingest.refusal import RefusedError
from dossierkit.text import data

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

_UTF8 = "save it as UTF-8 and add it again, or name its encoding (`--encoding windows-1256`)"
# Longer marks first: UTF-32-LE begins with the mark of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PUNCTUATION = frozenset("\u00a0\u200c\u200d\u200e\u200f–—‘’‚“”„†•…‹›«»§°·¿¡€£،؛؟ـ№")
_SCRIPTS = (
    frozenset({"ARABIC"}),
    frozenset({"CYRILLIC"}),
    frozenset({"GREEK"}),
    frozenset({"HEBREW"}),
    frozenset({"CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"HANGUL", "CJK"}),
)
_CHAOS = 0.1
_TIE = 0.03
_CONTROL_SHARE = 0.005
_CONTROLS = frozenset(range(32)) - set(b"\t\n\v\f\r\x1a") | {127}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text. `encoding`: Python's name; `notes`: what an editor should check."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data_: bytes, declared: str | None = None, given: str | None = None) -> Decoded:
    """Decode a file. `declared`: the file's own declaration; `given`: a person's, which must fit.

    Raises RefusedError, naming what was tried.
    """
    decoded = _decode(data_, declared, given)
    if "\x00" in decoded.text:
        at = decoded.text.index("\x00")
        raise RefusedError(
            f"contains a NUL character (at character {at}), so it is not a text file, or it is UTF-16 without a "
            f"byte-order mark: {_UTF8.replace('windows-1256', 'utf-16-le')}"
        )
    controls = sum(ord(char) in _CONTROLS for char in decoded.text[:100_000])
    if controls > 3 and controls > _CONTROL_SHARE * min(len(decoded.text), 100_000):
        raise RefusedError(
            f"{controls} control characters in its first part: it is not a text file; export it as text"
        )
    return decoded


def _decode(data_: bytes, declared: str | None, given: str | None) -> Decoded:
    if given is not None:
        return _as_given(data_, given)
    for mark, marked in _MARKS:
        if data_.startswith(mark):
            return _strict(data_[len(mark) :], marked, f"begins with the byte-order mark of {marked.upper()}")
    tried: list[str] = []
    notes: list[str] = []
    label, codec = _codec(declared)
    if codec and codec.startswith("utf-16"):
        codec = "utf-8"  # without a mark, a file whose declaration could be read is not UTF-16
    if label and not codec:
        notes.append(f"it declares the encoding `{label}`, which is none of the Web's: not believed")
    if codec and not (codec != "utf-8" and _is_utf8_beyond_ascii(data_)):
        declared_text = _try(data_, codec)
        if declared_text is not None:
            return Decoded(declared_text, codec, tuple(notes))
        tried.append(f"{label} (declared)")
    elif codec:
        notes.append(f"it declares {label}, but its bytes are UTF-8: read as UTF-8")
    utf8_text = _try(data_, "utf-8")
    if utf8_text is not None:
        return Decoded(utf8_text, "utf-8", tuple(notes))
    _refuse_damaged_utf8(data_)
    return _detect(data_, (*tried, "UTF-8"), notes)


def _as_given(data_: bytes, given: str) -> Decoded:
    _, codec = _codec(given)
    if codec is None:
        raise RefusedError(f"`{given}` is not a known encoding: use a name such as utf-8 or windows-1256")
    mark = next((mark for mark, of in _MARKS if of == codec and data_.startswith(mark)), b"")
    return _strict(data_[len(mark) :], codec, f"was said to be {given}")


def _strict(data_: bytes, codec: str, why: str) -> Decoded:
    try:
        return Decoded(data_.decode(codec), codec)
    except UnicodeDecodeError as error:
        raise RefusedError(f"{why}, but byte {error.start} is not: {_UTF8}") from None


def _codec(label: str | None) -> tuple[str, str | None]:
    name = (label or "").strip().lower()
    return name, data.load("encodings")["labels"].get(name)


def _try(data_: bytes, codec: str) -> str | None:
    try:
        return data_.decode(codec)
    except UnicodeDecodeError:
        return None


def _is_utf8_beyond_ascii(data_: bytes) -> bool:
    return not data_.isascii() and _try(data_, "utf-8") is not None


def _refuse_damaged_utf8(data_: bytes) -> None:
    """Refuse a file that is UTF-8 except for a few bytes: any other encoding would turn its good letters into mojibake."""
    try:
        data_.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        pass
    else:
        raise RefusedError(
            "contains lone surrogates (half characters) written as UTF-8: it is damaged; export it again"
        )
    lenient = data_.decode("utf-8", "surrogateescape")
    broken = [at for at, char in enumerate(lenient) if "\udc80" <= char <= "\udcff"]
    whole = sum(not char.isascii() for char in lenient) - len(broken)
    if whole > len(broken):
        line = lenient.count("\n", 0, broken[0]) + 1
        raise RefusedError(
            f"is UTF-8 but for {len(broken)} bytes, the first on line {line}: it is damaged or mixes encodings; "
            "mend that place and add it again"
        )


def _detect(data_: bytes, tried: tuple[str, ...], notes: list[str]) -> Decoded:
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- heavy

    facts = data.load("encodings")
    matches = [
        match
        for match in from_bytes(data_, cp_isolation=facts["candidates"], threshold=_CHAOS)
        if match.chaos <= _CHAOS and match.coherence > 0
    ]
    names = ", ".join(tried)
    if not matches:
        raise RefusedError(f"its encoding is unknown (tried {names} and detection): {_UTF8}")
    best = max(match.coherence - match.chaos for match in matches)
    close = [match for match in matches if best - (match.coherence - match.chaos) <= _TIE]
    close = [match for match in close if _is_plausible(match, facts["letters"])]
    if len({str(match) for match in close}) != 1:
        rivals = ", ".join(dict.fromkeys(match.encoding for match in (close or matches)))
        raise RefusedError(
            f"its encoding cannot be recognised (tried {names}; detection is torn between {rivals}): {_UTF8}"
        )
    found = close[0]
    note = f"the encoding was detected, not declared: {_name(found)}; check the letters with accents"
    return Decoded(str(found), _name(found), (*notes, note))


def _name(match: CharsetMatch) -> str:
    """One name of several encodings that give the same text: windows-1252 if it is one of them."""
    same: Iterable[str] = match.could_be_from_charset
    return "cp1252" if "cp1252" in same else match.encoding


def _is_plausible(match: CharsetMatch, letters: dict[str, str]) -> bool:
    """Whether the text has only letters of its language, or of one script beside Latin, and usual punctuation."""
    foreign = sorted({char for char in str(match).lower() if not char.isascii()})
    words = [char for char in foreign if char.isalpha()]
    if not all(char.isalpha() or char in _PUNCTUATION for char in foreign):
        return False
    if any(all(char in letters[name] for char in words) for name in match.languages if name in letters):
        return True
    scripts = {unicodedata.name(char, "").split()[0] for char in words}
    beyond_latin = sum(not char.isascii() for char in str(match) if char.isalpha())
    latin = sum(char.isascii() for char in str(match) if char.isalpha())
    return any(scripts <= together for together in _SCRIPTS) and beyond_latin > latin
