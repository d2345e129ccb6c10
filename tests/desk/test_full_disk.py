"""The desk over a real disk that is full or closed: no decision is half saved, the editor is told what to do, and what was typed stays."""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.desk.conftest import Browser, opened
from tests.support.repository import snapshot
from tests.support.small_disk import SmallDisk, small_disk

RECORD = {"decision": "accept"}


@pytest.fixture
def disk(tmp_path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as found:
        yield found


@pytest.fixture
def at_disk(added, disk) -> Browser:
    return opened(Path(shutil.copytree(added, disk.path / "lenn")))


def decided(browser: Browser):
    browser.get("/names")
    return browser.form("/names/decide", decision="accept")


@pytest.mark.parametrize(
    ("how", "words"),
    [("full", "make room on that disk"), ("closed", "mount that disk so that it can be written to")],
)
def test_a_decision_that_cannot_be_saved_is_told_and_can_be_made_again(at_disk, disk, how, words):
    root = disk.path / "lenn"
    before = snapshot(root)
    with disk.full(0) if how == "full" else disk.closed():
        assert decided(at_disk).status_code == 303
        page = html.unescape(at_disk.get("/names").text)
        assert "Not done: " in page
        assert words in page
        assert snapshot(root) == before
    assert decided(at_disk).status_code == 303
    assert "Not done: " not in at_disk.get("/names").text
    assert snapshot(root) != before
