"""The lead of a page, where it stands between headline and text and was not found with the text."""

from __future__ import annotations

from collections.abc import Sequence

from dossierkit.ingest.html.lines import PageLine
from dossierkit.ingest.html.parts import words_of

_SHORTEST, _LONGEST = 40, 1500  # characters
_FURTHEST = 12  # lines below the headline


def lead_of(lines: Sequence[PageLine], title: str, text: str) -> str:
    """The line in an element that is named as a lead, shortly below the headline; "" without one, or if `text` has it."""
    folded = title.casefold()
    heads = [number for number, line in enumerate(lines) if line.text.casefold() == folded]
    around = [line for at in heads for line in lines[at + 1 : at + 1 + _FURTHEST]]
    found = next((line.text for line in around if line.names & words_of("leads") and _is_long(line)), "")
    return "" if _bare(found)[:_LONGEST] in _bare(text) else found


def _is_long(line: PageLine) -> bool:
    return _SHORTEST <= len(line.text) <= _LONGEST and not line.link


def _bare(text: str) -> str:
    """Letters and digits, whatever the markup."""
    return "".join(filter(str.isalnum, text)).casefold()
