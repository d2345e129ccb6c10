"""Commands without standard input, output or error, as some schedulers start them."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="closes files by a POSIX shell")
COMMANDS = ("review", "check", "add -")


def ended(root, command, streams):
    line = f'"$0" -m dossierkit -C "$1" {command} {streams}'
    done = subprocess.run(
        ["sh", "-c", line, sys.executable, root], capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    return done.returncode


@pytest.mark.parametrize("command", COMMANDS)
def test_a_closed_stream_is_an_empty_one(repository, command):
    (repository.root / "mkdocs.yml").write_text("site_name: x\nplugins: [dossier]\n", encoding="utf-8")
    empty = ended(repository.root, command, "</dev/null")
    assert ended(repository.root, command, "<&- >&-") == empty
