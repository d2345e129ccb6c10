"""Words that mix letters which look alike in two alphabets (https://www.unicode.org/reports/tr39/#Mixed_Script_Detection)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_OTHER = re.compile("[\u0370-\u052f\u0531-\u0588\u1f00-\u1fff]")  # Greek, Cyrillic and Armenian


def mixed(text: str) -> Iterator[tuple[str, str]]:
    """Each word with Latin letters and with Greek, Cyrillic or Armenian ones, and the first letter of those that are fewer in it."""
    if _OTHER.search(text) is None:
        return
    for found in _WORD.finditer(text):
        latin, other = _LATIN.findall(found[0]), _OTHER.findall(found[0])
        if latin and other:
            yield found[0], min(other, latin, key=len)[0]
