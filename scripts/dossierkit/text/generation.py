"""What tells people of one name apart: "Jr." of "Robert Hale Jr.", "II" of "Abdullah II", "the Great" of "Peter the Great"."""

from __future__ import annotations

import re

_GENERATION = re.compile(r"(?<=\w)(?:,? ((?:[JS]n?r)\.?|[IVX]+)| (the [A-Z]\w+))\Z")


def generation(name: str) -> str:
    """The end of a person's name if it tells generations apart, without a dot, else empty."""
    found = _GENERATION.search(name)
    return (found[1] or found[2]).rstrip(".") if found else ""


def without_generation(name: str) -> str:
    """The name without that end and a comma before it."""
    return _GENERATION.sub("", name)


def is_generation(word: str) -> bool:
    return bool(generation(f"x {word}"))
