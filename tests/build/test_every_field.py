"""Every field of every kind of page: where a page shows it, what the page read has another digest once the field has another value.

The fields are those of the schema, so that a new one is tried, or has to be named below, from the day on which it is there.
"""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from dossierkit.build.dependencies.digests import Digests
from dossierkit.build.dependencies.facets import facets
from dossierkit.build.dependencies.reads import Reads
from dossierkit.build.load_site import SiteSettings, compiled
from dossierkit.site.interface import Publication
from dossierkit.store.schema import KINDS

TALKS = "articles/2016/talks.md"
BODY = (
    "\nThe talks opened on Friday. Jane Doe came to Geneva & spoke. Acme paid. The talks went on. Ada Moreau left. Works paid again.\n\n"
    "Some said the bridge was open. Others said the bridge was open. The door was shut by her. The door was shut by him.\n"
)
MEDIA = [
    {"src": "media/a.png", "alt": "A door", "caption": "The door", "credit": "The Paper"},
    {"src": "media/x.webm", "title": "A film", "lang": "en", "poster": "media/b.png", "captions": "media/a.vtt", "transcript": "media/a.vtt"},
    {"src": "media/x.pdf", "title": "Minutes", "page": 1},
]  # fmt: skip
IMAGE = {"src": "media/a.png", "alt": "A door", "caption": "The door", "credit": "The Paper"}
AUTHORS = [
    {"family": "Moreau", "given": "Ada", "orcid": "0000-0002-1825-0097"},
    {"organization": "Acme"},
    {"name": "A writer"},
]
SHOWN = {"image": IMAGE, "authors": AUTHORS, "media": MEDIA}
NOTICES = {"corrections": [{"date": "2016-06-01", "what": "A name", "why": "A slip"}]}
PAGES: dict[str, dict[str, Any]] = {
    TALKS: {
        "title": "Talks open", "date": "2016-05-30", "lang": "en", "status": "published", "arrived": "2016-06-02", "sample": False,
        "tags": ["a"], "description": "Talks.",
        "source": {
            "publisher": "The Paper", "url": "https://paper.example/1", "archived": "https://copy.example/1",
            "rights": "The Paper", "reliability": "B2", "part_of": "A mail", "identifier": "1", "captured": "2016-06-01",
            "file": "seeds/talks.txt", "sha256": "0" * 64, "pages": "1@0 2@30",
            "earlier": [{"file": "seeds/talks-1.txt", "sha256": "2" * 64}],
        },
        "entities": [{"id": "jane-doe", "also": ["spoke"]}, "geneva", "acme", {"name": "Ada Moreau", "type": "person"}],
        "timeline": [
            {
                "date": "2016-01-29", "text": "Talks open", "quote": "opened on Friday", "when": "on Friday", "entities": ["geneva"], "event": "opening", "key": False, "order": 1,
                "claim_review": {
                    "claim": "They opened", "by": AUTHORS, "rating": "true", "reviewer": AUTHORS, "url": "https://checks.example/1",
                },
            },
            {"date": "2016-01-29", "text": "Talks go on", "quote": "went on", "dated_by": "report", "order": 2},
            {"date": "2016-01-30", "text": "It was said", "quote": "the bridge was open", "prefix": "Some said "},
            {"date": "2016-01-30", "text": "It was shut", "quote": "The door was shut", "suffix": " by her"},
        ],
        **SHOWN, **NOTICES,
    },
    "articles/2017/more.md": {
        "title": "More", "source": {"author": "A writer"}, "redirects": ["2016/more"], "date": "2017-01-01", "status": "published", "tags": ["b"], "entities": ["geneva", "jane-doe"],
        "timeline": [{"date": "2016-01-29", "text": "Talks opened", "quote": "opened on Friday", "event": "opening"}],
    },
    "entities/jane-doe.md": {"title": "Jane Doe", "type": "person", "status": "reviewed"},
    "entities/geneva.md": {
        "title": "Geneva", "type": "place", "status": "reviewed", "location": {"lat": 46.2, "lon": 6.15, "precision": "city"},
    },
    "entities/acme.md": {
        "title": "Acme", "type": "organization", "status": "reviewed", "tags": ["a"], "description": "A maker.",
        "aliases": [{"name": "Acme Works", "lang": "en"}], "weak_aliases": [{"name": "Works", "lang": "en"}],
        "same_as": ["wikidata:Q1"], "not_same_as": ["geneva"], "redirects": ["acme-works"],
        "sources": [{"name": "A list", "date": "2016", "licence": "CC0", "url": "https://list.example/"}],
        "relations": [{"type": "based in", "to": "geneva", "date": "2015", "article": "2016/talks", "quote": "Acme paid"}],
        "founded": "1951", "dissolved": "1999", "website": "https://acme.example/",
        **SHOWN, **NOTICES,
    },
    "entities/door.md": {"title": "The door", "type": "document", "status": "reviewed", "named_only": False},
    "dossiers/talks.md": {
        "title": "The talks", "description": "All of them.", "finding": "They ended.", "lang": "en", "status": "published", "tags": ["a"],
        "articles": [{"id": "2016/talks"}], "cast": [{"id": "geneva"}],
        "select": {"entities_any": ["geneva"], "entities_all": ["geneva"], "tags": ["b"], "dates": "2016/2018"}, "redirects": ["old-talks"],
        **SHOWN, **NOTICES,
    },
    "dossiers/others.md": {"title": "Others", "status": "published", "articles": ["2017/more"]},
}  # fmt: skip
OTHER: dict[str, Any] = {
    "articles.lang": "fr", "articles.status": "draft", "articles.sample": True, "articles.source.file": "seeds/other.txt",
    "articles.source.sha256": "1" * 64, "articles.source.earlier.file": "seeds/other.txt", "articles.source.earlier.sha256": "1" * 64,
    "articles.source.reliability": "C3", "articles.source.pages": "1@0 2@5",
    "articles.entities.id": "door", "articles.entities.type": "organization", "articles.entities.name": "Ada",
    "articles.entities.also": ["spoke."],
    "articles.timeline.quote": "opened on", "articles.timeline.when": "Friday", "articles.timeline.dated_by": "story",
    "articles.timeline.prefix": "Others said ", "articles.timeline.suffix": " by him", "articles.timeline.entities": ["acme"],
    "articles.timeline.claim_review.by.orcid": "0000-0001-5109-3700",
    "articles.timeline.claim_review.reviewer.orcid": "0000-0001-5109-3700", "articles.timeline.key": True, "articles.timeline.order": 3, "articles.timeline.event": "other",
    "entities.title": "Jane", "entities.type": "event", "entities.status": "withdrawn", "entities.same_as": ["wikidata:Q2"],
    "entities.not_same_as": ["jane-doe"], "entities.redirects": ["the-works"], "articles.redirects": ["2015/more"], "dossiers.redirects": ["first-talks"], "entities.named_only": True,
    "entities.relations.to": "jane-doe", "entities.relations.article": "2017/more", "entities.relations.quote": "Acme",
    "entities.location.precision": "exact", "entities.aliases.lang": "fr", "entities.weak_aliases.lang": "fr",
    "dossiers.lang": "fr", "dossiers.status": "draft", "dossiers.articles.id": "2017/more", "dossiers.cast.id": "acme",
    "dossiers.select.entities_any": ["acme"], "dossiers.select.entities_all": ["acme"], "dossiers.select.tags": ["a"],
}  # fmt: skip
_MEDIA = {
    "image.src": "media/b.png", "media.src": "media/b.png", "media.page": 2, "media.poster": "media/a.png", "media.lang": "fr",
    "media.captions": "media/b.vtt", "media.transcript": "media/b.vtt", "authors.orcid": "0000-0001-5109-3700",
}  # fmt: skip
OTHER |= {f"{kind}.{name}": value for kind in KINDS for name, value in _MEDIA.items()}
ELSEWHERE = {
    "embargo": "tests/build/test_manifest.py: it ends without an edit",
    "withdrawn": "pages that say it have none, and no other page shows it",
    "publish": "tests/workflow/test_originals.py: it needs a file",
    "born": "as `founded`",
    "died": "as `founded`",
}
UNSEEN = {
    "articles.source.part_of", "articles.source.identifier", "articles.source.captured", "articles.source.file", "entities.authors.orcid",
    "articles.source.earlier.file", "articles.source.earlier.sha256",
    "entities.not_same_as", "entities.weak_aliases.lang",
}  # fmt: skip
"""Fields that stand on no page: for checks, imports and merges; of a file, only that there is one."""


