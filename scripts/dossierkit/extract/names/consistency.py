"""Make names consistent within a document: one form has one type at every occurrence, and so do its short forms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossierkit.extract.mentions.acronyms import initials_match, name_words
from dossierkit.extract.names.decode import DecodedName
from dossierkit.text.generation import without_generation

_TOKEN = re.compile(r"\w+(?:[-’'.&]\w+)*\.?")
_AFTER_NAME = re.compile(
    r"\s*\(\s*(?:(?:or|the|also|known as|aka)\s+)*[\"“'‘]?([A-Z][A-Za-z0-9&-]{1,9})[\"”'’]?\s*[),;]"
)
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]{1,6}s?")
_GENITIVE = re.compile(r"['’]s?$")
_SURE, _CLEAR, _ADDED, _ALONE = 0.90, 0.55, 0.75, 0.80
# A vote is the score to this power: one clear mention counts more than several doubtful ones.
_SHARPNESS = 4
_LENT = 8  # a full name is better evidence for the type of a surname than the surname alone


@dataclass(frozen=True, slots=True)
class _Vote:
    """The type of a form in a document: winner, its share of the scores, best score."""

    type: str
    share: float
    best: float


def harmonise(text: str, names: Sequence[DecodedName]) -> list[DecodedName]:
    """Give each form one type, give acronyms the type of their long form, and add missed occurrences.

    Takes and returns names in text order, none overlapping; spans in code points, half open. Linear in the text.
    """
    votes = _vote(text, names)
    votes.update(_acronyms(text, names, votes))
    agreed = [_agree(text, name, votes) for name in names]
    return sorted([*agreed, *_missed(text, agreed, votes)])


def form_of(text: str, name: DecodedName) -> str:
    """The form under which a name votes: without genitive, single spaces; names in capitals vote separately."""
    return " ".join(_GENITIVE.sub("", text[name.start : name.end]).split())


def _vote(text: str, names: Sequence[DecodedName]) -> dict[str, _Vote]:
    sums: defaultdict[str, dict[str, float]] = defaultdict(dict)
    best: dict[str, float] = {}
    for name in names:
        form = form_of(text, name)
        sums[form][name.type] = sums[form].get(name.type, 0.0) + name.score**_SHARPNESS
        best[form] = max(best.get(form, 0.0), name.score)
    _lend_surnames(text, names, sums, best)
    votes = {}
    for form, shares in sums.items():
        winner = min(shares, key=lambda kind: (-shares[kind], kind))
        votes[form] = _Vote(winner, shares[winner] / sum(shares.values()), best[form])
    return votes


def _lend_surnames(
    text: str, names: Sequence[DecodedName], sums: defaultdict[str, dict[str, float]], best: dict[str, float]
) -> None:
    """Let a full name vote once for its surname alone, unless the surname is clearly a place there at least twice."""
    lent: set[str] = set()
    places = Counter(form_of(text, name) for name in names if name.type == "place" and name.score >= _SURE)
    for name in names:
        full = form_of(text, name)
        *given, surname = without_generation(full).split() or [""]
        if name.type != "person" or name.score < _SURE or not given or full in lent or places[surname] > 1:
            continue
        lent.add(full)
        sums[surname]["person"] = sums[surname].get("person", 0.0) + _LENT * name.score**_SHARPNESS
        best.setdefault(surname, name.score)


def _acronyms(text: str, names: Sequence[DecodedName], votes: dict[str, _Vote]) -> dict[str, _Vote]:
    """`Name Of Thing (NOT)`: give the acronym the type of the long form if its letters fit."""
    found = {}
    for name in names:
        match = _AFTER_NAME.match(text, name.end, name.end + 30)
        if match and initials_match(match.group(1), name_words(form_of(text, name))):
            vote = votes[form_of(text, name)]
            found[match.group(1)] = _Vote(vote.type, 1.0, max(vote.best, _SURE))
    return found


def _agree(text: str, name: DecodedName, votes: dict[str, _Vote]) -> DecodedName:
    vote = votes[form_of(text, name)]
    if vote.type == name.type or vote.share < _CLEAR:
        return name
    return name._replace(type=vote.type, score=round(vote.best * vote.share, 4))


def _missed(text: str, names: Sequence[DecodedName], votes: dict[str, _Vote]) -> Iterator[DecodedName]:
    """Find occurrences of sure names that the model missed: same form, same case, at word boundaries."""
    sure = {form: vote for form, vote in votes.items() if _worth_finding(form, vote)}
    tokens = list(_TOKEN.finditer(text))
    longest: defaultdict[str, int] = defaultdict(int)
    for form in sure:
        first = form.split()[0]
        longest[first] = max(longest[first], len(form.split()))
    taken, at, reach = iter(names), next(iter(names), None), 0
    next(taken, None)
    for index, token in enumerate(tokens):
        while at is not None and at.end <= token.start():
            at = next(taken, None)
        if token.start() < reach:
            continue
        for count in range(longest.get(_bare(token.group()), 0), 0, -1):
            last = tokens[min(index + count, len(tokens)) - 1]
            form = " ".join(_GENITIVE.sub("", text[token.start() : last.end()]).split())
            end = token.start() + len(_GENITIVE.sub("", text[token.start() : last.end()]))
            if form in sure and (at is None or at.start >= end):
                yield DecodedName(token.start(), end, sure[form].type, round(sure[form].best * _ADDED, 4))
                reach = end
                break


def _bare(token: str) -> str:
    return _GENITIVE.sub("", token)


def _worth_finding(form: str, vote: _Vote) -> bool:
    if vote.best < _SURE or vote.share < _ALONE or not form[:1].isupper():
        return False
    return len(form.split()) > 1 or _ACRONYM.fullmatch(form) is not None or len(form) > 3
