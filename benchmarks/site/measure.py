"""Running a command and taking its time, its processor time and the memory of all its processes."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_TICK = 0.05


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds on the clock, seconds of processors, and the most memory at one time in MB (10^6 bytes)."""

    clock: float
    processor: float
    memory: float


def run(commands: Sequence[Sequence[str]], folder: Path, environment: Mapping[str, str]) -> Run:
    """Run the commands one after the other. Raises CalledProcessError with what the command said."""
    before, start = os.times(), time.perf_counter()
    watch = _Watch()
    for command in commands:
        watch.follow(_start(command, folder, environment))
    after = os.times()
    clock = time.perf_counter() - start
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(clock, used, watch.most / 1e6)


def _start(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


class _Watch:
    """The most memory that a process and its descendants had: proportional shares, so that no page counts twice."""

    def __init__(self) -> None:
        self.most = 0

    def follow(self, process: subprocess.Popen[bytes]) -> None:
        done = threading.Event()
        thread = threading.Thread(target=self._sample, args=(process.pid, done))
        thread.start()
        said = process.communicate()[1]
        done.set()
        thread.join()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, process.args, stderr=said)

    def _sample(self, pid: int, done: threading.Event) -> None:
        while not done.wait(_TICK):
            self.most = max(self.most, sum(_share(one) for one in family(pid)))


def family(pid: int) -> list[int]:
    """A process and its descendants, as far as they still run."""
    found = [pid]
    for parent in found:
        try:
            for task in Path(f"/proc/{parent}/task").glob("*/children"):
                found += (int(child) for child in task.read_text().split())
        except OSError:
            continue
    return found


def _share(pid: int) -> int:
    """Proportional set size in bytes; 0 when the process has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
