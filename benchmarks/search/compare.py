"""What stands first for the queries of tests/browser/search_queries.yml: ours, Pagefind and Material's search on the demo.

    python benchmarks/search/compare.py [PAGE]

Writes the tables into PAGE (benchmarks/search/queries.md); docs/explanation/search.md has the first of them. The demo is built once, with Material's index beside ours; Pagefind's
binary (`pip install pagefind pagefind_bin`, or PAGEFIND names it) reads the built pages. Each is asked through its own program in
Chromium. The others have no results for entities' other names or for events: of what they find, an article counts that tells the event,
and a page counts by its title.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import yaml
from bench import served
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "benchmarks/search/queries.md"
CASES = ROOT / "tests/browser/search_queries.yml"
OURS = """async query => {
    const at = document.querySelector("script[src$='search/open.js']").src;
    const load = (name) => import(new URL(name, at));
    const [{makeWords}, {openIndex}, {makeAsker}] = await Promise.all(["words.js", "reading.js", "asking.js"].map(load));
    const index = await openIndex(new URL("../../../", at));
    const {answer} = await makeAsker(index, makeWords(index.table)).ask(query);
    return answer.pages.length ? (await index.page(answer.pages[0])).title : "";
}"""
PAGEFIND = """async query => {
    const pagefind = await import("/pagefind/pagefind.js");
    const {results} = await pagefind.search(query);
    return results.length ? (await results[0].data()).meta.title : "";
}"""
MATERIAL = """async ([query, worker]) => {
    const index = await (await fetch("/search/search_index.json")).json();
    const running = new Worker(worker);
    const told = (type, data) => new Promise((done) => {
        running.onmessage = (event) => done(event.data.data);
        running.postMessage({type, data});
    });
    await told(0, {...index, options: {suggest: false}});
    const {items} = await told(2, query);
    running.terminate();
    const [first] = items;
    const bare = document.createElement("p");
    bare.innerHTML = first ? first[0].title : "";
    return bare.textContent;
}"""


@dataclass(frozen=True)
class Case:
    kind: str
    query: str
    first: tuple[str, ...]


def cases() -> Iterator[Case]:
    for kind, listed in yaml.safe_load(CASES.read_text(encoding="utf-8")).items():
        for case in listed:
            first = case["first"]
            yield Case(kind, case["q"], tuple(first) if isinstance(first, list) else (first,))


def built(folder: Path) -> Path:
    for name in ("content", "seeds", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        text.replace("  - dossier\n", "  - dossier\n  - search: {lang: [en, fr, ar]}\n"), encoding="utf-8"
    )
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, check=True)
    site = folder / "site"
    subprocess.run([pagefind(), "--site", str(site)], check=True, stdout=subprocess.DEVNULL)
    return site


def pagefind() -> str:
    if "PAGEFIND" in os.environ:
        return os.environ["PAGEFIND"]
    assert find_spec("pagefind"), "install pagefind and pagefind_bin, or name the binary in PAGEFIND"
    from pagefind.service import get_executable  # noqa: PLC0415 - a peer, installed for this only

    return str(get_executable())


def telling() -> dict[str, str]:
    """The title of the article by the heading of each event that it tells."""
    found = {}
    for file in (ROOT / "content/articles").rglob("*.md"):
        page = next(yaml.safe_load_all(file.read_text(encoding="utf-8")))
        found.update({entry["text"]: page["title"] for entry in page.get("timeline", ())})
    return found


def right(first: str, case: Case, articles: dict[str, str]) -> bool:
    return first in case.first or first in {articles.get(wanted) for wanted in case.first}


def asked(page: Page, script: str, *more: str) -> dict[str, str]:
    return {
        case.query: page.evaluate(script, [case.query, *more] if more else case.query) for case in cases()
    }


def page_of(answers: dict[str, dict[str, str]]) -> str:
    articles, listed = telling(), tuple(cases())
    names = list(answers)

    def hits(name: str, some: tuple[Case, ...]) -> int:
        return sum(right(answers[name][case.query], case, articles) for case in some)

    kinds = {
        kind: tuple(case for case in listed if case.kind == kind)
        for kind in dict.fromkeys(case.kind for case in listed)
    }
    head = [f"| queries | of | {' | '.join(names)} |", f"|---|---:|{'---:|' * len(names)}"]
    rows = [
        f"| {kind} | {len(some)} | {' | '.join(str(hits(name, some)) for name in names)} |"
        for kind, some in kinds.items()
    ]
    whole = f"| **all** | {len(listed)} | {' | '.join(f'**{hits(name, listed)}**' for name in names)} |"
    each = [f"| query | should stand first | {' | '.join(names)} |", f"|---|---|{'---|' * len(names)}"]
    for case in listed:
        marks = [
            _shown(answers[name][case.query], right(answers[name][case.query], case, articles))
            for name in names
        ]
        each.append(f"| {_cell(case.query)} | {_cell(' or '.join(case.first))} | {' | '.join(marks)} |")
    return "\n".join([INTRODUCTION, *head, *rows, whole, "", "## Each query", "", *each, ""])


def _shown(first: str, is_right: bool) -> str:  # noqa: FBT001
    return "✓" if is_right else f"✗ {_cell(first)}" if first else "✗ nothing"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


INTRODUCTION = """\
# Queries, and what comes first

`python benchmarks/search/compare.py` wrote this page from `tests/browser/search_queries.yml`, to which a test holds our search. [Search](../../docs/explanation/search.md)
says how the three were asked and what the figures are worth. A tick means that the right result comes first; otherwise the first title is shown.
"""


def main() -> None:
    target = Path(sys.argv[1]) if sys.argv[1:] else PAGE
    chromium = (
        os.environ.get("DOSSIERKIT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        site = built(Path(name))
        worker = next((site / "assets/javascripts/workers").glob("search.*.js")).relative_to(site).as_posix()
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with served(site) as address:
            page = browser.new_page(bypass_csp=True)
            page.goto(f"{address}search/")
            ask = functools.partial(asked, page)
            answers = {
                "ours": ask(OURS),
                "Pagefind": ask(PAGEFIND),
                "Material": ask(MATERIAL, f"/{worker}"),
            }
        browser.close()
    target.write_text(page_of(answers), encoding="utf-8")


if __name__ == "__main__":
    main()
