"""Recognises backups, swap files and other files that programs leave beside those that people write."""

from __future__ import annotations

import re
from fnmatch import translate
from functools import cache
from typing import Literal

from dossierkit.text.data import load

Kind = Literal["", "backup", "open", "system"]
_PLAIN = re.compile(r"[a-z0-9-]+(?:\.suggested)?\.(?:md|yml|txt|html)\Z")
_KINDS: tuple[Kind, ...] = ("system", "open", "backup")


def leftover(name: str) -> Kind:
    """The kind of a file by its name, from data/leftovers.yml; empty for all other files."""
    match = None if _PLAIN.match(name) else _pattern().match(name)  # most names
    return next(kind for kind in _KINDS if match[kind]) if match else ""


@cache
def _pattern() -> re.Pattern[str]:
    listed = load("leftovers")
    kinds = (f"(?P<{kind}>{'|'.join(map(translate, listed[kind]))})" for kind in _KINDS)
    return re.compile("|".join(kinds), re.IGNORECASE)
