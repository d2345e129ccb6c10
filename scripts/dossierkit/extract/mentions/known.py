"""Mentions of names of the authority records; the first layer."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from dossierkit.extract.authority import Authority, Hit
from dossierkit.extract.forms import bare
from dossierkit.extract.lexicon import known_place, lexicon
from dossierkit.extract.small_words import articles
from dossierkit.model.finding import Mention
from dossierkit.text.data import load
from dossierkit.text.fold import fold
from dossierkit.text.named import short_forms
from dossierkit.text.other_names import in_longer_name, in_other_name

_ANOTHER = re.compile(r"[a-z,] New \Z")
_NEW = "New "
# A place before which a preposition of place stands, in languages whose rules find people's surnames: "in Muscat", "à Mascate"
_PLACED = re.compile(
    r"(?<!\w)(?:in|at|near|outside|into|to|from|of|through|across|à|a|en|em|vers|près de|dans|nach|naar|uit|bei)\s\Z",
    re.IGNORECASE,
)
_AHEAD = len("y New ")
_PREPOSITION = 10  # code points
_AND = len(" and ")


def record_mentions(text: str, authority: Authority, lang: str) -> list[Mention]:
    """Forms that mean one record in this article, with its id.

    A strong form of a single record means that record. If records share a form, or have it as a weak alias, it means the
    one that the article also names by a strong form of its own, the capital of a country that it names, in whatever way, or a body of what it
    names ("Security Council" beside "UN"). If there is no such record, or
    several, the form is undecided: strong forms stay as mentions without an entity, weak forms are left out. "Jersey" in "three New Jersey
    men" is none, nor is "Indian" in "West Indian", nor "Niger" in "Niger-Congo"; nor what is a country's name in another language than
    `lang` (primary subtag) alone, and a word or a name there: "Maurice", "chili".
    """
    found = (hit for hit in authority.find(text) if not _is_part(text, hit))
    hits = [hit for hit in found if not _is_foreign(text, hit, authority, lang)]
    present = {hit.form.strong[0] for hit in hits if len(hit.form.strong) == 1}
    short = _short_names(present, authority) if len(present) > 1 else {}
    near = _Near(present, present | set(_said(text, hits, authority)), short)
    return [mention for hit in hits if (mention := _decide(text, hit, near, authority)) is not None]


class _Near(NamedTuple):
    """What an article names: records by a full name, these and what stands for them, and people by their short names."""

    present: set[str]
    said: set[str]
    short: Mapping[str, set[str]]


def _said(text: str, hits: Iterable[Hit], authority: Authority) -> Iterator[str]:
    """Countries by what their people are called, and what the gazetteer knows by its letters: "American", "UN"."""
    for hit in hits:
        known = lexicon().known.get(text[hit.start : hit.end])
        for id_ in hit.form.weak if not hit.form.strong else ():
            people = id_ in authority.countries and known is None
            if people or (known and authority.named(known.name) == id_):
                yield id_


def _is_part(text: str, hit: Hit) -> bool:
    """Whether a form is part of another name."""
    if in_longer_name(text, hit.start, hit.end):
        return True
    if hit.form.weak and not hit.form.strong:
        return in_other_name(text, hit.start, hit.end)
    new = text.endswith(_NEW, 0, hit.start) and known_place(_NEW + text[hit.start : hit.end])
    return new or _ANOTHER.search(text, max(0, hit.start - _AHEAD), hit.start) is not None


def _is_foreign(text: str, hit: Hit, authority: Authority, lang: str) -> bool:
    """Whether a form of `elsewhere` in data/languages.yml is a name in other languages only."""
    form = fold(text[hit.start : hit.end])
    if form not in _elsewhere():
        return False
    names = (
        name
        for id_ in (*hit.form.strong, *hit.form.weak)
        for name in (*authority.records[id_].strong_names, *authority.records[id_].weak_aliases)
    )
    return not any(
        fold(name.text) == form and name.lang.partition("-")[0] in {lang, "en", ""} for name in names
    )


@cache
def _elsewhere() -> frozenset[str]:
    return frozenset(map(fold, load("languages")["elsewhere"]))


def _short_names(present: Iterable[str], authority: Authority) -> dict[str, set[str]]:
    """People present whom a first or last word may mean, by its folded form."""
    found: dict[str, set[str]] = {}
    people = (record for id_ in present if (record := authority.records[id_]).type == "person")
    for record in people:
        for name in record.strong_names:
            for form in short_forms(name.text):
                found.setdefault(fold(form), set()).add(record.id)
    return found


def _decide(text: str, hit: Hit, near: _Near, authority: Authority) -> Mention | None:
    strong, weak = hit.form.strong, hit.form.weak
    if len(strong) == 1:
        return _mention(text, hit, authority, strong[0], (1.0, "name of a record"))
    bearing = {*strong, *weak} & near.present
    if weak and not strong:
        form = text[hit.start : hit.end]
        bearing |= near.short.get(fold(form), set())
        if not any(other in text for other in load("en/places")["namesakes"].get(form, ())):
            bearing |= {id_ for id_ in weak if authority.country_of.get(id_) in near.said}
        bearing |= {id_ for id_ in weak if _is_body_of(id_, form, near, authority)}
    meant = sorted(bearing)
    if len(meant) == 1:
        return _mention(text, hit, authority, meant[0], (0.95, "weak alias beside a full name"))
    if strong:
        return _mention(text, hit, authority, "", (0.6, "name of several records: " + ", ".join(strong)))
    return None


def _is_body_of(id_: str, form: str, near: _Near, authority: Authority) -> bool:
    """As "Security Council" of "United Nations Security Council", beside the UN."""
    names = authority.records[id_].strong_names if " " in form else ()
    wholes = {name.text.removesuffix(form).rstrip() for name in names if name.text.endswith(form)}
    return any(authority.named(whole) in near.said for whole in wholes if whole)


def _mention(text: str, hit: Hit, authority: Authority, id_: str, why: tuple[float, str]) -> Mention:
    type_ = authority.records[id_ or hit.form.strong[0]].type
    return Mention(hit.start, hit.end, authority.matcher.alone(text, hit.start, hit.end), type_, *why, id_)


def surnames_alone(text: str, hits: Sequence[Mention], candidates: Iterable[Mention]) -> frozenset[str]:
    """Places that are the surname of a person named in full ("Muscat" beside "Joseph Muscat") and are nowhere said to be a place ("in Muscat")."""
    full = {one.text.rpartition(" ")[2] for one in candidates if one.type == "person" and " " in one.text}
    placed = {hit.text for hit in hits if _PLACED.search(text, max(0, hit.start - _PREPOSITION), hit.start)}
    return frozenset(full & {hit.text for hit in hits if hit.type == "place"} - placed)


def not_inside_names(
    hits: Sequence[Mention], candidates: Iterable[Mention], surnames: Container[str] = ()
) -> list[Mention]:
    """The record mentions, without those inside a longer name that is more than themselves and titles: "Assad" inside
    "Hafez al-Assad", "Geneva" inside "Geneva Communiqué"; and without places that are people: "Jordan" beside "Jordan Peele". A name
    that is two records joined by "and" is no longer name. `surnames`: places that are people here.
    """
    hits = [hit for hit in hits if hit.text not in surnames or hit.type != "place"]
    starts, ends = {hit.start: hit for hit in hits}, {hit.end: hit for hit in hits}
    longer = sorted(candidates, key=lambda m: m.start)
    people = {word for one in longer if one.type == "person" and " " in one.text for word in one.text.split()}
    remaining: list[Mention] = []
    at = 0
    for hit in sorted(hits, key=lambda m: m.start):
        while at < len(longer) and longer[at].end <= hit.start:
            at += 1
        over = longer[at] if at < len(longer) else None
        if (
            over is None
            or _joins(over, starts, ends)
            or not (_gives_way(hit, over) or (hit.text in people and _is_person(hit, over)))
        ):
            remaining.append(hit)
    return remaining


def _joins(over: Mention, starts: Mapping[int, Mention], ends: Mapping[int, Mention]) -> bool:
    """Whether two records, with at most "and" between them, make up a name: "منظمة الصحة العالمية واليونيسف"."""
    first, last = starts.get(over.start), ends.get(over.end)
    return (
        first is not None
        and last is not None
        and 0 < last.start - first.end <= _AND
        and first.type == "organization"
    )


def _is_person(hit: Mention, over: Mention) -> bool:
    """Whether a place's name is that of a person, as read in its sentence."""
    return hit.type == "place" and over.type == "person" and (hit.start, hit.end) == (over.start, over.end)


def _gives_way(hit: Mention, over: Mention) -> bool:
    # A weak alias inside a longer name is nearly always part of that name.
    least = 0.6 if hit.score < 1 else 0.7
    if not (over.start <= hit.start and hit.end <= over.end) or over.score < least:
        return False
    name = bare(over.text, over.type)
    if over.end == hit.end and over.text[: hit.start - over.start].rstrip().lower() in articles():
        return False  # "De Verenigde Naties"
    return len(name) > len(hit.text) + 1 and hit.text in name
