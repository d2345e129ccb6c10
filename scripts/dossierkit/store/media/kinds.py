"""Kinds of files by name, and the limits for each kind."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dossierkit.text.data import load


@cache
def _by_ending() -> Mapping[str, tuple[str, str]]:
    kinds = load("media")["kinds"]
    return {ending: (kind, type_) for kind, types in kinds.items() for ending, type_ in types.items()}


def ending(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def kind_and_type(path: str) -> tuple[str, str]:
    """The kind of a file, one of those in `model.media.MediaFile`, and its MIME type."""
    return _by_ending().get(ending(path), ("file", "application/octet-stream"))


def picture_format(path: str) -> str:
    """The format's name in Pillow."""
    return str(load("media")["formats"][ending(path)])


def limit(name: str) -> int:
    """A limit by name: `pixels`, `frames`, `side` or `fallback`."""
    return int(load("media")[name])


def most_bytes(kind: str) -> int:
    return int(load("media")["bytes"][kind])


def widths() -> tuple[int, ...]:
    return tuple(load("media")["widths"])
