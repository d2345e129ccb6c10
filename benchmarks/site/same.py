"""Whether two generators made the same: the article's words in their order, its sidebars, and the links both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

from corpus import Article, Corpus, Entity
from generators import Generator, article_address, entity_address

_SITE = "https://measured.test/"
_SAMPLE = 40
_BEHIND = re.compile(r'<details class="dk-figure__table dk-behind">.*?</details>', re.DOTALL)
"""What lies behind a drawing's lines: articles that name two others, on pages of a third. No other generator has it."""


class _Page(HTMLParser):
    """Words and links of a page; scripts and styles left out."""

    def __init__(self, site: Path, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address, self.silent = _SITE + address, 0
        self.said: list[str] = []
        self.links: list[str] = []
        html = (site / address / "index.html").read_text(encoding="utf-8")
        self.feed(_BEHIND.sub("", html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style"}
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.links.append(urljoin(self.address, href).partition("#")[0].removeprefix(_SITE))

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)

    @property
    def text(self) -> str:
        """Letters and digits only: typography differs between generators, words do not."""
        return _letters("".join(self.said))


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w", text))


def differences(generator: Generator, site: Path, corpus: Corpus) -> Iterator[str]:
    """What is not as the corpus has it, on pages taken evenly."""
    step = max(1, len(corpus.articles) // _SAMPLE)
    for article in corpus.articles[::step]:
        yield from _in_article(_Page(site, article_address(article)), article, generator.name)
    for entity in corpus.entities[::step]:
        yield from _in_entity(_Page(site, entity_address(entity)), entity, corpus, generator.name)
    yield from _in_indexes(site, corpus, generator.name)


def _in_article(page: _Page, article: Article, name: str) -> Iterator[str]:
    words = _letters(re.sub(r"\]\([^)]*\)", "", article.body))
    if words not in re.sub(r"↑", "", page.text):
        yield f"{name}: {article.id} lacks its text"
    for event in article.events:
        if _letters(event.text) not in page.text:
            yield f"{name}: {article.id} lacks the event {event.text}"
    wanted = {entity_address(entity) for entity in article.entities}
    linked = {link for link in page.links if re.fullmatch(r"entities/[^/]+/", link)}
    if linked != wanted:
        yield f"{name}: {article.id} links to {sorted(linked ^ wanted)}"


def _in_entity(page: _Page, entity: Entity, corpus: Corpus, name: str) -> Iterator[str]:
    wanted = {article_address(article) for article in corpus.naming[entity.id]}
    linked = {link for link in page.links if re.fullmatch(r"articles/\d+/[^/]+/", link)}
    if linked != wanted:
        yield f"{name}: {entity.id} links to {sorted(linked ^ wanted)}"


def _in_indexes(site: Path, corpus: Corpus, name: str) -> Iterator[str]:
    addresses = {article_address(article) for article in corpus.articles}
    for index in ("articles/", "timeline/"):
        if not addresses <= set(_links_below(site, index)):
            yield f"{name}: {index} does not lead to every article"
    if not {entity_address(entity) for entity in corpus.entities} <= set(_links_below(site, "entities/")):
        yield f"{name}: entities/ does not lead to every entity"


def _links_below(site: Path, index: str) -> Iterator[str]:
    """The links of an index and of the pages it is divided into, below its address or below lists/."""
    files = [*(site / index).rglob("index.html"), *(site / "lists" / index).rglob("index.html")]
    for file in sorted(files):
        address = file.parent.relative_to(site).as_posix() + "/"
        if address == index or not re.fullmatch(r"(articles/\d+|entities)/[^/]+/", address):
            yield from _Page(site, address).links
