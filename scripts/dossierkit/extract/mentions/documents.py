"""Numbered documents: resolutions of the United Nations ("resolutions 2254 and 2268" are two), and executive orders.

Security Council resolutions have running numbers; General Assembly resolutions, since 1976, have the session before a stroke
("67/262").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossierkit.model.finding import Mention

_SESSION = r"\d{1,2}/\d{1,4}"
_NUMBER = rf"(?:{_SESSION}|\d{{1,4}}(?![\d/,.]\d))(?: ?\([12]\d{{3}}\))?"
_AND = r"(?:, | and |, and | or | et |[ ،]+و ?)"
_HEADS = re.compile(
    r"(?:(?P<short>UNSCR|UNSC [Rr]esolutions?)"
    r"|(?P<body>Security Council|General Assembly|Conseil de sécurité|UNGA)(?:['’]s?)? (?P<head>[Rr]esolutions?|RESOLUTIONS?)"
    r"|(?P<plain>[Rr]esolutions?|[Rr]ésolutions?|RESOLUTIONS?|ال?قرار(?:ين|ات|ي)?))"
    rf"[ \xa0](?:(?:No|Nos|nos?|n°|رقم)\.? ?)?(?P<numbers>{_NUMBER}(?:{_AND}{_NUMBER})*)"
)
_ORDER = re.compile(r"\b(?:Executive Order(?: \((?:E\.O\.|EO)\))?|E\.O\.|EO) (\d{4,5})\b")
_COUNCIL = re.compile(r"Security Council|SECURITY COUNCIL|UNSC|Conseil de sécurité|مجلس ال[أا]من")
_EACH = re.compile(_NUMBER)
_BARE = re.compile(rf"{_SESSION}|\d+")


def find_documents(text: str) -> Iterator[Mention]:
    """Mentions of type document with ids such as "unsc-resolution-2254", "unga-resolution-67-262", "executive-order-13902".

    A bare "resolution 2254" counts as the Security Council's only if the text names the Council, and is otherwise ignored.
    """
    for order in _ORDER.finditer(text):
        yield Mention(
            *order.span(), order.group(), "document", 0.95, "order number", f"executive-order-{order[1]}"
        )
    council: bool | None = None
    for match in _HEADS.finditer(text):
        body = match["short"] or match["body"] or ""
        if not body:
            council = bool(_COUNCIL.search(text)) if council is None else council
        yield from _numbers(text, match, body, council=bool(council))


def _numbers(text: str, match: re.Match[str], body: str, *, council: bool) -> Iterator[Mention]:
    start = match.start("head") if match["head"] else match.start()
    for number in _EACH.finditer(text, match.start("numbers"), match.end("numbers")):
        bare = _BARE.match(text, number.start(), number.end())
        issuer = _issuer(bare.group() if bare else "", body, council=council)
        if bare and issuer:
            entity = f"{issuer}-resolution-{bare.group().replace('/', '-')}"
            surface = text[start : number.end()]
            yield Mention(start, number.end(), surface, "document", 0.95, "resolution number", entity)
        start = _next_start(text, number.end(), match.end("numbers"))


def _next_start(text: str, after: int, end: int) -> int:
    following = _EACH.search(text, after, end)
    return following.start() if following else end


def _issuer(number: str, body: str, *, council: bool) -> str:
    if "/" in number:
        return "unga"
    if body:
        return "unga" if body in ("General Assembly", "UNGA") else "unsc"
    return "unsc" if council and len(number) >= 3 else ""
