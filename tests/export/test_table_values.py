"""The value of every column, by its name: in `table_values.yml`, for a repository in which each value stands once."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.export.dataset import Dataset
from dossierkit.export.tables import TABLES, rows
from dossierkit.site.interface import Publication

EXPECTED = read_yaml(Path(__file__).parent / "table_values.yml")
PAGES = {
    "articles/2016/talks.md": """\
        ---
        title: The title
        date: 2016-03-05
        lang: en
        description: The description.
        source:
          publisher: The publisher
          url: https://paper.test/url
          archived: https://paper.test/archived
          rights: The rights.
          reliability: B2
          file: seeds/talks.txt
          sha256: "{digest}"
        authors:
          - {{given: Ada, family: Moreau, orcid: "https://orcid.org/0000-0002-1825-0097"}}
          - {{organization: The Desk}}
        status: published
        sample: true
        tags: [tag]
        entities: [geneva]
        timeline:
          - {{date: 2016-02-01/2016-02-03, text: The text, quote: They met, when: early February, dated_by: story, key: true, event: the-talks, entities: [geneva],
             claim_review: {{claim: The claim, by: [The claimant], rating: The rating, reviewer: [The reviewer], url: "https://paper.test/review"}}}}
        corrections:
          - {{date: 2016-04-01, what: The change, why: The reason}}
        ---

        They met near Geneva in early February. Geneva agreed.
        """.format(digest="ab" * 32),
    "entities/geneva.md": """\
        ---
        title: Geneva
        type: place
        status: reviewed
        description: The city.
        aliases: [{name: Genf, lang: de}]
        weak_aliases: [{name: The town, lang: en}]
        location: {lat: 46.2, lon: 6.15, precision: city}
        same_as: ["wikidata:Q71"]
        website: https://place.test/website
        relations:
          - {type: the type, to: talks, date: 2015, article: 2016/talks, quote: near Geneva}
        ---
        """,
    "entities/talks.md": "---\ntitle: Talks\ntype: event\nstatus: reviewed\n---\n",
    "dossiers/dossier.md": "---\ntitle: The dossier\ndescription: Its description.\narticles: [2016/talks]\n---\n",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory, furnish) -> Dataset:
    repository = furnish(tmp_path_factory.mktemp("values"))
    repository.write("entities/jane-doe.md", "---\ntitle: Jane Doe\ntype: person\nstatus: draft\n---\n")
    for path, text in PAGES.items():
        repository.write(path, text)
    compiled = repository.compile(publication=Publication(address="https://site.test/"))
    assert compiled.problems == ()
    return Dataset(compiled.frame)


@pytest.mark.parametrize("table", [one.name for one in TABLES])
def test_every_cell_is_in_the_column_of_its_name(data, table):
    assert list(rows(data, table)) == EXPECTED[table]
