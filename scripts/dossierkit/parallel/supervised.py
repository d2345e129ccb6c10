"""Processes that do one task at a time under supervision: one that takes too long or dies is replaced, and only its task is
lost.

They are not forked from this process: the name model runs threads, which fork would break. On Linux they are forked from a
process that has imported what they need and runs nothing; elsewhere each begins anew.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

import click

from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.parallel.fence import BY_CLOCK, Loss

_AHEAD = 4  # tasks queued for each process, so that none waits for the first result
_LEAVE = 5  # seconds for a process to end by itself
_OVERDUE = int(getattr(signal, "SIGPROF", 0))  # ends a process whose processor time is used up
if sys.platform == "linux":
    _PROCESSES = get_context("forkserver")
else:
    _PROCESSES = get_context("spawn")
Start = Callable[[Any], Callable[[Any], Any]]
Answer = tuple[bool, Any]  # whether it succeeded, and the result or exception


class StartError(RuntimeError):
    """A process ended before it could take a task."""


class _LostError(Exception):
    def __init__(self, loss: Loss) -> None:
        super().__init__()
        self.loss = loss


class _Worker:
    """One process. Raises errors of its start."""

    def __init__(self, start: Start, context: object, limit: float) -> None:
        self._limit = limit
        self._pipe, there = _PROCESSES.Pipe()
        self._process = _PROCESSES.Process(target=_serve, args=(there, start, context, limit), daemon=True)
        self._process.start()
        there.close()
        try:
            _result(self._pipe.recv())
        except (EOFError, OSError):
            self.end()
            raise StartError from None
        except BaseException:
            self.end()
            raise

    def do(self, task: object) -> Any:  # noqa: ANN401 -- any result
        """The result of a task. Raises errors of the work, _LostError without a result."""
        try:
            self._pipe.send(task)
            if not self._pipe.poll(self._limit * BY_CLOCK):
                raise _LostError(Loss(self._limit))
            answer = self._pipe.recv()
        except (EOFError, OSError):
            self._process.join(_LEAVE)
            overdue = self._process.exitcode == -_OVERDUE
            raise _LostError(Loss(self._limit if overdue else None)) from None
        return _result(answer)

    def kill(self) -> None:
        """Kill the process, from another thread than the one waiting for it."""
        self._process.kill()

    def end(self, *, at_once: bool = True) -> None:
        self._pipe.close()  # tells a waiting process to end
        if not at_once:
            self._process.join(_LEAVE)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()


class Supervised:
    """`jobs` processes, each initialised by `start(context)`. `limit`: seconds for a task. `lost`: result of a lost task."""

    def __init__(
        self, jobs: int, start: Start, context: object, limit: float, lost: Callable[[Any, Loss], Any]
    ) -> None:
        self._start, self._context = start, context
        self._limit = limit
        self._lost = lost
        self._tasks: SimpleQueue[tuple[Future[Any], Any] | None] = SimpleQueue()
        self._workers: dict[int, _Worker] = {}
        self._stopped = False
        self._most = jobs * _AHEAD
        self._threads = [threading.Thread(target=self._supervise, daemon=True) for _ in range(jobs)]

    def results(self, tasks: Iterable[Any]) -> Generator[Any, None, None]:
        """Results in task order."""
        start = self._start.func if isinstance(self._start, partial) else self._start
        _PROCESSES.set_forkserver_preload(["__main__", start.__module__])
        for thread in self._threads:
            thread.start()
        waiting: deque[Future[Any]] = deque()
        try:
            for task in tasks:
                waiting.append(self._submit(task))
                if len(waiting) >= self._most:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            self._end(waiting)

    def _submit(self, task: object) -> Future[Any]:
        future: Future[Any] = Future()
        self._tasks.put((future, task))
        return future

    def _end(self, waiting: Iterable[Future[Any]]) -> None:
        """End all threads and their processes; at once if anything is in progress."""
        for future in waiting:
            self._stopped = True
            future.cancel()
        for _ in self._threads:
            self._tasks.put(None)
        if self._stopped:
            for worker in tuple(self._workers.values()):
                worker.kill()
        for thread in self._threads:
            thread.join()

    def _supervise(self) -> None:
        me = threading.get_ident()
        while (given := self._tasks.get()) is not None:
            future, task = given
            if future.set_running_or_notify_cancel():
                self._fill(future, task, me)
        if me in self._workers:
            self._workers.pop(me).end(at_once=self._stopped)

    def _fill(self, future: Future[Any], task: object, me: int) -> None:
        try:
            result = self._answer(task, me)
        except BaseException as error:  # noqa: BLE001 -- raised again by who asks for the result
            future.set_exception(error)
        else:
            future.set_result(result)

    def _answer(self, task: object, me: int) -> Any:  # noqa: ANN401 -- any result
        try:
            return self._worker(me).do(task)
        except _LostError as error:
            self._workers.pop(me).end()
            return self._lost(task, error.loss)

    def _worker(self, me: int) -> _Worker:
        if me not in self._workers:
            self._workers[me] = _Worker(self._start, self._context, self._limit)
        if self._stopped:  # during its start, when it could not be ended yet
            raise StartError
        return self._workers[me]


def _result(answer: Answer) -> Any:  # noqa: ANN401 -- any result
    fine, value = answer
    if not fine:
        raise value
    return value


def _serve(pipe: Connection, start: Start, context: object, limit: float) -> None:
    """Main loop of a process: ignores Ctrl-C, which the first process handles, and ends when that process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        try:
            work = start(context)
        except Exception as error:  # noqa: BLE001 -- raised again in the first process
            pipe.send((False, _sendable(error)))
            return
        pipe.send((True, None))
        while True:
            task = pipe.recv()
            _alarm(limit)
            answer = _done(work, task)
            _alarm(0)
            pipe.send(answer)


def _alarm(seconds: float) -> None:
    """Let the system end this process after so much processor time, even in the midst of a library; 0: no longer."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _done(work: Callable[[Any], Any], task: object) -> Answer:
    try:
        return True, work(task)
    except Exception as error:  # noqa: BLE001 -- as above
        return False, _sendable(error)


def _sendable(error: Exception) -> Exception:
    """The error itself if the first process handles it specially; others may not be picklable."""
    known = isinstance(error, click.ClickException | DiagnosticsError)
    return error if known else RuntimeError(f"{type(error).__name__}: {error}")


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
