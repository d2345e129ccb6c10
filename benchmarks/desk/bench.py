"""Measure `dossier desk` over a folder of any size and over an empty one: time of each page and of decisions, and memory; prints Markdown.

usage: bench.py [--articles 1000] [--work FOLDER]

Requests go to the application itself, as the server hands them on. Times are medians over several requests, of the clock and of the
processor: on a machine with other work the second tells more. A decision is the form that is sent and the page that follows.
"""

from __future__ import annotations

import argparse
import gc
import html
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from folder import make
from werkzeug.test import Client, TestResponse

from dossierkit.cli.options import UNHURRIED
from dossierkit.desk.access import Access
from dossierkit.desk.application import Application
from dossierkit.desk.server import ROUTES
from dossierkit.desk.session import Desk

HERE = "http://127.0.0.1:8001"
TOKEN = "bench"  # noqa: S105 -- of a desk that nobody else can ask
PAGES = {
    "overview": "/",
    "names": "/names",
    "names, filtered": "/names?kind=doubtful&type=person",
    "what a filter leaves": "/names/all?kind=rest&type=place",
    "search for a twin": "/find?words=Moreau",
    "articles": "/articles",
    "an article": "/article/2010/report-0",
    "records": "/records",
    "events": "/events",
    "dossiers": "/dossiers",
    "changes": "/changes",
}
_TIMES = 5
Times = tuple[float, float]
"""Milliseconds of the clock and of the processor."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "dossier-desk-benchmark")
    options = parser.parse_args()
    gc.set_threshold(*UNHURRIED)
    empty = measured(repository(options.work, 1))
    large = measured(repository(options.work, options.articles))
    print(
        f"| | one article | {options.articles} articles | processor | times the empty desk |\n|---|---|---|---|---|"
    )
    for name in large:
        ratio = large[name][1] / max(empty[name][1], 0.1)
        print(
            f"| {name} | {empty[name][0]:.0f} ms | {large[name][0]:.0f} ms | {large[name][1]:.0f} ms | {ratio:.1f} |"
        )
    print(f"\nmemory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def repository(work: Path, articles: int) -> Path:
    root = work / f"articles-{articles}"
    if not root.is_dir():
        subprocess.run(
            [sys.executable, "-m", "dossierkit", "init", str(root)], check=True, capture_output=True
        )
        make(root, articles)
        subprocess.run(["git", "init", "-q", str(root)], check=True)
        git = ("git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@b.example")
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-qm", "As it was added"], check=True)
    return root


def measured(root: Path) -> dict[str, Times]:
    desk = Desk.open(root)
    reading = timed(desk.index.load)
    client = Client(Application(desk, Access("127.0.0.1", TOKEN), ROUTES))
    found = {"reading at the start": reading}
    for name, path in PAGES.items():
        found[name] = median(
            [timed(lambda path=path: client.get(f"/{TOKEN}{path}", base_url=HERE)) for _ in range(_TIMES)]
        )
    found["a decision"] = median([decision(client) for _ in range(_TIMES)])
    desk.index.settle()
    found["undo"] = median([timed(lambda: post(client, "/undo", {"back": "/names"})) for _ in range(_TIMES)])
    return found


def decision(client: Client) -> Times:
    page = client.get(f"/{TOKEN}/names?kind=rest", base_url=HERE).text
    form = re.search(rf'<form method="post" action="/{TOKEN}/names/decide".*?</form>', page, re.DOTALL)
    if form is None:
        return 0.0, 0.0
    fields: dict[str, object] = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
    fields = {name: html.unescape(str(value)) for name, value in fields.items()}
    fields |= {"article": re.findall(r'name="article" value="([^"]+)"', form[0]), "decision": "accept"}

    def decide() -> None:
        answer = post(client, "/names/decide", fields)
        client.get(answer.location, base_url=HERE)

    return timed(decide)


def post(client: Client, path: str, fields: dict[str, object]) -> TestResponse:
    return client.post(f"/{TOKEN}{path}", base_url=HERE, data=fields, headers={"Origin": HERE})


def timed(act: Callable[[], object]) -> Times:
    clock, processor = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000


def median(times: list[Times]) -> Times:
    return statistics.median(one[0] for one in times), statistics.median(one[1] for one in times)


if __name__ == "__main__":
    main()
