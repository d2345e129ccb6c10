"""Text of others as one line that shows all that it holds: for values, and for messages on a terminal."""

from __future__ import annotations

import unicodedata

_JOINERS = frozenset("\u200c\u200d")  # parts of words in Persian and other languages
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str) -> str:
    """The text on one line, NFC, with spaces for what cannot be seen or steers a terminal; soft hyphens go."""
    shown = "".join(
        char if char in _JOINERS or unicodedata.category(char) not in _HIDDEN else " "
        for char in unicodedata.normalize("NFC", text).replace("\u00ad", "")
    )
    return " ".join(shown.split())
