"""Mentions of names of the authority records; the first layer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from dossierkit.extract.authority import Authority, Hit
from dossierkit.extract.forms import bare
from dossierkit.model.finding import Mention
from dossierkit.text.data import load
from dossierkit.text.fold import fold
from dossierkit.text.named import short_forms

_ANOTHER = re.compile(r"[a-z,] New \Z")
_OTHER_PEOPLE = re.compile(r"\b(?:African|American|Central|East|Latin|Native|North|South|West) \Z")
_AHEAD = len("American ") + 1


def record_mentions(text: str, authority: Authority) -> list[Mention]:
    """Forms that mean one record in this article, with its id.

    A strong form of a single record means that record. If records share a form, or have it as a weak alias, it means the
    one that the article also names by a strong form of its own. If there is no such record, or several, the form is
    undecided: strong forms stay as mentions without an entity, weak forms are left out. "Jersey" in "three New Jersey men" is none, nor
    "Indian" in "West Indian", nor "Niger" in "Niger-Congo".
    """
    hits = [hit for hit in authority.find(text) if not _is_part(text, hit)]
    present = {hit.form.strong[0] for hit in hits if len(hit.form.strong) == 1}
    short = _short_names(present, authority) if len(present) > 1 else {}
    return [mention for hit in hits if (mention := _decide(text, hit, present, short, authority)) is not None]


def _is_part(text: str, hit: Hit) -> bool:
    """Whether a form is the end of another name, or the beginning of a family of languages."""
    if in_tongue(text, hit.start):
        return True
    named = _OTHER_PEOPLE if hit.form.weak and not hit.form.strong else _ANOTHER
    return named.search(text, max(0, hit.start - _AHEAD), hit.start) is not None


def in_tongue(text: str, start: int) -> bool:
    """Whether a family of languages begins there: "Niger-Congo"."""
    return text.startswith(tuple(load("en/places")["tongues"]), start)


def _short_names(present: Iterable[str], authority: Authority) -> dict[str, set[str]]:
    """People present whom a first or last word may mean, by its folded form."""
    found: dict[str, set[str]] = {}
    people = (record for id_ in present if (record := authority.records[id_]).type == "person")
    for record in people:
        for name in record.strong_names:
            for form in short_forms(name.text):
                found.setdefault(fold(form), set()).add(record.id)
    return found


def _decide(
    text: str, hit: Hit, present: set[str], short: Mapping[str, set[str]], authority: Authority
) -> Mention | None:
    strong, weak = hit.form.strong, hit.form.weak
    if len(strong) == 1:
        return _mention(text, hit, authority, strong[0], (1.0, "name of a record"))
    bearing = {*strong, *weak} & present
    if weak and not strong:
        bearing |= short.get(fold(text[hit.start : hit.end]), set())
    meant = sorted(bearing)
    if len(meant) == 1:
        return _mention(text, hit, authority, meant[0], (0.95, "weak alias beside a full name"))
    if strong:
        return _mention(text, hit, authority, "", (0.6, "name of several records: " + ", ".join(strong)))
    return None


def _mention(text: str, hit: Hit, authority: Authority, id_: str, why: tuple[float, str]) -> Mention:
    type_ = authority.records[id_ or hit.form.strong[0]].type
    return Mention(hit.start, hit.end, authority.matcher.alone(text, hit.start, hit.end), type_, *why, id_)


def standing(hits: Sequence[Mention], candidates: Iterable[Mention]) -> list[Mention]:
    """The record mentions, without those inside a longer name that is more than themselves and titles: "Assad" inside
    "Hafez al-Assad", "Geneva" inside "Geneva Communiqué"; and without places that are people: "Jordan" beside "Jordan Peele".
    """
    longer = sorted(candidates, key=lambda m: m.start)
    people = {word for one in longer if one.type == "person" and " " in one.text for word in one.text.split()}
    remaining: list[Mention] = []
    at = 0
    for hit in sorted(hits, key=lambda m: m.start):
        while at < len(longer) and longer[at].end <= hit.start:
            at += 1
        over = longer[at] if at < len(longer) else None
        if over is None or not (_gives_way(hit, over) or (hit.text in people and _is_person(hit, over))):
            remaining.append(hit)
    return remaining


def _is_person(hit: Mention, over: Mention) -> bool:
    """Whether a place's name is that of a person, as read in its sentence."""
    return hit.type == "place" and over.type == "person" and (hit.start, hit.end) == (over.start, over.end)


def _gives_way(hit: Mention, over: Mention) -> bool:
    least = (
        0.6 if hit.score < 1 else 0.7
    )  # a weak alias inside a longer name is nearly always part of that name
    if not (over.start <= hit.start and hit.end <= over.end) or over.score < least:
        return False
    name = bare(over.text, over.type)
    return len(name) > len(hit.text) + 1 and hit.text in name
