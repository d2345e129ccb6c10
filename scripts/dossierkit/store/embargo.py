"""Keys that somebody wrote to hold a page back, and that hold nothing back."""

from __future__ import annotations

from difflib import get_close_matches

from dossierkit.text.data import load

KEY = "embargo"
_CLOSE = 0.78
"""Likeness: `embrago` has 0.86, `emargo` 0.92; the words `embark` 0.77 and `argo` 0.73."""


def meant(name: str) -> bool:
    """Whether a key that is not `embargo` was surely meant to be one: misspelt, in capitals, or as another program calls it."""
    letters = "".join(filter(str.isalnum, name.casefold()))
    return name != KEY and (
        KEY in letters
        or letters in load("embargokeys")["keys"]
        or bool(get_close_matches(letters, [KEY], 1, _CLOSE))
    )
