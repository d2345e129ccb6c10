"""Plugins of MkDocs over the demo, one at a time: does the site come out, does every article's text stand as it did, and does each page
still say where it is edited?

They run in Dossierkit's own environment, which is told where those of the programs lie. What they were asked is in plugins.yml.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from consumers.frame import HERE, Built, Row

PYTHON = HERE.parent / ".venv" / "bin" / "python"
MKDOCS = "import sys; sys.path.append({!r}); from mkdocs.__main__ import cli; sys.argv[0] = 'mkdocs'; cli()"
CARDS = HERE.parent / "scripts" / "dossierkit" / "data" / "cards"
CODE = "https://code.example/demo/"
LONGEST = 600
"""Seconds that one build may take."""
_ASKED = "whether the site is built; the articles whose text stands as it did; the pages that still say where they are edited"
_POST = (
    "---\ndate: 2024-01-31\ncategories: [News]\n---\n\n# A post\n\nThe lead.\n\n<!-- more -->\n\nThe rest.\n"
)
_REFUSED = "take it out of `plugins`"
_SETTINGS = """\
INHERIT: mkdocs.yml
repo_url: {code}
edit_uri: edit/main/content/
theme: {{features: [content.action.edit]}}
plugins: {plugins}
site_dir: {site}
"""


class Shown(NamedTuple):
    """What readers and editors get, by the place of a page without its ending: words of articles, addresses to edit at."""

    texts: Mapping[str, str]
    edits: Mapping[str, str]


def rows(built: Built) -> Iterator[Row]:
    if built.name != "demo":
        return
    root = _repository(built)
    plain, mkdocs = _built(root, {}), metadata.version("mkdocs")
    if isinstance(plain, str):
        yield Row("MkDocs", mkdocs, "builds without another plugin", "yes", plain)
        return
    articles = len(list((built.site / "articles").rglob("index.txt")))
    yield Row(
        "MkDocs", mkdocs, "articles whose text is found, without another plugin", articles, len(plain.texts)
    )
    sources = [
        root / "content" / place.removeprefix(f"{CODE}edit/main/content/") for place in plain.edits.values()
    ]
    asked = "buttons *Edit* without another plugin, and those that lead to a file of `content/`"
    yield Row("MkDocs", mkdocs, asked, max(1, len(sources)), sum(file.is_file() for file in sources))
    _give_font(root)
    plugins = yaml.safe_load((HERE / "plugins.yml").read_text("utf-8"))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(lambda one: _row(root, plain, *one), plugins.items())


def _row(root: Path, plain: Shown, name: str, told: Mapping[str, Any]) -> Row:
    version = metadata.version(told["package"]) if "package" in told else "as locked"
    if missing := [one for one in told.get("needs", ()) if shutil.which(one) is None]:
        got: Shown | str = f"not run: {missing[0]} is missing"
    else:
        got = _built(root, {name: told["options"]}, told.get("find", ""))
    print(f"  {name}", file=sys.stderr, flush=True)
    wanted = told["wanted"] if told["wanted"] != "works" else _said(plain, plain)
    said = got if isinstance(got, str) else _said(got, plain)
    return Row(f"MkDocs plugin {name}", version, "over the demo", wanted, said, note=_ASKED)


def _repository(built: Built) -> Path:
    """A copy of the demo that git knows, as plugins want it, with a post for a blog."""
    root = built.work / "repository"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("site", ".dossier"))
    (root / "content/blog/posts").mkdir(parents=True)
    (root / "content/blog/posts/post.md").write_text(_POST, "utf-8")
    git = ("git", "-C", str(root), "-c", "user.name=Editor", "-c", "user.email=editor@dossier.example")
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "The demo")):
        subprocess.run([*git, *arguments], check=True)
    return root


def _give_font(root: Path) -> None:
    """Where the plugin keeps what it has from elsewhere: a font of our own, under the name of the one that it looks for."""
    kept = root / ".cache" / "plugin" / "social" / "fonts" / "Roboto"
    kept.mkdir(parents=True, exist_ok=True)
    for weight, name in (("400", "Regular"), ("600", "Bold")):
        shutil.copy2(CARDS / f"dossier-card-{weight}.ttf", kept / f"{name}.ttf")


def _built(root: Path, plugins: Mapping[str, Any], find: str = "") -> Shown | str:
    """What the pages show with the plugins, or in words why there are none. `find`: a file that must be there then."""
    config, site = root / f"mkdocs-with-{'-'.join(plugins)}.yml", root / f"site-{'-'.join(plugins)}"
    asked = yaml.safe_dump(
        ["dossier", plugins] if plugins else ["dossier"],
        allow_unicode=True,
        default_flow_style=True,
        width=10_000,
    )
    config.write_text(_SETTINGS.format(code=CODE, plugins=asked.strip(), site=site.name), "utf-8")
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    command = [PYTHON, "-c", MKDOCS.format(packages), "build", "-q", "-f", config]
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired:
        return f"takes longer than {LONGEST} seconds"
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"code {done.returncode}"]
        return "refused" if _REFUSED in done.stderr else f"ends with {said[-1][:120]}"
    shown = f"makes no {find}" if find and not (site / find).exists() else _shown(site)
    shutil.rmtree(site)
    return shown


def _said(got: Shown, plain: Shown) -> str:
    same = sum(got.texts.get(place) == text for place, text in plain.texts.items())
    edits = sum(got.edits.get(place) == address for place, address in plain.edits.items())
    return f"yes; {same}; {edits}"


def _shown(site: Path) -> Shown:
    from lxml import html  # noqa: PLC0415 - of the programs' environment

    texts, edits = {}, {}
    for file in sorted(site.rglob("*.html")):
        place = str(file.relative_to(site)).removesuffix(".html").removesuffix("/index")
        tree = html.document_fromstring(file.read_text("utf-8"))
        if place.startswith("articles/") and (bodies := tree.xpath("//*[@itemprop='articleBody']")):
            texts[place] = " ".join(" ".join(body.text_content() for body in bodies).split())
        addresses = tree.xpath("//a[@rel='edit']/@href")
        if addresses and not place.startswith("blog/"):  # a post has another address with the plugin
            edits[place] = addresses[0]
    return Shown(texts, edits)
