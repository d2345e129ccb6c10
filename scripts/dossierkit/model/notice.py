"""What a newsroom says of a page after it stood: corrections, and withdrawal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Correction:
    """`date` is EDTF; `what` was changed, and `why`, empty where that is plain. `line` and `col` from 1."""

    date: str
    what: str
    why: str = ""
    line: int = 0
    col: int = 0


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a tombstone says. `date` is EDTF, empty when unknown."""

    reason: str
    date: str = ""
