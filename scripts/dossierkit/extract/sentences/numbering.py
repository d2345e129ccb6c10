"""Numbers of paragraphs: "12. On 3 May", "12 On 3 May", "[12] On 3 May", "(b) On 3 May", as judgments and reports of commissions have them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

_NUMBERED = re.compile(
    r"^[ \t]*(?:(?P<counted>\d{1,4})(?:[.)][ \t]+|[ \t]{2,}|\t)|\[\d{1,4}\][ \t]+|\d{1,3}(?:\.\d{1,3}){1,3}\.?[ \t]+"
    r"|(?P<bare>\d{1,3}) |\((?:\d{1,3}|[a-z]|[ivx]{2,5})\)[ \t]+|[a-z]\)[ \t]+)"
    r"(?=[\"“‘«„(]?[^\W\d_a-z])(?!\w+ \d{4}\b)",
    re.MULTILINE,
)
_STEP = 3
"""Numbers between two paragraphs that still count on: a heading or a quotation may stand between."""


def numbered(text: str) -> Mapping[int, int]:
    """The offset behind the number of each paragraph, by that of the number.

    A number with a stop counts only where another line counts on from it: "3. Mai 2010" is a date, "1. FC Lenn" a club. One without a stop
    counts only as one of three in a row: "22 Miners".
    """
    found = [(match.end() - len(match[0].lstrip()), match) for match in _NUMBERED.finditer(text)]
    counts = {int(match["counted"]) for _, match in found if match["counted"]}
    bare = {int(match["bare"]) for _, match in found if match["bare"]}
    return {start: match.end() for start, match in found if _counts(match, counts, bare)}


def _counts(match: re.Match[str], counts: AbstractSet[int], bare: AbstractSet[int]) -> bool:
    if match["bare"]:
        n = int(match["bare"])
        return any({first, first + 1, first + 2} <= bare for first in range(n - 2, n + 1))
    return not match["counted"] or _goes_on(match, counts)


def _goes_on(match: re.Match[str], counts: AbstractSet[int]) -> bool:
    number = int(match["counted"])
    return any(number + step in counts for step in (*range(-_STEP, 0), *range(1, _STEP + 1)))
