"""The server of the desk, as `dossier desk` starts it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from contextlib import ExitStack
from urllib.request import urlopen

from tests.support.waiting import PATIENCE


def test_clients_that_say_nothing_keep_nobody_waiting(tmp_path):
    """Any program of the machine can connect; a hundred of them that never ended their request kept the editor out."""
    (tmp_path / "content").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\n", encoding="utf-8")
    started = [sys.executable, "-m", "dossierkit", "-C", tmp_path, "desk", "--no-open", "--port", "0"]
    with ExitStack() as ends:
        desk = ends.enter_context(
            subprocess.Popen(started, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        )
        ends.callback(desk.kill)
        address = re.search(r"http://127\.0\.0\.1:(\d+)/\S+", desk.stdout.readline())
        for _ in range(200):
            silent = ends.enter_context(
                socket.create_connection(("127.0.0.1", int(address[1])), timeout=PATIENCE)
            )
            silent.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
        with urlopen(address[0], timeout=PATIENCE) as answer:
            assert answer.status == 200
