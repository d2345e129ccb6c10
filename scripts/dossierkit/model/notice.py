"""Notices on published pages: corrections, and withdrawal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Correction:
    """`date` is EDTF. `what` was changed, and `why`, "" if obvious. `line` and `col` from 1."""

    date: str
    what: str
    why: str = ""
    line: int = 0
    col: int = 0


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The content of a tombstone. `date` is EDTF, "" if unknown.

    `named_as`: ids made from names under which articles go on naming a withdrawn record (`text.fold.name_id`).
    """

    reason: str
    date: str = ""
    named_as: tuple[str, ...] = ()
