"""Run the same work on many tasks in several processes: results in task order, with a bounded number in progress."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

import click

from dossierkit.parallel.fence import LIMIT, Loss, OverdueError, limited
from dossierkit.parallel.supervised import StartError, Supervised
from dossierkit.text.printable import printable_lines

if TYPE_CHECKING:
    from dossierkit.model.finding import NameFinder

FEW = 8
"""In tasks: for fewer, starting processes costs more than it saves."""

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


class WorkContext(Protocol):
    """What all tasks of one command share, sent once to each process. `root`: the repository."""

    @property
    def root(self) -> Path: ...

    def at(self, root: Path) -> Self:
        """The same with the repository in another place."""

    def finder(self) -> NameFinder | None:
        """The name finder; workers must have the same."""

    def files(self) -> dict[str, bytes]:
        """Files of the repository that the work reads, by path; workers have no others."""


_Context = TypeVar("_Context", bound=WorkContext)


class StoppedError(click.ClickException):
    """The command was interrupted (Ctrl-C), or the system ended one of its processes; the message says how to continue."""

    exit_code = 130

    def show(self, file: Any = None) -> None:  # noqa: ANN401 -- click's own signature
        click.echo(printable_lines(f"dossier: {self.message}"), file=file, err=file is None)


def processes(tasks: int, asked: int | None = None) -> int:
    """Number of processes for a number of tasks: as requested, or one for each processor; one for few tasks."""
    if tasks < FEW:
        return 1
    return min(asked or _processors(), tasks)


def _processors() -> int:
    """Number of processors that this process may use, if the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Executor(Protocol):
    """Runs the same work on many tasks. `elsewhere`: without access to this machine's files."""

    @property
    def elsewhere(self) -> bool: ...

    def in_order(
        self,
        start: Callable[[_Context], Callable[[_Task], _Result]],
        context: _Context,
        tasks: Iterable[_Task],
        lost: Callable[[_Task, Loss], _Result],
    ) -> Generator[_Result, None, None]:
        """Yield the result of `start(context)` for each task, in order, or of `lost` if a task took too long or its process died.

        `start` is called once in each process. Tasks are taken from the iterable as needed, with few in progress. A caller
        that stops early closes the generator, which cancels tasks in progress. Raises errors of the work, and StoppedError
        if it was ended from outside.
        """


@dataclass(frozen=True, slots=True)
class Local:
    """Processes of this machine. `limit`: seconds for a task. If not `apart`, everything runs in this process.

    In this process a task that hangs inside a library continues until it returns; other processes are killed.
    """

    jobs: int
    limit: float = LIMIT
    apart: bool = True
    elsewhere = False

    def in_order(
        self,
        start: Callable[[_Context], Callable[[_Task], _Result]],
        context: _Context,
        tasks: Iterable[_Task],
        lost: Callable[[_Task, Loss], _Result],
    ) -> Generator[_Result, None, None]:
        if not self.apart:
            yield from self._here(start(context), tasks, lost)
            return
        try:
            yield from Supervised(self.jobs, start, context, self.limit, lost).results(tasks)
        except StartError:
            message = "a process was ended from outside, perhaps because memory ran out: continue with fewer, as with `--jobs 1`"
            raise StoppedError(message) from None

    def _here(
        self, work: Callable[[_Task], _Result], tasks: Iterable[_Task], lost: Callable[[_Task, Loss], _Result]
    ) -> Iterator[_Result]:
        for task in tasks:
            try:
                with limited(self.limit):
                    result = work(task)
            except OverdueError:
                result = lost(task, Loss(self.limit))
            yield result


def local(tasks: int, jobs: int | None, limit: float | None) -> Local:
    """An executor for a number of tasks: for few, this process only, because starting others costs more."""
    return Local(processes(tasks, jobs), limit or LIMIT, apart=tasks >= FEW)


def in_this_process(limit: float | None) -> Local:
    """An executor in this process only."""
    return Local(1, limit or LIMIT, apart=False)
