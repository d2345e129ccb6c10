"""The preview that `dossier serve` gives, as a process."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.support.process import started


@pytest.fixture(scope="session")
def preview():
    """`preview(root, host)`: a context that gives the address at which `dossier serve` answers for a repository; its output is in
    `root/log`.
    """

    @contextmanager
    def served(root: Path, host: str = "127.0.0.1") -> Iterator[str]:
        port = free_port()
        with (root / "log").open("wb") as log:
            pid = started("serve", "--address", f"{host}:{port}", cwd=root, output=log.fileno())
        ended = 0
        try:
            while not _listens(port):
                ended, _ = os.waitpid(pid, os.WNOHANG)
                assert not ended, (root / "log").read_text(encoding="utf-8")
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/"
        finally:
            if not ended:
                os.killpg(pid, signal.SIGTERM)
                os.waitpid(pid, 0)

    return served


def free_port() -> int:
    """One below those that systems give to whoever connects: such a one could be taken before the server has it."""
    first = 20_000 + os.getpid() * 97 % 10_000
    return next(port for port in range(first, 32_000) if _free(port))


def _free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
