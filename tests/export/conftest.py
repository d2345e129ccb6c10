"""A repository with dates of every kind, hostile texts, and pages that readers may not see."""

from __future__ import annotations

import pytest

from dossierkit.build.outputs import save
from dossierkit.export.dataset import Dataset
from dossierkit.export.formats import FORMATS
from dossierkit.site.interface import Publication

DATED = """\
    ---
    title: "=HYPERLINK(\\"https://evil.test\\") & {50%_of} <b>talks</b>"
    date: 2016-02
    source:
      publisher: "+The \\\\ Paper, Ltd; #1"
      author: Doe, Jane and Roe
      url: "https://paper.test/a b{c}"
      archived: "https://archive.test/1"
      rights: All with the paper.
      reliability: B2
    status: published
    tags: [talks]
    entities: [jane-doe, geneva]
    timeline:
      - {date: 2016-01-29, text: Talks open, quote: opened on Friday}
      - {date: 2016-01-21~/2016-01-31, text: "Late; vague, words", quote: late January}
      - {date: 2016-02-03/2016-02-05, text: Three days, quote: from the third to the fifth}
      - {date: "2015?", text: A doubtful year, quote: perhaps in 2015, claim_review: {claim: It was so, rating: wrong, url: "https://check.test/{1}"}}
      - {date: 2016-02-06, text: In Geneva again, quote: Geneva again}
      - {text: Nobody knows when, quote: some day, when: some day}
    ---

    -Jane Doe came to Geneva. Talks opened on Friday, planned since late January, and ran
    from the third to the fifth; perhaps in 2015, some day. Geneva again, and Geneva.
    """
SIGNED = """\
    ---
    title: Signed
    date: 2016-03-01
    source: {publisher: The Paper, url: "https://paper.test/2", archived: "https://archive.test/2"}
    authors:
      - {given: Ada, family: Moreau, orcid: "https://orcid.org/0000-0002-1825-0097"}
      - {organization: The Desk and Sons}
      - Noor
    status: published
    ---

    The talks opened.
    """
HIDDEN = """\
    ---
    title: Zqtitle
    status: {status}
    {more}
    entities: [geneva, zqperson]
    timeline:
      - {{date: 2016-01-01, text: Zqclaim, quote: zqquote}}
    ---

    Zqperson in Geneva: zqquote.
    """


@pytest.fixture(scope="session")
def full(tmp_path_factory, furnish):
    """The small repository with what exports must get right, and three pages that they must not have."""
    repository = furnish(tmp_path_factory.mktemp("exports"))
    repository.write("articles/2016/dated.md", DATED)
    repository.write("articles/2016/draft.md", HIDDEN.format(status="draft", more="lang: en"))
    repository.write(
        "articles/2016/later.md", HIDDEN.format(status="published", more="embargo: 2030-01-01T00:00Z")
    )
    repository.write(
        "articles/2016/gone.md", HIDDEN.format(status="withdrawn", more="withdrawn: {reason: Asked.}")
    )
    repository.write("entities/zqperson.md", "---\ntitle: Zqperson\ntype: person\nstatus: reviewed\n---\n")
    relations = "relations:\n  - {type: met, to: zqperson}\n  - {type: lives in, to: geneva, date: 2016}\n"
    jane = (repository.content / "entities/jane-doe.md").read_text(encoding="utf-8")
    repository.write("entities/jane-doe.md", jane.replace("status:", f"{relations}status:"))
    repository.write("dossiers/all.md", "---\ntitle: All\narticles: [2016/dated, 2016/talks]\n---\nRead.\n")
    return repository


def dataset(repository, address: str = "https://site.test/x/") -> Dataset:
    published = Publication(name="The site", address=address)
    compiled = repository.compile(publication=published, now="2026-01-01T00:00:00Z")
    assert not [problem for problem in compiled.problems if problem.severity == "error"]
    return Dataset(compiled.frame)


@pytest.fixture(scope="session")
def site(full) -> Dataset:
    return dataset(full)


@pytest.fixture(scope="session")
def again(full) -> Dataset:
    """The same, compiled anew."""
    return dataset(full)


@pytest.fixture(scope="session")
def rootless(full) -> Dataset:
    """The same for a site that does not know where it stands."""
    return dataset(full, address="")


@pytest.fixture(scope="session")
def export(site, tmp_path_factory):
    """`export(format, of)`: the files of a format by name, as bytes."""

    def exported(name, of=site):
        folder = tmp_path_factory.mktemp(name)
        for file, parts in FORMATS[name].make(of).items():
            save(folder / file, parts)
        files = (file for file in folder.rglob("*") if file.is_file())
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}

    return exported


@pytest.fixture(scope="session")
def signed(tmp_path_factory, furnish) -> Dataset:
    """A site with an article that is signed by a person, a body, and a name."""
    repository = furnish(tmp_path_factory.mktemp("authors"))
    repository.write("articles/2016/signed.md", SIGNED)
    return dataset(repository)


RELATED = {
    "jane-doe": """\
type: person
relations:
  - {type: Member of, to: council, date: 2010/..}
  - {type: deputy minister of, to: council}
  - {type: deputy minister of, to: geneva}
  - {type: sister of, to: ann-doe}
  - {type: met, to: ann-doe}
""",
    "ann-doe": """\
type: person
died: 2015-06-01
same_as: [wikidata:Q1, "https://orcid.org/0000-0002-1825-0097", viaf:12345, "https://en.wikipedia.org/wiki/Ann_{Doe}"]
""",
    "council": "type: organization\nrelations:\n  - {type: led by, to: jane-doe}\n",
    "geneva": "type: place\nsame_as: [geonames:2660646]\n",
}


@pytest.fixture(scope="session")
def related(tmp_path_factory, furnish) -> Dataset:
    """A site whose records say how they are related, and what they are called elsewhere."""
    repository = furnish(tmp_path_factory.mktemp("related"))
    titles = {"jane-doe": "Jane Doe", "ann-doe": "Ann Doe", "council": "The Council", "geneva": "Geneva"}
    for id_, said in RELATED.items():
        repository.write(f"entities/{id_}.md", f"---\ntitle: {titles[id_]}\nstatus: reviewed\n{said}---\n")
    return dataset(repository)


TIMED = """\
---
title: Timed
date: 2016-02-08
status: published
entities: [jane-doe, geneva]
timeline:
  - {date: "2016-02-01T14:30", text: By the wall clock, quote: at half past two}
  - {date: "2016-02-02T23:15+02:00", text: With an offset, quote: logged late}
  - {date: "[2016-01-10..2016-01-20]", text: One of these days, quote: some day in January}
  - {date: 2016-02-01/2016-02-07, text: Last week, quote: last week}
  - {date: 2016-01-05/2016-01-08, text: Four days, quote: from the fifth to the eighth}
  - {date: 2015-12-30/.., text: Ever since, quote: Jane Doe has it}
  - {date: 2016-02-08, text: On the day of the report, quote: Jane Doe has it, dated_by: report, key: true}
  - {date: "-0043-03-15", text: In antiquity, quote: Geneva was old by then}
  - {date: "-0300/-0250", text: Older still, quote: wars before}
---

It was at half past two; logged late, on some day in January, last week, or from the fifth to the eighth. Jane Doe has it. Geneva was
old by then, wars before.
"""


@pytest.fixture(scope="session")
def timed(tmp_path_factory, furnish) -> Dataset:
    """A site with dates that have an hour, that are some time within a week, and that are before our era."""
    repository = furnish(tmp_path_factory.mktemp("timed"))
    repository.write("articles/2016/timed.md", TIMED)
    return dataset(repository)
