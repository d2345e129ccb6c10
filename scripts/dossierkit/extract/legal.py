"""Legal forms behind the names of companies: "Ltd", "S.à r.l.", "Sdn. Bhd.", "GmbH & Co. KG"."""

from __future__ import annotations

import re
from functools import cache

from dossierkit.extract.lexicon import lexicon

_MOST_WORDS = 4  # of a legal form
_PART_OF_NAME = frozenset({"Corporation", "Incorporated"})


def is_company(name: str) -> bool:
    """Whether a name ends with a legal form."""
    return _last_form(name) is not None


def without_legal_form(name: str) -> str:
    """The name without it; "China Harbour Petroleum Corporation" is not called "China Harbour Petroleum"."""
    found = _last_form(name)
    while found and found[1].split()[-1] not in _PART_OF_NAME:
        name = name[: found.start()]
        found = _last_form(name)
    return name


def _last_form(name: str) -> re.Match[str] | None:
    """The legal form of up to four words that a name ends with, the longest first."""
    spaces = [at for at, char in enumerate(name) if char == " " and at][-_MOST_WORDS:]
    found = (_form().fullmatch(name, at - (name[at - 1] == ",")) for at in spaces)
    return next(filter(None, found), None)


def legal_form_end(text: str, start: int, end: int) -> int:
    """Where a legal form ends that begins inside of the name from `start` to `end` or behind it, else `end`."""
    at = text.find(" ", start, end + 1)
    while at >= 0:
        found = _form().match(text, at - (text[at - 1] == ","))
        if found and found.end() >= end and (found.end() > end + 1 or "." in found[1][:-1]):
            return found.end()
        at = text.find(" ", at + 1, end + 1)
    return end


@cache
def _alternatives() -> str:
    forms = {form.rstrip(".") for form in lexicon().legal}
    return "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))


@cache
def _form() -> re.Pattern[str]:
    return re.compile(rf",? ((?:{_alternatives()})\b\.?)(?![\w-])")
