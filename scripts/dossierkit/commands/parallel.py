"""The same work on many things, in several processes: results in the order of the tasks, few of them waiting at a time."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import Any, Never, TypeVar

import click

FEW = 8
"""Tasks: below, starting processes costs more than they save."""
_AHEAD = 4  # tasks under way for each process, so that none waits while the first of them is awaited

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
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


def in_order(
    start: Callable[..., Callable[[_Task], _Result]], args: tuple[Any, ...], tasks: Iterable[_Task], jobs: int
) -> Iterator[_Result]:
    """What `start(*args)` gives for each task, in their order, whatever `jobs` is.

    `start` is called once in each process; with one job in this one. Tasks are taken from the iterable as they are needed.
    Raises what the work raises, and StoppedError where a process was ended from outside.
    """
    if jobs == 1:
        yield from map(start(*args), tasks)
        return
    # Not forked: the name model runs threads, which a fork would tear.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (start, args))
    try:
        yield from _results(pool, tasks, jobs * _AHEAD)
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


def _begin(start: Callable[..., Callable[[Any], Any]], args: tuple[Any, ...]) -> None:
    """Ready a worker: Ctrl-C is for the first process, and with that one a worker ends, however it ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _WORK.append(start(*args))
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
