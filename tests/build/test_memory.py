"""What a preview takes from the last look: after any edit, the pages that a first look would make."""

from __future__ import annotations

import pytest

from dossierkit.build.load_site import SiteSettings, compiled
from dossierkit.build.memory import BuildMemory

OTHER = """\
    ---
    title: The talks in Geneva
    date: 2016-02-02
    lang: en
    status: published
    entities: [jane-doe, geneva]
    timeline:
      - {date: 2016-01-29, text: The talks open in Geneva, quote: opened in Geneva on Friday}
    ---

    The talks opened in Geneva on Friday, Jane Doe said.
    """
TALKS, MORE, DOE = "articles/2016/talks.md", "articles/2016/more.md", "entities/jane-doe.md"


@pytest.fixture
def look(repository, templates):
    repository.write(MORE, OTHER)
    settings, memory = SiteSettings(docs=repository.content), BuildMemory()

    def told():
        seen = compiled(settings, memory=memory, bytecode=templates)
        assert seen.pages == compiled(settings, bytecode=templates).pages
        return {page.path: page.body for page in seen.pages}

    return told


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (MORE, "2016-01-29", "2016-03-29"),
        (MORE, "text: The talks open in Geneva", "text: They sit down"),
        (MORE, "entities: [jane-doe, geneva]", "entities: [geneva]"),
        (MORE, "2016-02-02", "2015-02-02"),
        (MORE, "Jane Doe said", "Jane Doe wrote"),
        (MORE, "published", "published\nlang: fr"),
        (TALKS, "Talks open, quote", "Talks begin, quote"),
        (DOE, "title: Jane Doe", "title: J. Doe\naliases: [Jane Doe]"),
    ],
)
def test_after_an_edit_all_pages_are_as_at_a_first_look(look, repository, path, old, new):
    first = look()
    file = repository.content / path
    before = file.read_text(encoding="utf-8")
    after = before.replace("lang: en\n", "") if "lang: fr" in new else before
    assert old in before
    file.write_text(after.replace(old, new), encoding="utf-8")
    assert look() != first
    file.write_text(before, encoding="utf-8")
    assert look() == first


def test_an_article_that_goes_takes_what_it_told_of_an_event_with_it(look, repository):
    both = look()["timeline/index.md"]
    (repository.content / MORE).unlink()
    assert look()["timeline/index.md"] != both
