"""Conflict markers that a merge in git left in a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossierkit.model.diagnostic import Diagnostic

_MARKER = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?: .*)?\r?$", re.MULTILINE)
_SIGNS = ("<<<<<<<", ">>>>>>>")


def markers(text: str) -> tuple[tuple[int, str], ...]:
    """Line (from 1) and first seven characters of each marker, in order.

    A row of `=` counts inside a conflict, or directly before the marker that ends one: elsewhere it underlines a heading. A
    row of `>` counts only after another marker: elsewhere it may be nested quotations.
    """
    if not any(sign in text for sign in _SIGNS):
        return ()
    return tuple(_markers(text))


def _markers(text: str) -> Iterator[tuple[int, str]]:
    inside, divider, line, at = False, 0, 1, 0
    for match in _MARKER.finditer(text):
        line, at = line + text.count("\n", at, match.start()), match.start()
        sign = match[1]
        if sign == "=======" and not inside:
            divider = line
            continue
        if sign == ">>>>>>>" and not inside and divider:
            yield divider, "======="
        if inside or sign == "<<<<<<<" or (sign == ">>>>>>>" and divider):
            yield line, sign
        inside = sign == "<<<<<<<" or (inside and sign != ">>>>>>>")
        divider = 0


def problems(text: str, path: str) -> tuple[Diagnostic, ...]:
    """A problem D904 for each marker in a file."""
    remedy = (
        "run `dossier update`, which keeps both"
        if path.endswith(".suggested.yml")
        else "keep what is right of both"
    )
    return tuple(
        Diagnostic(
            path,
            line,
            1,
            "D904",
            f"`{sign}` is a conflict marker that a merge left: {remedy}, and remove the marker lines",
        )
        for line, sign in markers(text)
    )
