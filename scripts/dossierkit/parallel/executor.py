"""The same work on many things, in several processes: results in the order of the tasks, few of them waiting at a time."""

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
    from dossierkit.extract.mentions import NameFinder

FEW = 8
"""Tasks: below, starting processes costs more than they save."""

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


class WorkContext(Protocol):
    """What all tasks of one command rest on: it goes to each process once. `root`: the repository."""

    @property
    def root(self) -> Path: ...

    def at(self, root: Path) -> Self:
        """The same, with the repository somewhere else."""

    def finder(self) -> NameFinder | None:
        """What finds names there: workers elsewhere must have the same."""

    def files(self) -> dict[str, bytes]:
        """What the work reads of the repository, by path: it does not see the rest from elsewhere."""


_Context = TypeVar("_Context", bound=WorkContext)


class StoppedError(click.ClickException):
    """A person ended the command (Ctrl-C), or the system a process of it; the message says how to go on."""

    exit_code = 130

    def show(self, file: Any = None) -> None:  # noqa: ANN401 -- click's own signature
        click.echo(printable_lines(f"dossier: {self.message}"), file=file, err=file is None)


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
        self,
        start: Callable[[_Context], Callable[[_Task], _Result]],
        context: _Context,
        tasks: Iterable[_Task],
        lost: Callable[[_Task, Loss], _Result],
    ) -> Generator[_Result, None, None]:
        """What `start(context)` gives for each task, in their order; what `lost` gives where a task took too long or its process died.

        `start` is called once in each process. Few tasks are under way at a time: they are taken from the iterable as
        they are needed. Who stops before the end closes it, which calls back what is under way. Raises what the work
        raises, and StoppedError where that was ended from outside.
        """


@dataclass(frozen=True, slots=True)
class Local:
    """Processes of this machine. `limit`: seconds for a task. Not `apart`: the process that asks does it all.

    In the process that asks, a task that hangs in code of a library goes on until that returns: another process is ended.
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
            message = "a process was ended from outside, perhaps for want of memory: go on with fewer, as with `--jobs 1`"
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
    """Processes for so many tasks: of few, the process that asks does all, since starting others costs more than they save."""
    return Local(processes(tasks, jobs), limit or LIMIT, apart=tasks >= FEW)


def here(limit: float | None) -> Local:
    """Only the process that asks."""
    return Local(1, limit or LIMIT, apart=False)
