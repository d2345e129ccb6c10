"""A real disk of a few megabytes that can be filled or closed for writing, where the system lets the tests mount one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


def _mount(*arguments: object) -> bool:
    try:
        return subprocess.run([*map(str, arguments)], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@dataclass(frozen=True)
class SmallDisk:
    """A mounted disk."""

    path: Path

    @contextmanager
    def full(self, free: int) -> Iterator[None]:
        """Leave this many bytes of it."""
        left = os.statvfs(self.path)
        filler = self.path / "filler"
        filler.write_bytes(bytes(left.f_bavail * left.f_frsize - free))
        try:
            yield
        finally:
            filler.unlink()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Let nobody write to it."""
        assert _mount("mount", "-o", "remount,ro", self.path)
        try:
            yield
        finally:
            assert _mount("mount", "-o", "remount,rw", self.path)


@contextmanager
def small_disk(path: Path, megabytes: int = 8) -> Iterator[SmallDisk]:
    """A disk at a new folder. Skips the test if none can be mounted, as for a user without rights."""
    path.mkdir()
    if not _mount("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", path):
        pytest.skip("no disk can be mounted here")
    try:
        yield SmallDisk(path)
    finally:
        _mount("umount", "-l", path)
