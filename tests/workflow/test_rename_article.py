"""An article under another address: what names it, and links to it and from it, follows."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from dossierkit.cli import main
from dossierkit.model.proposal import RecordOffer, RecordProposal
from dossierkit.store.record_proposal import dump, load, path_of


@pytest.fixture
def paper(empty):
    (empty.root / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    empty.write(
        "articles/2016/talks.md",
        "---\ntitle: Talks\ndate: 2016-02-01\nlang: en\nstatus: draft\n---\n\nThe talks. See [other](other.md) and [her](../../entities/jane.md).\n",
    )
    empty.write(
        "articles/2016/other.md",
        "---\ntitle: Other\nlang: en\nstatus: draft\n---\n\nAs [told](talks.md#s1).\n",
    )
    empty.write(
        "entities/jane.md",
        "---\ntitle: Jane Doe\ntype: person\nrelations:\n  - {type: visited, to: geneva, article: 2016/talks}\n---\n",
    )
    empty.write("entities/geneva.md", "---\ntitle: Geneva\ntype: place\n---\n")
    empty.write(
        "dossiers/one.md",
        "---\ntitle: One\narticles: [2016/other, 2016/talks]  # both\n---\n\n[Talks](../articles/2016/talks.md).\n",
    )
    offers = empty.root / path_of("jane")
    offers.parent.mkdir(parents=True)
    offers.write_text(
        dump(RecordProposal((RecordOffer("aliases", "Jane D.", "2016/talks"),))), encoding="utf-8"
    )
    return empty


def rename(paper, *words, code=0):
    done = CliRunner().invoke(main, ["-C", str(paper.root), "rename", *words])
    assert done.exit_code == code, done.output
    return done.output


def text(paper, path):
    return (paper.content / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("named", ["2016/talks", "content/articles/2016/talks.md"])
def test_what_names_an_article_follows_it(paper, named):
    rename(paper, named, "2017/the-talks")
    assert not (paper.content / "articles/2016/talks.md").exists()
    assert "[other](../2016/other.md) and [her](../../entities/jane.md)" in text(
        paper, "articles/2017/the-talks.md"
    )
    assert "[told](../2017/the-talks.md#s1)" in text(paper, "articles/2016/other.md")
    assert 'article: "2017/the-talks"}' in text(paper, "entities/jane.md")
    assert 'articles: [2016/other, "2017/the-talks"]  # both' in text(paper, "dossiers/one.md")
    assert "(../articles/2017/the-talks.md)" in text(paper, "dossiers/one.md")
    (offer,) = load((paper.root / path_of("jane")).read_text(encoding="utf-8"), "x").offers
    assert offer.article == "2017/the-talks"


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("2016/other", "exists already"),
        ("The Talks", "not an article's id"),
        ("talks", "a folder and a name"),
        ("../entities/talks", "a folder and a name"),
    ],
)
def test_addresses_that_cannot_be_given(paper, new, says):
    assert says in rename(paper, "2016/talks", new, code=2)
    assert (paper.content / "articles/2016/talks.md").exists()


def published(paper, path, status="published"):
    page = paper.content / path
    page.write_text(page.read_text().replace("status: draft", f"status: {status}"), encoding="utf-8")


def addresses(paper):
    return {page.path: page.meta.get("redirect") for page in paper.compile().pages}


@pytest.mark.parametrize("status", ["reviewed", "published"])
def test_the_old_address_of_an_article_that_readers_had_leads_to_the_new_one(paper, status):
    published(paper, "articles/2016/talks.md", status)
    assert "the address of `2016/talks` leads to `2017/talks`" in rename(paper, "2016/talks", "2017/talks")
    rename(paper, "2017/talks", "2018/talks")
    found = addresses(paper)
    assert found["articles/2016/talks.md"] == found["articles/2017/talks.md"] == "articles/2018/talks/"
    assert found["articles/2018/talks.md"] is None
    rename(paper, "2018/talks", "2016/talks")
    found = addresses(paper)
    assert found["articles/2016/talks.md"] is None
    assert found["articles/2018/talks.md"] == "articles/2016/talks/"


def test_the_old_address_of_a_draft_leads_nowhere(paper):
    rename(paper, "2016/talks", "2017/talks")
    assert "redirects" not in text(paper, "articles/2017/talks.md")


def test_an_address_that_says_too_much_leads_nowhere(paper):
    published(paper, "articles/2016/talks.md")
    said = rename(paper, "2016/talks", "2017/talks", "--no-redirect")
    assert "the address of `2016/talks` leads nowhere now" in said
    assert "articles/2016/talks.md" not in addresses(paper)
    assert "2016/talks" not in text(paper, "articles/2017/talks.md")


def test_an_address_is_never_given_to_another_article(paper):
    published(paper, "articles/2016/talks.md")
    rename(paper, "2016/talks", "2017/talks")
    assert "leads to `2017/talks`" in rename(paper, "2016/other", "2016/talks", code=2)
    paper.write("articles/2016/talks.md", "---\ntitle: New\nstatus: published\n---\n\nText.\n")
    assert [(one.code, one.path) for one in paper.compile().problems if one.code == "D802"] == [
        ("D802", "content/articles/2017/talks.md")
    ]


def test_a_withdrawn_article_keeps_its_address_unless_forced(paper):
    paper.write(
        "articles/2016/talks.md",
        "---\ntitle: Talks\nstatus: withdrawn\nwithdrawn: {reason: R., date: 2020}\n---\n",
    )
    assert "readers may have its address" in rename(paper, "2016/talks", "2017/talks", code=2)
    rename(paper, "2016/talks", "2017/talks", "--force")
    assert (paper.content / "articles/2017/talks.md").exists()


def test_a_dossier_moves_with_the_links_to_it_and_its_old_address_leads_on(paper):
    paper.write("index.md", "[One](dossiers/one.md)\n")
    rename(paper, "content/dossiers/one.md", "the-talks")
    assert text(paper, "index.md") == "[One](dossiers/the-talks.md)\n"
    assert "[Talks](../articles/2016/talks.md)" in text(paper, "dossiers/the-talks.md")
    assert addresses(paper)["dossiers/one.md"] == "dossiers/the-talks/"
    assert "not a dossier's id" in rename(paper, "dossiers/the-talks", "2016/talks", code=2)


def test_the_old_addresses_of_a_record_are_not_given_up(paper):
    assert "keeps the ids" in rename(paper, "jane", "jane-doe", "--no-redirect", code=2)
    assert (paper.content / "entities/jane.md").exists()


@pytest.mark.parametrize("old", ["../../x", "A b", "a//b"])
def test_what_is_no_id_leads_nowhere(paper, old):
    page = paper.content / "articles/2016/talks.md"
    page.write_text(page.read_text().replace("lang: en", f'lang: en\nredirects: ["{old}"]'), encoding="utf-8")
    found = {one.code for one in paper.compile().problems if one.path == "content/articles/2016/talks.md"}
    assert found == {"D105"}
