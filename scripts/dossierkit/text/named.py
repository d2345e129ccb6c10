"""Find the entities of a page in a text; proposals, pages and checks all use this rule.

A form of two entities is linked to neither. Forms given by the page (`also:`, or a name in the page) go before those
of a record, full names before weak aliases.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dossierkit.text.fold import fold
from dossierkit.text.generation import without_generation
from dossierkit.text.match import Matcher, same_form
from dossierkit.text.other_names import in_longer_name, in_other_name

_PARTICLES = ("al-", "el-", "al ", "el ")


class Bearer(NamedTuple):
    """An entity of a page. `here`: forms given by the page; `names`: of its record; `weak`: its weak aliases."""

    id: str
    type: str
    here: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


class Span(NamedTuple):
    """A mention: span in code points, and the entity's id."""

    start: int
    end: int
    entity: str


class Unsettled(NamedTuple):
    """A form in the text that several entities have. `start`, `end`: its first occurrence."""

    form: str
    bearers: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NamedForms:
    """`spans`: in text order, none overlapping. `unsettled`: forms in order of first occurrence."""

    spans: tuple[Span, ...]
    unsettled: tuple[Unsettled, ...]


def named(text: str, title: str, bearers: Sequence[Bearer]) -> NamedForms:
    """Find the entities of a page. Weak aliases need a full name in text or title, and are left out in other names."""
    sure = _claimed(bearers)
    weak = [(form, bearer.id) for bearer in bearers for form in bearer.weak]
    short = _short_forms(bearers) if sum(bearer.type == "person" for bearer in bearers) > 1 else {}
    if not weak and not short:
        return NamedForms(
            tuple(Span(*hit) for hit in Matcher(sure).find(text) if not in_longer_name(text, hit[0], hit[1])),
            (),
        )
    contextual = {same_form(form) for form, _ in weak}
    present = {id_ for _, _, id_ in Matcher(sure).find(f"{title}\n{text}")}
    taken = {same_form(form) for form, _ in sure}
    meant, several = _weak_forms(weak, short, present, taken)
    marks: list[tuple[str, str | tuple[str, ...]]] = [*sure, *meant, *several]
    hits = [hit for hit in Matcher(marks).find(text) if not _in_other_name(text, hit, contextual)]
    spans = tuple(Span(start, end, key) for start, end, key in hits if isinstance(key, str))
    return NamedForms(spans, tuple(_unsettled(text, hits)))


def _in_other_name(
    text: str, hit: tuple[int, int, str | tuple[str, ...]], contextual: Collection[tuple[str, ...]]
) -> bool:
    """Whether a hit is a weak alias within another name. A page that gives the alias itself does not mean those, either."""
    start, end, _ = hit
    weak = same_form(text[start:end]) in contextual
    return in_longer_name(text, start, end) or (weak and in_other_name(text, start, end))


def _claimed(bearers: Iterable[Bearer]) -> list[tuple[str, str]]:
    """(form, id) of the forms that mean one entity without company."""
    chosen: list[tuple[str, str]] = []
    taken: set[tuple[str, ...]] = set()
    listed = list(bearers)
    for level in ("here", "names"):
        claims = [(form, bearer.id) for bearer in listed for form in getattr(bearer, level)]
        owners: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for form, id_ in claims:
            owners[same_form(form)].add(id_)
        chosen += [
            (form, id_)
            for form, id_ in claims
            if len(owners[same_form(form)]) == 1 and same_form(form) not in taken
        ]
        taken |= owners.keys()
    return chosen


def _short_forms(bearers: Iterable[Bearer]) -> Mapping[str, dict[str, str]]:
    """Folded first and last words of people's full names: by id, as written."""
    forms: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for bearer in bearers:
        if bearer.type == "person":
            for name in (*bearer.names, *bearer.here):
                for form in short_forms(name):
                    forms[fold(form)].setdefault(bearer.id, form)
    return forms


def short_forms(name: str) -> tuple[str, ...]:
    """Short forms of a full name of several words: the first, the last, and the last without its article; "Jr." is none."""
    words = without_generation(name).split()
    if len(name.split()) < 2:
        return ()
    last = words[-1]
    bare = next((last[len(one) :] for one in _PARTICLES if last.lower().startswith(one)), last)
    return tuple(
        dict.fromkeys(form for form in (words[0], last, bare) if len(form) > 1 and form[0].isupper())
    )


def _weak_forms(
    weak: Iterable[tuple[str, str]],
    short: Mapping[str, Mapping[str, str]],
    present: set[str],
    taken: set[tuple[str, ...]],
) -> tuple[list[tuple[str, str]], list[tuple[str, tuple[str, ...]]]]:
    """Weak forms of exactly one entity that is present, and short forms that several of them have."""
    bearing: defaultdict[str, set[str]] = defaultdict(set)
    for form, id_ in weak:
        bearing[fold(form)].add(id_)
    for folded, ids in short.items():
        bearing[folded] |= ids.keys()
    there = {folded: tuple(sorted(ids & present)) for folded, ids in bearing.items()}
    meant = [(form, id_) for form, id_ in weak if there[fold(form)] == (id_,)]
    written = dict.fromkeys(
        [form for form, _ in weak] + [one for ids in short.values() for one in ids.values()]
    )
    several = [
        (form, there[fold(form)])
        for form in written
        if len(there[fold(form)]) > 1 and same_form(form) not in taken
    ]
    return meant, several


def _unsettled(text: str, hits: Iterable[tuple[int, int, str | tuple[str, ...]]]) -> Iterator[Unsettled]:
    counts: Counter[str] = Counter()
    for start, end, key in hits:
        form = text[start:end]
        if not isinstance(key, str):
            counts[fold(form)] += 1
            if counts[fold(form)] == 1:
                yield Unsettled(form, key, start, end)
