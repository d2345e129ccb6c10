"""What Lighthouse says of a built site: each kind of page, as on a phone and on a desk.

    npm install --prefix FOLDER lighthouse@12
    DOSSIERKIT_LIGHTHOUSE=FOLDER/node_modules/.bin/lighthouse python benchmarks/lighthouse.py [--site SITE [--page NAME=PATH]...]

Builds the demo unless `--site` names a site that is built already, of which `--page` names the pages; serves it on this machine as a web server would (gzip,
long-lived caches), and runs Lighthouse with the Chromium of DOSSIERKIT_CHROMIUM, or the
one on the path. Node and Lighthouse measure only: the product needs neither. Prints one row a page and device: the four
scores, kB over the wire, layout shift, seconds to the largest paint; and what keeps a score below 100.
"""

from __future__ import annotations

import argparse
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    "article": "articles/2016/mesop-syria-daily-lead-opposition-rebel-negotiator-alloush-quits/",
    "entity": "entities/geneva/",
    "dossier": "dossiers/geneva-talks-2016/",
    "home": "",
    "timeline": "timeline/",
    "accounts": "timeline/events/2016-air-strike-destroys-a-hospital-in-aleppo-c36b34fa/",
    "names": "entities/",
    "articles": "articles/",
    "sources": "sources/",
    "search": "search/?q=geneva",
    "about": "about/",
    "what’s new": "latest/",
    "data": "data/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
DEVICES = {"phone": (), "desk": ("--preset=desktop",)}
PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml"}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")


class Server(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, those that are text with gzip."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        packed = path.suffix in PACKED
        data = gzip.compress(data, 6) if packed else data
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=31536000")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def served(site: Path) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


def measured(lighthouse: str, address: str, options: tuple[str, ...]) -> dict[str, Any]:
    """Lighthouse's report on one page."""
    chromium = os.environ.get("DOSSIERKIT_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), "")
    command = [
        lighthouse,
        address,
        "--quiet",
        "--output=json",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    command += [f"--only-categories={','.join(CATEGORIES)}", *options]
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def row(report: dict[str, Any]) -> list[str]:
    audits = report["audits"]
    scores = [f"{round(100 * report['categories'][name]['score'])}" for name in CATEGORIES]
    size = audits["total-byte-weight"]["numericValue"] / 1000
    shift = audits["cumulative-layout-shift"]["numericValue"]
    paint = audits["largest-contentful-paint"]["numericValue"] / 1000
    return [*scores, f"{size:.0f}", f"{shift:.3f}", f"{paint:.1f}"]


def lacking(report: dict[str, Any]) -> list[str]:
    """What weighs in a category and is not right."""
    weighed = [
        one["id"] for name in CATEGORIES for one in report["categories"][name]["auditRefs"] if one["weight"]
    ]
    audits = report["audits"]
    return [f"{name} ({audits[name]['score']})" for name in weighed if audits[name]["score"] not in {None, 1}]


def main() -> None:
    parser = argparse.ArgumentParser(description="What Lighthouse says of a built site.")
    parser.add_argument("--site", type=Path)
    parser.add_argument("--page", action="append", default=[], metavar="NAME=PATH")
    arguments = parser.parse_args()
    lighthouse = os.environ.get("DOSSIERKIT_LIGHTHOUSE") or shutil.which("lighthouse")
    if not lighthouse:
        parser.error("DOSSIERKIT_LIGHTHOUSE names no Lighthouse: npm install --prefix FOLDER lighthouse@12")
    with tempfile.TemporaryDirectory() as folder:
        site = arguments.site or Path(folder)
        if not arguments.site:
            command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", folder]
            subprocess.run(command, cwd=ROOT, check=True)
        print("| page | device | performance | accessibility | best practices | SEO | kB | CLS | LCP s |")
        print("|---|---|---|---|---|---|---|---|---|")
        notes = []
        with served(site) as address:
            pages = dict(one.split("=", 1) for one in arguments.page) or PAGES
            for page, path in pages.items():
                for device, options in DEVICES.items():
                    report = measured(lighthouse, address + path, options)
                    print(f"| {page} | {device} | {' | '.join(row(report))} |", flush=True)
                    notes += [f"{page}, {device}: {note}" for note in lacking(report)]
        print("\n".join(["", *notes]))


if __name__ == "__main__":
    main()