def fields(keys, path: str):
    """(dotted name, key) of every field without fields of its own."""
    for key in keys:
        here = f"{path}.{key.name}"
        if key.name not in ELSEWHERE:
            yield from fields(key.of, here) if key.of else [(here, key)]


FIELDS = dict(pair for kind, keys in KINDS.items() for pair in fields(keys, kind))


def other(field: str, value: Any) -> Any:
    """Another value of the kind."""
    if field in OTHER:
        return OTHER[field]
    kind = FIELDS[field].kind
    if kind == "edtf":
        return "2014"
    if kind == "texts":
        return ["z"]
    return value + 1 if kind == "number" else f"{value}2" if FIELDS[field].form == "address" else f"{value} z"


def changed(field: str) -> dict[str, dict[str, Any]]:
    """The pages with another value of the field, in the first page and the first item that have it."""
    pages = {path: deepcopy(page) for path, page in PAGES.items()}  # pages share some of their values
    kind, *names = field.split(".")
    for page in (page for path, page in pages.items() if path.startswith(f"{kind}/")):
        for holder in holders(page, names[:-1]):
            if names[-1] in holder:
                holder[names[-1]] = other(field, holder[names[-1]])
                return pages
    raise AssertionError(f"no page here has {field}: give it to one")


def holders(value: Any, names: list[str]):
    if not names:
        yield from value if isinstance(value, list) else [value]
        return
    inner = value.get(names[0], [])
    for one in inner if isinstance(inner, list) else [inner]:
        if isinstance(one, dict):
            yield from holders(one, names[1:])


