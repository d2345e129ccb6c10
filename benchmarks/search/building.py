"""Builds one index of one kind, in a process of its own: `python building.py KIND ARTICLES FOLDER`. Prints seconds of processor time."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from corpus import records

from dossierkit.model.searched import Findable, SearchRecord
from dossierkit.site.search.index import index
from dossierkit.site.search.records import interface_words
from dossierkit.site.strings import Strings


def ours(made: tuple[SearchRecord, ...], folder: Path) -> None:
    found = (Findable(one.path, partial(at_hand, one)) for one in made)
    for path, data in index(found, interface_words(Strings("en", {}))):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def at_hand(record: SearchRecord) -> SearchRecord:
    return record


def material(made: tuple[SearchRecord, ...], folder: Path) -> None:
    """What Material's plugin keeps of each page, at its least: address, title and text."""
    docs = [{"location": page.url, "title": page.title, "text": text(page)} for page in made]
    config = {"lang": ["en"], "separator": "[\\s\\-]+", "pipeline": ["stopWordFilter"]}
    (folder / "search").mkdir(parents=True)
    whole = json.dumps({"config": config, "docs": docs}, separators=(",", ":"))
    (folder / "search/search_index.json").write_text(whole, encoding="utf-8")


def text(page: SearchRecord) -> str:
    return " ".join((page.description, *page.names, *(sentence.text for sentence in page.sentences)))


def pagefind(made: tuple[SearchRecord, ...], folder: Path) -> None:
    """Custom records, sent to the binary by its own protocol: the Python API waits a tenth of a second for each answer."""
    from pagefind.service import get_executable  # noqa: PLC0415 - a peer, installed for this only

    with subprocess.Popen(
        [str(get_executable()), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as run:
        assert run.stdin
        assert run.stdout
        send(run.stdin, {"type": "NewIndex", "config": {}}, 0)
        answer(run.stdout)
        for number, page in enumerate(made, 1):
            send(run.stdin, request(page), number)
            answer(run.stdout)
        send(run.stdin, {"type": "WriteFiles", "index_id": 0, "output_path": str(folder / "pagefind")}, 0)
        answer(run.stdout)
        run.stdin.close()


def request(page: SearchRecord) -> dict[str, object]:
    filters: dict[str, Iterable[str]] = {
        "type": [page.type],
        "year": [page.year],
        "source": [page.source],
        "dossier": page.dossiers,
    }
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": page.url,
        "content": text(page),
        "language": "en",
        "meta": {"title": page.title, "note": page.note},
        "filters": {key: [value for value in values if value] for key, values in filters.items()},
    }


def send(stream, payload, number):  # noqa: ANN001, ANN201
    message = json.dumps({"message_id": number, "payload": payload}).encode()
    stream.write(base64.b64encode(message) + b",")
    stream.flush()


def answer(stream) -> dict[str, object]:  # noqa: ANN001
    coded = bytearray()
    while (char := stream.read(1)) not in {b",", b""}:
        coded += char
    found = json.loads(base64.b64decode(coded))
    assert "error" not in str(found.get("payload", {}).get("type", "")).lower(), found
    return found


KINDS = {"ours": ours, "material": material, "pagefind": pagefind}

if __name__ == "__main__":
    kind, articles, folder = sys.argv[1:]
    made = records(int(articles))
    start = time.process_time()
    KINDS[kind](made, Path(folder))
    print(f"{time.process_time() - start:.2f}")
