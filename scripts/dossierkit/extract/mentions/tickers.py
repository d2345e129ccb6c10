"""Signs of shares in angle brackets behind a company's name, as agencies write them: "Lenn Metals Inc <LNM.O>"."""

from __future__ import annotations

import re

from dossierkit.model.finding import Mention

_TICKER = re.compile(r"<([A-Z0-9-]{1,6}(?:[.= ][A-Z]{1,3}){0,2})>")
_LAST_WORD = re.compile(r"[^\W_]\S{0,40} ?\Z")
_BEFORE, _LONGEST = 42, 16  # code points


def is_ticker(text: str, mention: Mention) -> bool:
    """Whether the mention is inside such a sign; "<LNM>" behind no capitalised word is a name."""
    opened = text.rfind("<", max(0, mention.start - _LONGEST), mention.start)
    sign = _TICKER.match(text, opened) if opened >= 0 else None
    if sign is None or mention.end > sign.end():
        return False
    before = _LAST_WORD.search(text, max(0, opened - _BEFORE), opened)
    return before is not None and before[0][0].isupper()
