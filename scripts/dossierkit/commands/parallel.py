"""The same work on many things, in several processes: results in the order of the tasks, few of them waiting at a time."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any, Never, Protocol, Self, TypeVar

import click

FEW = 8
"""Tasks: below, starting processes costs more than they save."""
_AHEAD = 4  # tasks under way for each process, so that none waits while the first of them is awaited

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


class Ground(Protocol):
    """What all tasks of one command rest on: it goes to each process once. `root`: the repository."""

    @property
    def root(self) -> Path: ...

    def at(self, root: Path) -> Self:
        """The same, with the repository somewhere else."""

    def files(self) -> dict[str, bytes]:
        """What the work reads of the repository, by path: it does not see the rest from elsewhere."""


_Ground = TypeVar("_Ground", bound=Ground)
# What a worker process does, made once when it starts: processes have no other place for it.
_WORK: list[Callable[[Any], Any]] = []


class StoppedError(click.ClickException):
    """A person ended the command (Ctrl-C), or the system a process of it; the message says how to go on."""

    exit_code = 130

    def show(self, file: Any = None) -> None:  # noqa: ANN401 -- click's own signature
        click.echo(f"dossier: {self.message}", file=file, err=file is None)


def processes(tasks: int, asked: int | None = None) -> int:
    """How many processes for so many tasks: as many as asked for, or as there are processors; one for few tasks."""
    if tasks < FEW:
        return 1
    return min(asked or _processors(), tasks)


def _processors() -> int:
    """Those that this process may use, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Executor(Protocol):
    """Where the same work is done on many things. `elsewhere`: it does not see this machine's files."""

    @property
    def elsewhere(self) -> bool: ...

    def in_order(
        self, start: Callable[[_Ground], Callable[[_Task], _Result]], ground: _Ground, tasks: Iterable[_Task]
    ) -> Generator[_Result, None, None]:
        """What `start(ground)` gives for each task, in their order.

        `start` is called once in each process. Few tasks are under way at a time: they are taken from the iterable as
        they are needed. Who stops before the end closes it, which calls back what is under way. Raises what the work
        raises, and StoppedError where that was ended from outside.
        """


@dataclass(frozen=True, slots=True)
class Local:
    """Processes of this machine; with one job the process that asks."""

    jobs: int
    elsewhere = False

    def in_order(
        self, start: Callable[[_Ground], Callable[[_Task], _Result]], ground: _Ground, tasks: Iterable[_Task]
    ) -> Generator[_Result, None, None]:
        if self.jobs == 1:
            yield from map(start(ground), tasks)
            return
        # Not forked: the name model runs threads, which a fork would tear.
        pool = ProcessPoolExecutor(self.jobs, get_context("spawn"), _begin, (start, ground))
        try:
            yield from _results(pool, tasks, self.jobs * _AHEAD)
        except BrokenProcessPool:
            message = "a process was ended from outside, perhaps for want of memory: go on with fewer, as with `--jobs 1`"
            raise StoppedError(message) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _results(pool: ProcessPoolExecutor, tasks: Iterable[_Task], most: int) -> Iterator[Any]:
    waiting: deque[Future[Any]] = deque()
    for task in tasks:
        waiting.append(pool.submit(_do, task))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _begin(start: Callable[[Any], Callable[[Any], Any]], ground: object) -> None:
    """Ready a worker: Ctrl-C is for the first process, and with that one a worker ends, however it ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _WORK.append(start(ground))
    except click.ClickException as error:
        _WORK.append(_raising(error))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _raising(error: click.ClickException) -> Callable[[Any], Never]:
    """Work that says what stood in the way: a worker that fails while it starts could not."""

    def work(_: object) -> Never:
        raise error

    return work


def _do(task: Any) -> Any:  # noqa: ANN401 -- any task
    return _WORK[0](task)