def made(root: Path, pages: dict[str, dict[str, Any]], templates) -> tuple[dict, Any, list, dict]:
    """By path of a page or a file beside pages: what is in it, and what was read for it; a function that tells digests; problems; the pages that are always made."""
    for path, meta in pages.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = BODY if path.startswith("articles/") else "\nA plain word.\n"
        file.write_text(
            f"---\n{yaml.safe_dump(json.loads(json.dumps(meta)), sort_keys=False)}---\n{text}",
            encoding="utf-8",
        )
    reads = Reads()
    settings = SiteSettings(
        docs=root / "content",
        publication=Publication(address="https://site.test/", feeds="all", embeds="all"),
    )
    result = compiled(settings, later=True, reads=reads, bytecode=templates)
    digests = Digests(result.frame, {id_: facets(one) for id_, one in result.frame.graph.articles.items()})
    found = {}
    always = {page.path: repr(page) for page in result.pages}
    for page in result.later:
        shown, keys = reads.during(page.make)
        if page.given is None:  # such a page is made each time
            always[page.path] = repr(shown)
        else:
            found[page.path] = (repr(shown), keys, page.given)
    for unit in (unit for one in result.written for unit in one.units if unit.rests == "reads"):
        files, keys = reads.during(lambda unit=unit: list(unit.make()))
        found[unit.paths] = (repr(files), keys, None)
    return found, digests.of, [one for one in result.problems if one.severity == "error"], always


@pytest.fixture(scope="module")
def before(tmp_path_factory, templates, pixel):
    """What is made of the pages as they are, with the digests of what was read for it."""
    root = tmp_path_factory.mktemp("fields")
    (root / "content/media").mkdir(parents=True)
    for name in ("a", "b"):
        (root / f"content/media/{name}.png").write_bytes(pixel)
        (root / f"content/media/{name}.vtt").write_text("WEBVTT\n", encoding="utf-8")
    (root / "content/media/x.pdf").write_bytes(b"%PDF-1.4\n")
    (root / "content/media/x.webm").write_bytes(b"\x1aE\xdf\xa3")
    found, digest, problems, always = made(root, PAGES, templates)
    assert problems == []
    assert not [key for _, keys, _ in found.values() for key in keys if not digest(key)], (
        "what cannot be compared is never kept"
    )
    known = {path: {key: digest(key) for key in keys} for path, (_, keys, _) in found.items()}
    return root, found, known, always


def test_every_field_of_the_schema_is_tried():
    for field in FIELDS:
        assert changed(field) != PAGES, field


@pytest.mark.parametrize("field", FIELDS)
def test_what_shows_a_field_rests_on_it(before, templates, field):
    root, found, known, always = before
    now, digest, problems, always_now = made(root, changed(field), templates)
    assert problems == []
    different = {path for path, (shown, _, _) in found.items() if path not in now or now[path][0] != shown}
    for path in different & now.keys():
        same = [key for key, one in known[path].items() if digest(key) != one]
        assert same or found[path][2] != now[path][2], f"{path} shows {field} and does not rest on it"
    assert bool(different or now.keys() - found.keys() or always_now != always) is (field not in UNSEEN)
