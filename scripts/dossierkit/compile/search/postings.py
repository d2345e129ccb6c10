"""Records -> postings: which pages have a term, and how much each is about it.

A page's weight for a term does not depend on other pages: BM25's saturation (Robertson and Zaragoza, 2009) against a
fixed length, in seven levels. How rare a term is, the browser reads from the length of its postings.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from dossierkit.model.searched import SearchRecord
from dossierkit.text.terms import all_terms, terms

OWN = 7  # the page of the very entity
_NAMED, _OFTEN = 2, 5  # a page that names it, by whatever name: once, and eight times or more
_TITLE, _DESCRIPTION = 6, 2
_LENGTH, _SATURATION, _SLOPE = 300, 1.2, 0.6
_LONGEST_NAME = 6  # terms

Postings = Mapping[str, "array[int]"]


def postings(records: Sequence[SearchRecord]) -> Postings:
    """By term: `page << 3 | level`, level 1 to 7, in the order of the pages; a page's number is its place in `records`.

    Beside single terms there are the names of entities as a whole (terms joined by a space), and `@id` for every
    entity, both with the pages that name the entity by any of its names.
    """
    names = {record.entity: tuple(_names(record)) for record in records if record.entity}
    found: dict[str, array[int]] = defaultdict(partial(array, "I"))
    for number, record in enumerate(records):
        page = number << 3
        for term, level in levels(record, names).items():
            found[term].append(page | level)
    return found


def _names(record: SearchRecord) -> Iterator[str]:
    """The names of an entity as terms; one that is too long is found by its words alone."""
    for name in (record.title, *record.names):
        words = all_terms(name)
        if 0 < len(words) <= _LONGEST_NAME:
            yield " ".join(words)


def levels(record: SearchRecord, names: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """The terms of one page with their levels. `names`: as terms, by the id of their entity."""
    words = terms(" ".join(sentence.text for sentence in record.sentences))
    weights = Counter(words)
    about = " ".join((record.description, *record.tags))
    for text, weight in ((record.title, _TITLE), (about, _DESCRIPTION)):
        for term in terms(text):
            weights[term] += weight
    slack = _SATURATION * (1 - _SLOPE + _SLOPE * len(words) / _LENGTH)
    level = {weight: 1 + int(6 * weight / (weight + slack)) for weight in set(weights.values())}
    made = {term: level[weight] for term, weight in weights.items()}
    for entity, count in record.named:
        whole = OWN if entity == record.entity else min(_NAMED + count.bit_length() - 1, _OFTEN)
        made[f"@{entity}"] = whole
        for name in names.get(entity, ()):
            made[name] = max(made.get(name, 0), whole)
    for name in record.names:
        for term in terms(name):
            made[term] = max(made.get(term, 0), OWN - 1)
    return made
