"""Political parties. The source runs their names together, so only what can be parted with certainty is taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rows import FACTBOOK, Country, Name, Row, with_article

_HEADS = (
    "Party|Movement|Alliance|Union|Front|Coalition|Congress|League|Bloc|Democrats|Rally|Force|Liberals|Greens|Republicans|"
    "Conservatives|Socialists|Council|Assembly|Platform|Initiative|Forum|Left|Renaissance|Alternative|Reconquete|Fidesz"
)
_HEAD = re.compile(rf"\b(?:{_HEADS})\b")
# A name of these words alone may be that of a party anywhere.
_GENERAL = frozenset(
    "action african agrarian all alliance alternative and at awakening bloc center centers central change christian citizen citizens citizenship civic coalition "
    "common communist concerned congress conservative conservatives convention convergence council country creating democracy democrat democratic democrats "
    "development ecological emergence environment equality european family farmers fatherland federal federation first for force forces forum "
    "free freedom front future general grand great green greens home homeland hope humanist independence independent initiative innovation in "
    "integration islamic justice labor labour law leadership league left liberal liberals liberation liberty local majority modern modernity motherland "
    "movement movements nation national nationalist nationalists new of opposition order our ours patriotic patriots peace people people's peoples plaid popular "
    "power presidential progress progressive progressives prosperity rally radical rebirth reconciliation reconstruction reform reformist reforms regions "
    "renaissance renewal republic republican republicans resistance restoration revival revolution revolutionary right rights rule rural salvation "
    "security social socialism socialist socialists society solidarity sovereignty stability strength sustainable the together tomorrow transparency "
    "true union unionist united unity veterans way will with work workers workers' young your".split()
)
# Names with that of the party before them, which the source does not part: the party's own.
_JOINED = {
    "Commons Communist Party of Chile": "Communist Party of Chile",
    "Enough Liberal Initiative": "Liberal Initiative",
    "Forward Fusion of Haitian Social Democrats": "Fusion of Haitian Social Democrats",
    "Front for Hope Magisterial Block of National Concentration": "Magisterial Block of National Concentration",
    "Liberals Social Democratic Party": "Social Democratic Party",
    "PAWANKA Multiethnic Indigenous Party": "Multiethnic Indigenous Party",
    "Rastriya Janamorcha Rastriya Prajatantra Party": "Rastriya Prajatantra Party",
    "Together for Change Unified Lumumbist Party": "Unified Lumumbist Party",
    "Together to Build Union for Cote d'Ivoire": "Union for Cote d'Ivoire",
    "Vanguard of Liberties Workers Party": "Workers Party",
}
_ACRONYM = re.compile(r" or ([^\W\d_][\w.-]*?[^\W\d_a-z][\w.-]*)(?= |$|,|;)")
_STOP = re.compile(
    r"\b(?:note|banned|prohibited|none|de facto|major|minor|formerly|includes|coalition of|other)\b",
    re.IGNORECASE,
)


def parties(data: list[Country]) -> Iterator[Row]:
    """A row for each party; those whose name several countries have bear the country's name too."""
    found = [
        (country, name, local, acronym)
        for country in data
        if country["sovereign"]
        for name, local, acronym in _parties(country)
    ]
    often = Counter(name for _, name, _, _ in found)
    locals_ = Counter(local for _, _, local, _ in found if local)
    for country, name, local, acronym in found:
        alone = often[name] == 1 and not _common(name)
        title = name if alone else f"{name} ({country['title']})"
        names: list[Name] = [(title, "en", FACTBOOK)]
        names += (
            [(local, "", FACTBOOK)] if locals_[local] == 1 and " " in local and not _general(local) else []
        )
        weak: list[Name] = [] if alone else [(name, "en", FACTBOOK)]
        weak += [(acronym, "", FACTBOOK)] if acronym else []
        yield Row(
            "organization",
            tuple(names),
            tuple(weak),
            (),
            f"Political party in {with_article(country['title'])}.",
        )


def _common(name: str) -> bool:
    """Whether a party anywhere may have the name: of two words at most, or "National Democratic Party"."""
    return len(name.split()) <= 2 or _general(name)


def _general(name: str) -> bool:
    return _GENERAL.issuperset({*re.split(r"[ -]", name.lower().replace("’", "'"))} - {"party"})


def _parties(country: Country) -> Iterator[tuple[str, str, str]]:
    """(name, name in its own language, acronym) of each party that can be told from those beside it."""
    text = " ".join(re.split(r"\bnote:", country["parties"])[0].replace("Britian", "Britain").split())
    at = 0
    for match in _ACRONYM.finditer(text):
        if text.count("(", at, match.start()) != text.count(")", at, match.start()):
            continue  # an acronym within brackets
        yield from _told(text[at : match.start()], match[1])
        at = match.end()
    yield from _told(text[at:], "")


def _told(text: str, acronym: str) -> Iterator[tuple[str, str, str]]:
    """The parties of a stretch that ends with an acronym or with the text: the acronym is the last one's."""
    text = re.sub(r"^\s*\((?:[^()]|\([^()]*\))*\)", "", text).strip(" ,;")
    if _STOP.search(text) or ":" in text:
        return
    local = re.search(r" \(([^()]+)\)$", text)
    name = re.sub(r" \([^()]*\)", "", text).strip()
    pieces = _pieces(name)
    for at, piece in enumerate(pieces):
        last = at == len(pieces) - 1
        own = (
            local[1].strip()
            if local and last and not re.search(r"[,;]|\b(?:or|in|under)\b", local[1])
            else ""
        )
        yield _JOINED.get(piece, piece), own, acronym if last else ""


def _pieces(name: str) -> list[str]:
    """One name, or several that each end with "Party"; nothing where they cannot be parted."""
    parts = re.findall(r"(?:(?!Party\b)[A-Z][\w'’-]* ){1,3}Party(?= [A-Z]|$)", name)
    if len(parts) > 1 and " ".join(parts) == name:
        return parts
    words = name.split()
    heads = list(_HEAD.finditer(name))
    if len(heads) != 1 or not 2 <= len(words) <= 8 or not words[0][:1].isupper():
        return []
    rest = name[heads[0].end() :]
    whole = not rest or re.match(r" (?:of|for|in) ", rest)
    before = len(name[: heads[0].start()].split())
    odd = re.search(r"[,;/()\d!.]| or |\bIndependents\b", name)
    return [name] if whole and before <= 5 and not odd else []
