"""Remove characters that are not text, and count them, before anything else reads a source."""

from __future__ import annotations

import re
import unicodedata

from dossierkit.text.number_of import number_of

_PARAGRAPH_BREAK = re.compile("[\u2029\f]")
_LINE_BREAK = re.compile("\r\n?|[\u0085\u2028\v]")
# Overrides and isolates reorder displayed text; LRM, RLM and ALM (U+200E, U+200F, U+061C) are spelling and stay.
_BIDI = "\u202a-\u202e\u2066-\u2069"
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x9f"
# Soft hyphens and byte-order marks are layout; interlinear and tag characters hide words.
_HIDDEN = "\u00ad\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_NO_CHARACTER = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
)
_KINDS = (
    ("control character", re.compile(f"[{_CONTROL}]")),
    ("bidirectional override", re.compile(f"[{_BIDI}]")),
    ("invisible character", re.compile(f"[{_HIDDEN}]")),
    ("noncharacter", re.compile(f"[{_NO_CHARACTER}]")),
)


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """The text in NFC with LF line breaks, without characters that carry no words; and a note for each kind removed.

    A paragraph separator or form feed becomes an empty line.
    """
    text = _LINE_BREAK.sub("\n", _PARAGRAPH_BREAK.sub("\n\n", text))
    notes: list[str] = []
    for kind, pattern in _KINDS:
        text, count = pattern.subn("", text)
        if count:
            notes.append(f"{number_of(count, kind)} removed")
    return unicodedata.normalize("NFC", text), tuple(notes)


def one_line(text: str) -> str:
    """Cleaned text with white space collapsed, for titles and names."""
    return " ".join(clean(text)[0].split())
