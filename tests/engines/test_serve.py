"""The live preview: an edit shows, drafts are there, an error is told and mended."""

from __future__ import annotations

import gzip
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

MKDOCS = "site_name: x\ndocs_dir: content\nuse_directory_urls: true\ntheme: {name: material, font: false}\nplugins: [dossier]\n"

pytestmark = pytest.mark.engine


@pytest.fixture
def served(repository):
    """The address of a running `mkdocs serve`, and the repository behind it."""
    (repository.root / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "dossierkit", "-C", str(repository.root), "serve", "--address", address]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with (repository.root / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            yield f"http://{address}/"
        finally:
            os.killpg(process.pid, 15)
            process.wait(20)


def text_of(address):
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.read().decode()
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def found(site):
    """All that the search of a site can show."""
    count = json.loads(unpacked(f"{site}search/data/index.dks"))["pages"]
    return "\n".join(unpacked(f"{site}search/data/pages/{n}.dks").decode() for n in range(count))


def unpacked(address):
    with urllib.request.urlopen(address, timeout=5) as answer:
        return gzip.decompress(answer.read())


def wait_for(address, words, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        html = text_of(address)
        if re.search(words, html):
            return html
        time.sleep(0.2)
    raise AssertionError(f"{words!r} did not show at {address}")


def test_edits_show(served, repository):
    page = served + "articles/2016/talks/"
    wait_for(page, "came to")
    file = repository.content / "articles/2016/talks.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("came to Geneva", "went to Geneva"), encoding="utf-8")
    wait_for(page, "went to")
    assert "went to" in found(served)
    record = repository.content / "entities/geneva.md"
    record.write_text(
        record.read_text(encoding="utf-8").replace("title: Geneva", "title: Geneva\ndescription: A lake."),
        encoding="utf-8",
    )
    wait_for(served + "entities/geneva/", "A lake")
    file.write_text(text.replace("status: published", "status: draft"), encoding="utf-8")
    wait_for(page, "came to")


def test_an_error_is_told_and_mended_without_a_restart(served, repository):
    page = served + "articles/2016/talks/"
    wait_for(page, "came to")
    file = repository.content / "articles/2016/talks.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("quote: opened on Friday", "quote: closed on Friday"), encoding="utf-8")
    end = time.monotonic() + 30
    while "D201" not in (repository.root / "log").read_text(encoding="utf-8") and time.monotonic() < end:
        time.sleep(0.2)
    assert "D201" in (repository.root / "log").read_text(encoding="utf-8")
    file.write_text(text.replace("came to Geneva", "came back to Geneva"), encoding="utf-8")
    wait_for(page, "came back to")
