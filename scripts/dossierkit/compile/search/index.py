"""Records -> the files of a search index, which a browser reads piece by piece: the parts in the order they are written.

- `terms/N`: stretches of the dictionary with postings (`packing`); a query reads one for each of its words;
- `pages/N`: what a result shows of a page, and its sentences;
- `entities/N`, `names/N`: who is on which page, read when a reader opens the facet "entity";
- `index`: the first term of each stretch, the table of facets, and what makes words comparable. It is read first.

All are compressed. `index` carries a digest of all the others, and browsers ask for them with it: none is read beside
the index of another build.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dossierkit.compile.search import facets
from dossierkit.compile.search.packing import as_json, packed, shards
from dossierkit.compile.search.postings import postings
from dossierkit.model.searched import SearchRecord
from dossierkit.text.direction import direction
from dossierkit.text.fold import FOLDED
from dossierkit.text.terms import ARTICLES, UNSPACED, little_words

FOLDER = "search/data"
SUFFIX = ".dks"


def index(records: Iterable[SearchRecord], words: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Each file's path below the site's root, and its bytes. `words`: the strings of the interface."""
    pages = facets.ordered(records)
    digest = hashlib.sha256()
    blocks, names = facets.entities(pages)
    firsts = []
    for number, shard in enumerate(shards(postings(pages))):
        firsts.append(shard.first)
        yield _file(digest, "terms", number, shard.data)
    for number, page in enumerate(pages):
        yield _file(digest, "pages", number, as_json(_shown(page)))
    for number, block in enumerate(blocks):
        yield _file(digest, "entities", number, block)
    for number, name in enumerate(names):
        yield _file(digest, "names", number, as_json(name))
    table = {
        "version": digest.hexdigest()[:16],
        "pages": len(pages),
        "terms": firsts,
        **facets.sizes(),
        **facets.table(pages),
        "folded": FOLDED,
        "little": sorted(little_words()),
        "articles": ARTICLES,
        "unspaced": UNSPACED,
        "words": words,
    }
    yield f"{FOLDER}/index{SUFFIX}", packed(as_json(table))


def _file(digest: Any, kind: str, number: int, data: bytes) -> tuple[str, bytes]:  # noqa: ANN401 - hashlib's own type is private
    path = f"{FOLDER}/{kind}/{number}{SUFFIX}"
    content = packed(data)
    digest.update(path.encode() + content)
    return path, content


def _shown(page: SearchRecord) -> dict[str, Any]:
    """What a result needs. Keys with nothing in them are left out: there is a file for every page."""
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
    }
    return {key: value for key, value in shown.items() if value}
