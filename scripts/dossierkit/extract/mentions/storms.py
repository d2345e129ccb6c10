"""Storms that have a name: "Hurricane Maria", "Tropical Storm Nate", and "Maria" alone after it. Never a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossierkit.extract.lexicon import lexicon
from dossierkit.model.finding import Mention
from dossierkit.text.data import load

STORM = "storm"
_STORM = re.compile(
    r"\b(?:(?:Subt|T)ropical |Super )?(?:Storm |Hurricane |Cyclone |Typhoon |(?:storm|hurricane|cyclone|typhoon) (?:called |named ))(?P<name>[A-Z][a-zà-öø-ÿ]+)\b"
)
_WEATHER = re.compile(r"\b(?:storms?|floods?|flooding|hurricane|winds|rains?|dams?)\b")
_ALONE = r"(?<![\w-]){}(?![\w-])"
_CAPITAL_BEHIND = re.compile(r" [A-Z]")
_REACH = 24  # code points


def find_storms(text: str) -> Iterator[Mention]:
    """Mentions of type event. A name alone means the storm unless a person of the text bears it: "Daniel Moreau"."""
    other = load("en/documents")["not_storms"]
    weather = _WEATHER.search(text) is not None  # "Storm" may also be a given name
    found = [
        match
        for match in _STORM.finditer(text)
        if match["name"] not in other and (weather or not match.group().startswith("Storm "))
    ]
    for match in found:
        start = match.start("name") if match.group()[0].islower() else match.start()
        yield Mention(start, match.end(), text[start : match.end()], "event", 0.95, STORM)
    for name in dict.fromkeys(match["name"] for match in found):
        first = next(match.end() for match in found if match["name"] == name)
        inside = {match.start("name") for match in found}
        alone = [match for match in re.finditer(_ALONE.format(name), text) if match.start() not in inside]
        if any(_is_of_name(text, match) for match in alone):
            continue
        yield from (
            Mention(*match.span(), name, "event", 0.9, STORM) for match in alone if match.start() > first
        )


def _is_of_name(text: str, match: re.Match[str]) -> bool:
    """Whether another capital stands beside it: "Daniel Moreau", "President Daniel"."""
    before = text[max(0, match.start() - _REACH) : match.start()]
    word = before.removesuffix(" ").rpartition(" ")[2] if before.endswith(" ") else ""
    title = word[:1].isupper() and (word.isalpha() or (word.endswith(".") and len(word) <= len("Gen.")))
    titled = title and word not in lexicon().openers
    return titled or _CAPITAL_BEHIND.match(text, match.end()) is not None
