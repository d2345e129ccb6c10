"""From records to the files of the search index, which a browser reads piece by piece; the stages in order.

- `pages/N`: what a result shows of each of some twenty pages and of the events that it reports first, and its sentences. Each
  page is compressed separately, and a browser requests the bytes of one. Its file depends on a digest of its path, so that a
  page does not move to another file when others are added or removed, unless the number of files doubles;
- `terms/N`: stretches of the dictionary with postings (`packing`); a query reads one for each of its words;
- `places/N`: the place in `pages/`, by number of the page or event, and the number of the event in the page;
- `slips/N`: words by keys that typing errors leave unchanged, read if a word does not occur;
- `entities/N`, `names/N`: which entities are on which page, read when a reader opens the facet "entity";
- `terms-firsts/N`, `slips-firsts/N`: on a large site, the first term of each stretch, by blocks of stretches;
- `index`: the first term of each stretch or block, the table of facets, and rules to normalise words. It is read first.

All other files are compressed as a whole. `index` contains a digest of all the others, with which browsers request them, so
that files of different builds are never mixed.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dossierkit.model.plain import digest
from dossierkit.model.searched import Findable, SearchEvent, SearchRecord
from dossierkit.site.search import facets
from dossierkit.site.search.packing import Shard, as_json, packed, shards
from dossierkit.site.search.piece import Packed, PackKey, PageTerms, encoded, known, pieces
from dossierkit.site.search.query_dates import query_dates
from dossierkit.site.search.segments import IndexCache, postings
from dossierkit.site.search.slips import slips
from dossierkit.text.fold import FOLDED, SPELLED
from dossierkit.text.language import direction
from dossierkit.text.terms import APART, ARTICLES, CASES, little_words
from dossierkit.text.unspaced import UNSPACED

FOLDER = "search/data"
SUFFIX = ".dks"
_PACK = 24  # pages per file in `pages/`, at most, on average
_PACK_HEAD = b"dk"  # servers must not treat the file as compressed as a whole
_PLACE = (2, 4, 4)  # bytes of the number of a file in `pages/`, and of a page's start and length there
_PART = 2  # bytes of the number of an event
_PLACES = 128  # places per file
_FEW, _EVERY = 96, 64
"""Up to how many stretches the index lists all first terms; of more, how many share a file."""


class EmptySegmentCache:
    """A cache that stores nothing, for an index that is built once."""

    def take(self, name: str) -> None: ...

    def put(self, name: str, blob: bytes) -> None: ...

    def file(self, name: str) -> bytes:
        raise FileNotFoundError(name)


_BARE = EmptySegmentCache()


def index(
    found: Iterable[Findable], words: Mapping[str, Any], cache: IndexCache = _BARE
) -> Iterator[tuple[str, bytes]]:
    """The path below the site's root and the bytes of each file that is not there unchanged already.

    `words`: strings of the interface. Only one record is in memory at a time; records of unchanged pages are not made.
    """
    given: list[PageTerms] = []
    places: dict[str, bytes] = {}
    yield from _pages(found, cache, given, places)
    ordered = facets.ordered(given)
    version = hashlib.sha256("".join(one.file for one in ordered).encode())
    posted = postings(ordered, cache)
    stretches, forms = tuple(shards(posted)), tuple(shards(slips(posted, ordered)))
    for path, data in _parts(ordered, places, stretches, forms):
        content = packed(data)
        version.update(path.encode() + content)
        yield path, content
    table = {
        "version": version.hexdigest()[:16],
        "pages": len(ordered),
        "terms": _firsts(stretches),
        "slips": _firsts(forms),
        "places": _PLACES,
        **facets.sizes(),
        **facets.table(ordered),
        "folded": FOLDED,
        "little": little_words(),
        "dates": query_dates(),
        "articles": ARTICLES,
        "apart": APART,
        "cases": CASES,
        "unspaced": UNSPACED,
        "spelled": SPELLED,
        "words": words,
    }
    yield f"{FOLDER}/index{SUFFIX}", packed(as_json(table))


def _pages(
    found: Iterable[Findable], cache: IndexCache, given: list[PageTerms], places: dict[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """The changed files in `pages/`, one after another; the terms of each page are appended to `given`, its place is set in
    `places`.
    """
    for number, together in sorted(_packs(tuple(found)).items()):
        path = _path("pages", str(number))
        before = known(cache.take(path))
        now: Mapping[PackKey, Packed] = before
        if [*before] != [(one.path, one.rests) for one in together]:
            file = cache.file(path) if before else b""
            now, data = _pack(together, before if file else {}, file)
            if all(one.rests for one in together):
                cache.put(path, encoded(now))
            yield path, data
        for (page, _), (start, length, made) in now.items():
            places[page] = _place(number, start, length)
            given.extend(made)


def _pack(
    together: Sequence[Findable], before: Mapping[PackKey, Packed], file: bytes
) -> tuple[Mapping[PackKey, Packed], bytes]:
    """The pages of a file, and its content. `before`, `file`: the same from the last index."""
    data, packs = bytearray(_PACK_HEAD), {}
    for one in together:
        key = one.path, one.rests
        if one.rests and key in before:
            start, length, made = before[key]
            content = file[start : start + length]
        else:
            record = one.make()
            content = packed(as_json(_shown(record)))
            made = pieces(record, digest(content))
        packs[key] = len(data), len(content), made
        data += content
    return packs, bytes(data)


def _packs(found: Sequence[Findable]) -> Mapping[int, list[Findable]]:
    """Pages in the order of their paths, by the number of their file: the first bits of a digest of the path."""
    bits = max(0, (len(found) - 1) // _PACK).bit_length()
    packs: dict[int, list[Findable]] = defaultdict(list)
    for one in sorted(found, key=lambda one: one.path):
        name = hashlib.blake2b(one.path.encode("utf-8", "surrogatepass"), digest_size=_PLACE[0]).digest()
        packs[int.from_bytes(name) >> (8 * _PLACE[0] - bits)].append(one)
    return packs


def _parts(
    ordered: Sequence[PageTerms], places: Mapping[str, bytes], terms: Sequence[Shard], forms: Sequence[Shard]
) -> Iterator[tuple[str, bytes]]:
    """The files about many pages, before compression."""
    entities, names = facets.entities(ordered)
    rows = [places[one.path] + one.part.to_bytes(_PART, "big") for one in ordered]
    kinds: dict[str, Iterable[bytes]] = {
        "terms": [term.data for term in terms],
        "slips": [form.data for form in forms],
        "terms-firsts": map(as_json, _blocks(terms)),
        "slips-firsts": map(as_json, _blocks(forms)),
        "places": (b"".join(part) for part in facets.blocks(rows, _PLACES)),
        "entities": entities,
        "names": map(as_json, names),
    }
    for kind, parts in kinds.items():
        for number, data in enumerate(parts):
            yield _path(kind, str(number)), data


def _firsts(stretches: Sequence[Shard]) -> dict[str, Any]:
    """The first term of each of `count` stretches; of many, the first term of each block of `every`."""
    listed = [stretch.first for stretch in stretches]
    if len(listed) <= _FEW:
        return {"count": len(listed), "every": 1, "firsts": listed}
    return {"count": len(listed), "every": _EVERY, "firsts": listed[::_EVERY]}


def _blocks(stretches: Sequence[Shard]) -> Iterator[list[object]]:
    listed = [stretch.first for stretch in stretches]
    return facets.blocks(listed, _EVERY) if len(listed) > _FEW else iter(())


def _path(kind: str, name: str) -> str:
    return f"{FOLDER}/{kind}/{name}{SUFFIX}"


def _place(*values: int) -> bytes:
    return b"".join(value.to_bytes(size, "big") for value, size in zip(values, _PLACE, strict=True))


def _shown(page: SearchRecord) -> dict[str, Any]:
    """What a result needs. Empty values are left out."""
    shown = {
        "url": page.url,
        "type": page.type,
        "title": page.title,
        "lang": page.lang,
        "rtl": int(bool(page.lang) and direction(page.lang) == "rtl"),
        "note": page.note,
        "about": page.description,
        "id": page.entity,
        "names": list(page.names),
        "ids": [sentence.id for sentence in page.sentences] if page.type == "article" else [],
        "text": [sentence.text for sentence in page.sentences],
        "open": int(page.unreviewed),
        "events": [_event(event) for event in page.events],
    }
    return {key: value for key, value in shown.items() if value}


def _event(event: SearchEvent) -> list[object]:
    """An event's heading, date, anchor, sentence index, number of articles, whether undecided, and other headings if any."""
    shown = [event.text, event.words, event.id, event.sentence, event.articles, int(event.unreviewed)]
    return [*shown, list(event.others)] if event.others else shown
