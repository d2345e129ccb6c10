"""Cut what is no part of a name behind it (English): a common noun that says what it is ("the Al Qaeda network", "Lenn Times newspaper", "the Los Palos
district"), the area of an envoy, and a disease ("the Lenn Ebola patient").
"""

from __future__ import annotations

import re
from functools import cache

from dossierkit.extract.lexicon import known_place, lexicon
from dossierkit.model.finding import Mention
from dossierkit.text.data import load

_SMALL_END = re.compile(r"(?: [a-z][a-z-]{2,20}){1,3}$")
_ENVOY = re.compile(r" (?:special )?(?:coordinator|envoy|mediator|rapporteur|representative)\b")
_NAMED_AREA = re.compile(r" of [A-Z]")


def without_tail(text: str, mention: Mention) -> Mention:
    """The mention without small words behind its name, if the name is known or stands alone elsewhere in the text, and without a disease."""
    if mention.type not in {"organization", "place"}:
        return mention
    name, _, last = mention.text.rpartition(" ")
    if name and last in _list("diseases"):
        return mention.over(text, mention.start, mention.start + len(name))
    if mention.type == "organization" and (end := _before_field(text, mention)):
        return mention.over(text, mention.start, mention.start + end)
    tail = _SMALL_END.search(mention.text)
    if tail is None or tail.start() == 0 or not mention.text[0].isupper():
        return mention
    name, words = mention.text[: tail.start()], tail[0].split()
    cut = (
        _is_of_body(text, name, words, text[mention.end : mention.end + 7])
        if mention.type == "organization"
        else _is_of_place(text, mention)
    )
    return mention.over(text, mention.start, mention.start + len(name)) if cut else mention


def _before_field(text: str, mention: Mention) -> int:
    """The length of the name of "UN Middle East envoy" without the area; 0 for other names."""
    for body in _list("unions"):
        area = mention.text.removeprefix(f"{body} ")
        if area != mention.text and known_place(area) and _ENVOY.match(text, mention.end):
            return len(body)
    return 0


def _is_of_body(text: str, name: str, words: list[str], behind: str) -> bool:
    entry = lexicon().known.get(name)
    body = entry is not None and entry.type == "organization"
    press = words[-1] in _list("papers") or words[-2:] == ["news", "agency"]
    press = press or (words[-1] == "news" and (body or behind == " agency"))
    group = words[-1] in _list("groupings")
    return press or (group and (body or (not known_place(name) and _stands_alone(text, name))))


def _is_of_place(text: str, mention: Mention) -> bool:
    """As in "the Los Palos district" beside "Los Palos", "the Indian Ocean island of Lenn"."""
    name, _, last = mention.text.rpartition(" ")
    same = last in _list("extents") and _stands_alone(text, name)
    kinds = _list("settlements") | _list("extents")
    return same or (last in kinds and _NAMED_AREA.match(text, mention.end) is not None)


def _stands_alone(text: str, name: str) -> bool:
    """Whether the name also occurs without a noun behind it."""
    return (
        re.search(
            rf"(?<![\w-]){re.escape(name)}(?:[.,;:?!)’']|[’']s\b| (?:[a-z]{{1,3}}|said|says|will|have|were)\b)",
            text,
        )
        is not None
    )


@cache
def _list(kind: str) -> frozenset[str]:
    return frozenset(load("en/descriptions")[kind])
