"""Pages for programs: an article's bare text, and Markdown beside each page."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import frontmatter
import pytest
from markdown_it import MarkdownIt

from dossierkit.evidence.body_html import renderer
from dossierkit.evidence.layer import layer
from dossierkit.site.interface import Publication
from dossierkit.site.twins.markdown import markdown

rendered = MarkdownIt("commonmark").enable("table").render
BODY = (
    "First *paragraph*, with [a link](https://paper.test/x) and a `{{ macro }}`.\n\n## A heading\n\n- one\n- two\n  lines\n\n"
    "1. first\n2. second\n\n> quoted\n>\n> twice\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n    code  *kept*\n\nLast line  \nbroken & <b>raw</b>."
)
PLACES = "articles/2016/talks/index"


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def text_of(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    return "".join(parser.said)


def body(html: str) -> str:
    return html.partition('itemprop="articleBody">')[2].partition("</div>")[0]


@pytest.fixture(scope="module")
def site(tmp_path_factory, furnish):
    repository = furnish(tmp_path_factory.mktemp("twins"))
    repository.write("articles/2016/rich.md", f"---\ntitle: Rich *text*\nstatus: published\n---\n{BODY}\n")
    hidden = "---\ntitle: Zqhidden\nstatus: {}\nentities: [geneva]\n---\nZqhidden in Geneva.\n"
    repository.write("articles/2016/draft.md", hidden.format("draft"))
    repository.write("articles/2016/gone.md", hidden.format("withdrawn\nwithdrawn: {reason: Asked.}"))
    repository.write(
        "dossiers/all.md",
        "---\ntitle: All\narticles: [2016/talks]\n---\nRead [this](../articles/2016/talks.md#x).\n",
    )
    return repository


@pytest.fixture(scope="module")
def files(site):
    return site.files(publication=Publication(name="The site", address="https://site.test/", twins="all"))


def test_the_text_of_a_page_is_the_bare_text_beside_it(site, files):
    for name in ("talks", "rich"):
        html = site.page(f"articles/2016/{name}.md").body
        assert text_of(body(html)) == files[f"articles/2016/{name}/index.txt"]


def test_an_article_as_markdown_says_what_it_is_and_on_what_it_rests(files):
    page = frontmatter.loads(files[f"{PLACES}.md"])
    assert page["title"] == "Talks open in Geneva"
    assert page["date"] == "2016-02-01"
    assert page["source"] == {"publisher": "The Paper"}
    assert page["address"] == "https://site.test/articles/2016/talks/"
    assert page["text"] == "https://site.test/articles/2016/talks/index.txt"
    assert "Jane Doe came to Geneva & spoke." in page.content
    entry = "- **29 January 2016** (`2016-01-29`): Talks open\n  > opened on Friday\n"
    assert entry in page.content
    assert re.search(r"\(https://site\.test/articles/2016/talks/#t-[0-9a-f]+\)", page.content)
    assert "[Geneva](https://site.test/entities/geneva/index.md), Place" in page.content


def test_each_kind_of_page_has_its_markdown(files):
    assert "opened on Friday" in files["dossiers/all/index.md"]
    assert "[this](https://site.test/articles/2016/talks/#x)" in files["dossiers/all/index.md"]
    assert (
        "came to [Geneva](https://site.test/articles/2016/talks/#m-geneva-1)"
        in files["entities/geneva/index.md"]
    )
    assert "# The site" in files["index.md"]
    assert {"articles/index.md", "entities/index.md", "dossiers/index.md"} <= files.keys()


def test_no_twin_has_what_readers_may_not_see(files):
    twins = {path: text for path, text in files.items() if path.endswith((".md", ".txt"))}
    assert not [path for path, text in twins.items() if "qhidden" in path + str(text)]
    assert "Jane Doe came" in "".join(twins["llms-full.txt"])
    assert "https://site.test/llms-full.txt" in twins["llms.txt"]
    assert "https://site.test/articles/index.md" in twins["llms.txt"]


def test_a_page_names_its_twins_and_a_site_can_do_without(site):
    placed = Publication(name="The site", address="https://site.test/", twins="all")
    head = site.page("articles/2016/talks.md", publication=placed).meta["dossier_head"]
    assert (
        'type="text/markdown" title="Talks open in Geneva" href="https://site.test/articles/2016/talks/index.md"'
        in head
    )
    assert 'type="text/plain"' in head
    nowhere = Publication(name="The site", twins="all")
    dossier = site.page("articles/2016/talks.md", publication=nowhere).meta["dossier_head"]
    assert 'type="text/plain"' in dossier
    assert "text/markdown" not in dossier, (
        "Zensical takes a relative address of Markdown for a page of the site"
    )
    without = Publication(name="The site", twins="none")
    assert not [path for path in site.files(publication=without) if path.endswith("index.md")]
    assert (
        "text/markdown" not in site.page("articles/2016/talks.md", publication=without).meta["dossier_head"]
    )
    assert not [path for path in site.files(drafts=True) if path.endswith("index.md")], "a preview has none"


def test_by_itself_an_article_has_its_text_and_what_is_curated_its_markdown(site):
    files = site.files(publication=Publication(name="The site", address="https://site.test/"))
    lists = {"index.md", "articles/index.md", "entities/index.md", "dossiers/index.md"}
    assert {path for path in files if path.endswith(".md")} == {*lists, "dossiers/all/index.md"}
    assert "articles/2016/talks/index.txt" in files
    assert "[Talks open in Geneva](https://site.test/articles/2016/talks/)" in files["articles/index.md"]
    assert "(https://site.test/entities/geneva/)" in files["entities/index.md"], (
        "where there is no Markdown, the page"
    )
    assert "(index.txt); the home page" in files["llms.txt"]


def test_without_text_of_articles_nothing_names_one(site):
    """The setting of new repositories: the text stands on the page, and in the database."""
    publication = Publication(name="The site", address="https://site.test/", twins="lists")
    files = site.files(publication=publication)
    assert {path for path in files if path.startswith("articles/")} == {"articles/index.md"}
    assert "llms-full.txt" not in files
    assert not [path for path, text in files.items() if re.search(r"index\.txt|llms-full", str(text))]
    assert (
        "index.txt" not in site.page("articles/2016/talks.md", publication=publication).meta["dossier_head"]
    )


def test_markdown_says_what_the_html_says():
    html = renderer(("tables",), {})(BODY)
    made = markdown(layer(html), str)
    again = rendered(made)
    assert text_of(again).split() == text_of(html).split()
    assert "[a link](https://paper.test/x)" in made
    assert "### A heading" in made


@pytest.mark.parametrize(
    "text",
    ["*a* _b_ `c`", "# no heading", "1. no list", "- nor this", "<b>no</b> tag", "[x](y) ![z](w)", "&amp; a\\b", "> no", "a_b_c", "=== ~~~ +", "| a | b |"],
)  # fmt: skip
def test_text_is_never_markup(text):
    made = markdown(layer(f"<p>{escape(text)}</p>"), str)
    html = rendered(made)
    assert html.startswith("<p>")
    assert text_of(html).strip() == text
    assert html.count("<") == 2
