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
    ],
)
def test_addresses_that_cannot_be_given(paper, new, says):
    assert says in rename(paper, "2016/talks", new, code=2)
    assert (paper.content / "articles/2016/talks.md").exists()


def test_a_published_article_keeps_its_address_unless_forced(paper):
    page = paper.content / "articles/2016/talks.md"
    page.write_text(page.read_text().replace("status: draft", "status: published"), encoding="utf-8")
    assert "readers may have its address" in rename(paper, "2016/talks", "2017/talks", code=2)
    rename(paper, "2016/talks", "2017/talks", "--force")
    assert (paper.content / "articles/2017/talks.md").exists()
