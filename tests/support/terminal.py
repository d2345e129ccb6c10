"""A pseudo-terminal in which `dossier review` is driven as a person drives it, key by key."""

from __future__ import annotations

import os
import re
import select
import time
from importlib import import_module
from pathlib import Path

import pytest
from tests.support.process import DOSSIER, become
from tests.support.waiting import PATIENCE

pty = pytest.importorskip("pty", reason="a pseudo-terminal needs a POSIX system")
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
ASKED = "q  quit"
for view in ("by_page", "by_entity", "by_event", "changes", "page_form", "together"):
    import_module(f"dossierkit.workflow.terminal.{view}")  # or each copy of this process would load them
SIZE = {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "40"}


class Terminal:
    """The command in a pseudo-terminal. `press` answers what was asked, once it has been."""

    def __init__(self, root: Path, *paths: str) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            become(DOSSIER, ["-C", str(root), "review", *paths], environment=SIZE)
        self.seen = ""
        self.raw = ""

    def until(self, words: str) -> str:
        """What came until the words did; what comes after them is for the next call."""
        self.wait(words)
        before, _, self.seen = self.seen.partition(words)
        return before

    def wait(self, words: str = ASKED) -> None:
        """Until the words have come: by default the next question, so that what was decided is written."""
        end = time.monotonic() + PATIENCE
        while words not in self.seen:
            if time.monotonic() > end or not select.select([self.fd], [], [], end - time.monotonic())[0]:
                pytest.fail(f"{words!r} never came; the terminal shows:\n{self.seen}")
            try:
                data = os.read(self.fd, 4096).decode("utf-8", "replace")
            except OSError:
                data = ""
            if not data:
                pytest.fail(f"the review ended before {words!r}; the terminal shows:\n{self.seen}")
            self.raw += data
            self.seen = _ESCAPES.sub("", self.seen + data)

    def press(self, key: str) -> str:
        """What was shown before the question, which the key then answers."""
        shown = self.until(ASKED)
        os.write(self.fd, key.encode())
        return shown

    def type(self, question: str, line: str) -> str:
        """Answer a question with a line, which takes the place of the one that stands there to be edited."""
        shown = self.until(question)
        self.until("> ")
        os.write(self.fd, f"\x15{line}\r".encode())
        return shown

    def end(self) -> str:
        """The last line, and that the command ended well."""
        shown = self.until("open\r\n")
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        assert os.waitstatus_to_exitcode(status) == 0
        return shown.splitlines()[-1] + "open"
