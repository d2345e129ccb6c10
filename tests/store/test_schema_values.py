"""No value of any key ends a build otherwise than with its problem and place."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from dossierkit.check.selection import RuleSelection
from dossierkit.export.formats import FORMATS
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.site.interface import Publication
from dossierkit.store import page_parser, schema
from dossierkit.workflow.check import run

ARTICLE = {
    "title": "Talks open in Geneva",
    "date": "2016-02-01",
    "lang": "en",
    "status": "published",
    "source": {"publisher": "The Paper"},
    "entities": ["jane-doe", "geneva"],
    "timeline": [{"date": "2016-01-29", "text": "Talks open", "quote": "opened on Friday"}],
}
RECORD = {
    "title": "Geneva",
    "type": "place",
    "status": "reviewed",
    "location": {"lat": 46.2, "lon": 6.1},
    "relations": [{"type": "hosts", "to": "jane-doe"}],
}
DOSSIER = {"title": "D", "status": "published", "articles": ["2016/talks"], "cast": ["geneva"]}
PAGES = {
    "articles": ("articles/2016/talks.md", ARTICLE, "The talks opened on Friday. Jane Doe came to Geneva.\n"),
    "entities": ("entities/geneva.md", RECORD, ""),
    "dossiers": ("dossiers/d.md", DOSSIER, "The lead.\n"),
}
READERS = {"articles": page_parser.article, "entities": page_parser.record, "dossiers": page_parser.dossier}
REFUSED = {
    "choice": ["nowhere", "Draft", "[draft]"],
    "number": ["north", "1e5", "nan", "9" * 400, "{a: b}"],
    "edtf": ["yesterday", "2016-13-45", "2016-02-30", "2016-05-02/2016-05-01"],
    "instant": ["2126-12-01", "tomorrow", "''", "~"],
    "flag": ["maybe", "1"],
    "slug": ["Two Words", "../x", "''"],
    "texts": ["{a: b}", "[[]]"],
    "mapping": ["nowhere", "[a]", "{nothing: here}"],
    "items": ["nowhere", "{a: b}", "[[a]]"],
    "text": ["{a: b}", "[a]"],
    "language": ["e", "two words", "en_GB", "../en", '"\\e[31m"'],
    "seed": ["../x", "/etc/passwd", "seeds/../mkdocs.yml", "seeds", "content/x.md", "seeds\\x", "seeds//x"],
    "media": [
        "../x.jpg",
        "/etc/passwd",
        "media",
        "media/../x.jpg",
        "x.jpg",
        "https://x.test/x.jpg",
        "media\\x.jpg",
    ],
    "medium": ["../x.jpg", "media/../x.jpg", "x.jpg", "javascript:alert(1)", "//x.test/x", "http://a b"],
    "address": ["x", "media/x.jpg", "javascript:alert(1)", "//x.test/x", "http://a b"],
    "orcid": ["1", "0000-0002-1825-009", "https://orcid.org/", "x"],
    "id": ["../x", "A b", "a//b", "/a", "a.md", "Ab"],
    "template": ["../x.html", "/x.html", "C:x.html"],
}
ANYTHING = ["nowhere", "'" + "9" * 400 + "'", '"http://["', '"//[x"', '"\\x1b\\u202e"']


def flat(keys, above=()):
    for key in keys:
        yield (*above, key)
        yield from flat(key.of, (*above, key))


OPEN = ("text", "texts", "slug")
"""Kinds of key that can hold what no list names."""

KEYS = [(kind, path) for kind, keys in schema.KINDS.items() for path in flat((*keys, *schema.PASSED_ON))]
WORDS = [(kind, path) for kind, path in KEYS if path[-1].kind in OPEN and not path[-1].form]
NAMES = [f"{kind}-{'.'.join(key.name for key in path)}" for kind, path in KEYS]


def needed_of(key):
    """A value that a key can have."""
    return "1" if key.kind == "number" else "media/x.jpg" if key.form in {"media", "medium"} else "x"


def page(kind, path, value):
    """The text of a page whose key at a path has a value, written as it is."""
    _, base, body = PAGES[kind]
    root = node = yaml.safe_load(yaml.safe_dump(base))
    for key in path[:-1]:
        needed = {one.name: needed_of(one) for one in key.of if one.required}
        if key.kind == "items":
            listed = node.get(key.name)
            node[key.name] = listed if listed and isinstance(listed[0], dict) else [needed]
            node = node[key.name][0]
        else:
            node = node.setdefault(key.name, needed)
    node[path[-1].name] = "@"
    return (
        f"---\n{yaml.safe_dump(root, sort_keys=False).replace(chr(39) + '@' + chr(39), value)}---\n\n{body}"
    )


def line_of(text, path):
    return next(
        number
        for number, line in enumerate(text.split("\n"), 1)
        if line.lstrip(" -").startswith(f"{path[-1].name}:") and number > 1 and line_is(text, number, path)
    )


def line_is(text, number, path):
    """Whether a line lies below the first of the keys above its own."""
    above = [key.name for key in path[:-1]]
    lines = text.split("\n")[: number - 1]
    if not above:
        return not text.split("\n")[number - 1].startswith(" ")
    last = [line for line in lines if line and not line.startswith((" ", "-"))]
    return bool(last) and last[-1].startswith(f"{above[0]}:")


@pytest.mark.parametrize(("kind", "path"), KEYS, ids=NAMES)
def test_a_value_outside_of_what_a_key_can_have_is_refused_at_its_place(kind, path):
    key = path[-1]
    for value in (*REFUSED[key.kind], *(REFUSED[key.form] if key.form else ())):
        text = page(kind, path, value)
        with pytest.raises(DiagnosticsError) as raised:
            READERS[kind]("2016/talks", "x.md", text)
        wanted = line_of(text, path)
        found = [one for one in raised.value.problems if one.severity == "error"]
        assert wanted in {one.line for one in found} | {one.line - 1 for one in found}, (value, found)
        assert all(one.col for one in found)


@pytest.mark.parametrize(
    ("value", "accepted"),
    [("-90", True), ("90", True), ("90.01", False), ("-91", False), ("181", False)],
)
def test_latitudes_have_a_range(value, accepted):
    text = f"---\ntitle: A\ntype: place\nlocation: {{lat: {value}, lon: 0}}\n---\n"
    if accepted:
        assert page_parser.record("a", "a.md", text)[0].location.lat == float(value)
    else:
        with pytest.raises(DiagnosticsError, match=r"a\.md:4:17: D108 `lat`"):
            page_parser.record("a", "a.md", text)


def test_a_range_that_nobody_means_is_no_range():
    ranged = [key.name for _, path in KEYS if (key := path[-1]).least > float("-inf")]
    assert set(ranged) == {"lat", "lon", "order", "page"}


@pytest.mark.parametrize("kind", PAGES)
def test_whatever_a_key_holds_a_build_ends_with_pages_or_with_problems(repository, kind):
    """All values of all keys at once, each in a page of its own. A problem keeps the pages of all from being made: those that have one
    are tried alone, and the others at once again.
    """
    left = [page(kind, path, value) for of, path in WORDS if of == kind for value in ANYTHING]
    while left and (wrong := wrong_ones(repository, kind, left)):
        for text in wrong if len(left) > 1 else []:
            wrong_ones(repository, kind, [text])
        left = [text for text in left if text not in wrong]


def wrong_ones(repository, kind, texts):
    """Those of these pages, which a dossier shows, whose problems end a build, or the first, which the article names, where none of them has any; with no problem all files are made."""
    first = PAGES[kind][0]
    for file in (repository.content / first).parent.glob(f"{Path(first).stem}*.md"):
        file.unlink()
    pages = {first.replace(".md", f"{at or ''}.md"): text for at, text in enumerate(texts)}
    (repository.content / "dossiers").mkdir(exist_ok=True)
    for place, text in pages.items():
        own = Path(place).stem.title()  # a name that no other record has
        (repository.content / place).write_text(text.replace("title: Geneva\n", f"title: {own}\n"), "utf-8")
    articles, cast = (
        ", ".join(
            file.relative_to(folder).with_suffix("").as_posix() for file in sorted(folder.rglob("*.md"))
        )
        for folder in (repository.content / "articles", repository.content / "entities")
    )
    repository.write(
        "dossiers/all.md", f"---\ntitle: D\nstatus: published\narticles: [{articles}]\ncast: [{cast}]\n---\n"
    )
    built = repository.compile(
        publication=Publication(name="x", address="https://x.test/"), data=tuple(FORMATS)
    )
    if told := [problem.path for problem in built.problems if problem.severity == "error"]:
        return [pages[place] for place in pages if f"content/{place}" in told] or texts[:1]
    for written in built.written:
        assert [made for made, _ in written.make()] == list(written.paths)
    return []


@pytest.mark.parametrize("value", ["2016-13-45", "!!python/object:os.system x", "{? [a] : b}", "!!int x"])
def test_a_key_that_is_not_ours_and_that_no_yaml_reads_is_told(value):
    with pytest.raises(DiagnosticsError, match=r"x\.md:3:\d+: D105 `seen` cannot be read"):
        page_parser.article("x", "x.md", f"---\ntitle: A\nseen: {value}\n---\n")


@pytest.mark.parametrize("address", ["//[x", "http://[", "a.md#[", "%00.md"])
def test_an_address_that_cannot_be_one_is_a_link_that_leads_nowhere(repository, address):
    article = (repository.content / "articles/2016/talks.md").read_text(encoding="utf-8")
    (repository.content / "articles/2016/talks.md").write_text(
        f"{article}\nSee [x]({address}).\n", encoding="utf-8"
    )
    (repository.root / "mkdocs.yml").write_text(
        dedent("""\
            site_name: x
            docs_dir: content
            theme: {name: mkdocs}
            plugins: [dossier]
            """),
        encoding="utf-8",
    )
    repository.write("dossiers/d.md", f"---\ntitle: D\nstatus: draft\n---\n\nSee [x]({address}).\n")
    repository.write(
        "entities/curated.md", f"---\ntitle: C\ntype: person\nstatus: reviewed\n---\n\nSee [x]({address}).\n"
    )
    assert {one.code for one in repository.compile().problems} <= {"D304"}
    found = {one.problem.code for one in run(Path(repository.root), RuleSelection()).found}
    assert found <= {"D304", "D310"}
