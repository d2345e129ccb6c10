"""What a search costs: to build, and to ask for the first time. Prints a table in Markdown.

    python benchmarks/search/bench.py [ARTICLES ...]

Ours and what Material's own index holds at the least; Pagefind too where `pagefind` and its binary are installed. Each
index is built in a process of its own, whose processor time and greatest memory (with its children's) are taken. Bytes are those
of a first query in Chromium with nothing in its cache, scripts included, as a server with gzip would send them: until
ten results stand there, with the counts of all facets but the entities. Each figure is the mean of three queries with ten
results or more: a name, two frequent words, a rare one. For Material the bytes are those of the index alone.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import mean
from urllib.parse import quote

from corpus import records
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
ASSETS = HERE.parents[1] / "templates/assets/dossierkit"
PAGE = """<!doctype html><html lang="en"><title>x</title><a href="search/" data-dk-search>x</a>
<div data-dk-search-page><div class="dk-search-plain"></div></div>
<script defer src="/assets/dossierkit/search/open.js"></script>"""
PEER = """<!doctype html><html lang="en"><title>x</title><script type="module">
const pagefind = await import("/pagefind/pagefind.js");
await pagefind.filters();
const found = await pagefind.search(new URLSearchParams(location.search).get("q"));
await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
document.body.append(Object.assign(document.createElement("p"), {className: "dk-search__result"}));
</script>"""
READY = {"ours": ".dk-search__result", "pagefind": "p.dk-search__result"}


@dataclass(frozen=True)
class Row:
    kind: str
    articles: int
    seconds: float
    memory: int
    size: int
    first: int
    parts: dict[str, int]


def measure(kind: str, articles: int, browser: Browser) -> Row:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds, memory = build(kind, articles, folder)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        if kind == "material":
            index = folder / "search/search_index.json"
            parts = {"index": len(gzip.compress(index.read_bytes(), 6))}
        else:
            dress(kind, folder)
            with served(folder) as address:
                asked = [ask(kind, address, query, browser) for query in queries(articles)]
            parts = {
                key: round(mean(one.get(key, 0) for one in asked))
                for key in dict.fromkeys(k for one in asked for k in one)
            }
    return Row(kind, articles, seconds, memory, size, sum(parts.values()), parts)


def build(kind: str, articles: int, folder: Path) -> tuple[float, int]:
    """Seconds of processor time with what it starts, and kilobytes of either at its greatest."""
    command = [sys.executable, "-c", _WRAPPED, str(HERE / "building.py"), kind, str(articles), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, own, started, theirs = done.stdout.split()
    return float(seconds) + float(theirs), max(int(own), int(started))


_WRAPPED = """
import resource, runpy, sys
sys.argv = sys.argv[1:]
sys.path.insert(0, sys.argv[0].rpartition("/")[0])
runpy.run_path(sys.argv[0], run_name="__main__")
own, started = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(own.ru_maxrss, started.ru_maxrss, started.ru_utime + started.ru_stime)
"""


def dress(kind: str, folder: Path) -> None:
    if kind == "ours":
        shutil.copytree(ASSETS, folder / "assets/dossierkit")
    target = folder / "search/index.html"
    target.parent.mkdir(exist_ok=True)
    target.write_text(PAGE if kind == "ours" else PEER, encoding="utf-8")


def queries(articles: int) -> Iterator[str]:
    """Each has ten results or more, so that all sizes show as many."""
    made = [page for page in records(articles) if page.type == "article"]
    pages = Counter(
        word for page in made for word in {word for said in page.sentences for word in words(said.text)}
    )
    known = sorted(
        words(" ".join(said.text for said in made[-1].sentences)), key=lambda word: (-pages[word], word)
    )
    common = [word for word in dict.fromkeys(known) if len(word) > 3]
    yield records(articles)[3].title
    yield f"{common[0]} {common[1]}"
    yield [word for word in common if pages[word] >= 10][-1]


def words(text: str) -> list[str]:
    return text.lower().replace(".", "").split()


def ask(kind: str, address: str, query: str, browser: Browser) -> dict[str, int]:
    context = browser.new_context()
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: sent(answer.url, answer.body())}))
    page.goto(f"{address}search/?q={quote(query)}")
    page.locator(READY[kind]).first.wait_for(state="attached", timeout=20_000)
    page.wait_for_load_state("networkidle")
    context.close()
    parts: dict[str, int] = {}
    for url, size in sizes.items():
        parts[part(url)] = parts.get(part(url), 0) + size
    return parts


def sent(url: str, body: bytes) -> int:
    return len(body) if body[:2] == b"\x1f\x8b" or ".pf_" in url else len(gzip.compress(body, 6))


def part(url: str) -> str:
    path = url.partition("?")[0]
    kinds = {
        "/terms/": "words",
        "-firsts/": "words",
        ".pf_index": "words",
        "/places/": "places",
        "/pages/": "pages",
        ".pf_fragment": "pages",
        ".pf_filter": "facets",
    }
    known = next((name for sign, name in kinds.items() if sign in path), "")
    return known or (
        "table"
        if path.endswith(("index.dks", ".pf_meta", "entry.json"))
        else "wasm"
        if "wasm" in path
        else "scripts"
    )


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Sends a part of a file where one is asked for, as servers of static files do."""

    def do_GET(self) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if not asked:
            super().do_GET()
            return
        part = Path(self.translate_path(self.path)).read_bytes()[int(asked[1]) : int(asked[2]) + 1]
        self.send_response(206)
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)

    def log_message(self, *_: object) -> None:
        pass


def line(row: Row) -> str:
    parts = ", ".join(f"{name} {size / 1000:.1f}" for name, size in row.parts.items())
    return (
        f"| {row.articles:,} | {row.kind} | {row.seconds:.1f} s | {row.memory / 1024:.0f} MB | {row.size / 1e6:.1f} MB "
        f"| **{row.first / 1000:.1f} kB** | {parts} |"
    )


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [100, 1000, 5000, 10_000]
    kinds = ["ours", "material", *(["pagefind"] if find_spec("pagefind") else [])]
    chromium = (
        os.environ.get("DOSSIERKIT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    print("| articles | index | built in | memory | on disk | first query | of it, kB |")
    print("|---:|---|---:|---:|---:|---:|---|")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for articles in sizes:
            for kind in kinds:
                print(line(measure(kind, articles, browser)), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
