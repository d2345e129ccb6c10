"""What a built site promises to keep: addresses, anchors, ids and columns. `python tests/releases/promised.py X.Y.Z` freezes a release.

Used as a script it builds tests/releases/X.Y.Z with the release that is installed, and writes promised.json there.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ANCHOR = re.compile(r' id="([smte]-[^"]+)"')
FEED_ID = re.compile(r"<id>([^<]+)</id>")
UID = re.compile(r"^UID:(.+?)\r?$", re.MULTILINE)
KEY = re.compile(r"^@\w+\{([^,]+),", re.MULTILINE)
OWN = ("assets/", "search/", ".well-known/")
"""What may change with every release."""


def promised(site: Path) -> dict[str, dict[str, list[str]]]:
    """By kind of promise and by file, what stands there, in order."""
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    kept = [path for path in files if not path.startswith(OWN)]
    texts = {
        path: (site / path).read_text(encoding="utf-8-sig")
        for path in kept
        if not path.endswith((".db", ".gz"))
    }
    found = {
        "addresses": {"site": kept},
        "anchors": {path: ANCHOR.findall(text) for path, text in texts.items() if path.endswith(".html")},
        "feeds": {path: FEED_ID.findall(text) for path, text in texts.items() if path.endswith("feed.xml")},
        "columns": {path: columns(text) for path, text in texts.items() if path.endswith(".csv")},
        "ids": {path: ids(path, text) for path, text in texts.items() if path.startswith("data/")},
    }
    return {
        kind: {path: sorted(set(one)) for path, one in told.items() if one} for kind, told in found.items()
    }


def columns(text: str) -> list[str]:
    return next(csv.reader(text.splitlines()))


def ids(path: str, text: str) -> list[str]:
    if path.endswith(".csv"):
        return [row["id"] for row in csv.DictReader(text.splitlines()) if row.get("id")]
    if path.endswith(".ics"):
        return UID.findall(text)
    if path.endswith(".bib"):
        return KEY.findall(text)
    if path.endswith(".ftm.json"):
        return [json.loads(line)["id"] for line in text.splitlines()]
    if path.endswith((".jsonld", ".csl.json")):
        return list(_ids(json.loads(text)))
    return []


def _ids(node):
    if isinstance(node, dict):
        for key in ("id", "@id"):
            if isinstance(node.get(key), str):
                yield node[key]
        for value in node.values():
            yield from _ids(value)
    elif isinstance(node, list):
        for value in node:
            yield from _ids(value)


def freeze(release: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(release, Path(folder) / "copy")
        command = [sys.executable, "-m", "dossierkit", "-C", str(copy), "build", "--strict", "--no-cache"]
        subprocess.run(command, check=True)
        text = json.dumps(promised(copy / "site"), ensure_ascii=False, indent=1)
    (release / "promised.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    freeze(HERE / sys.argv[1])
