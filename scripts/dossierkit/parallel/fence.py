"""Turn failures on one source into its problem, so that the others continue."""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EFBIG, EIO, EMFILE, ENFILE, ENOMEM, ENOSPC, EROFS
from types import FrameType
from typing import Never

import click

from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.extension import TRACE, ExtensionError
from dossierkit.text.printable import printable, printable_lines

LIMIT = 300.0
"""Seconds of processor time for one source, unless another limit is given: the longest text that is read takes a fifth of it."""
BY_CLOCK = 10
"""So many times the limit may pass by the clock: a busy machine gives a process a fraction of a processor, and work that only waits
must end too."""
_AGAIN = 1.0  # seconds until work that continues is interrupted again
_OF_SYSTEM = frozenset({EMFILE, ENFILE, ENOSPC, EFBIG, EIO, ENOMEM, EROFS})  # no fault of the program
_MOST = 200  # characters of an exception's text


@dataclass(frozen=True, slots=True)
class Loss:
    """Why a task has no result: it took more than `limit` seconds of processor time, or `BY_CLOCK` times as many by the clock; or if
    None, its process ended.
    """

    limit: float | None = None


class OverdueError(BaseException):
    """Work exceeded its time limit. Not an Exception, because libraries catch those."""


def trouble(path: str, error: Exception) -> Diagnostic:
    """The problem for an unexpected error, with how to report it. If a trace is wanted, it is printed on standard error."""
    show_trace(error)
    if isinstance(error, ExtensionError):
        return Diagnostic(path, 0, 0, "D409", f"{error}; nothing of this was written")
    text = printable(str(error))[:_MOST]
    if isinstance(error, OSError) and error.errno in _OF_SYSTEM:
        message = f"the system refused it ({error.strerror}), and nothing of this was written: put that right, and run the command again"
        return Diagnostic(path, 0, 0, "D409", message)
    cause = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return Diagnostic(
        path,
        0,
        0,
        "D409",
        f"something went wrong inside Dossierkit ({cause}), and nothing of this was written; the rest was not affected: report "
        f"it, with what is shown when you run the command on this alone with {TRACE}=1 in the environment",
    )


def problems_of(path: str, error: Exception) -> tuple[Diagnostic, ...]:
    """The problems that an error with one source is. Raises it if it is one of the command as a whole (click)."""
    if isinstance(error, click.ClickException):
        raise error
    return error.problems if isinstance(error, DiagnosticsError) else (trouble(path, error),)


def show_trace(error: Exception) -> None:
    """Print the traceback of an unexpected error, or of the extension's that it tells of, if a trace is wanted."""
    if os.environ.get(TRACE):
        trace = getattr(error, "trace", "") or "".join(traceback.format_exception(error))
        click.echo(printable_lines(trace), err=True, nl=False)


def lost(path: str, loss: Loss) -> Diagnostic:
    """The problem of a source without a result."""
    if loss.limit is None:
        message = (
            "the process that worked on it was ended from outside, perhaps because memory ran out: add it alone, split it, or "
            "continue with fewer processes, as with `--jobs 1`"
        )
        return Diagnostic(path, 0, 0, "D409", message)
    message = (
        f"took more than {loss.limit:g} seconds of processor time, or {BY_CLOCK} times as many by the clock, and was stopped: split it into parts, or allow more with `--timeout SECONDS`; "
        "if it is an ordinary article, report it"
    )
    return Diagnostic(path, 0, 0, "D408", message)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise OverdueError in the block after some seconds of this process's processor time, or `BY_CLOCK` times as many by the clock,
    if the system has alarms, and in the main thread only.
    """
    able = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not able:
        yield
        return
    before = [signal.signal(number, _overdue) for number in (signal.SIGPROF, signal.SIGALRM)]
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    signal.setitimer(signal.ITIMER_REAL, seconds * BY_CLOCK, _AGAIN)
    try:
        yield
    finally:
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)
        for number, handler in zip((signal.SIGPROF, signal.SIGALRM), before, strict=True):
            signal.signal(number, handler)


def _overdue(_number: int, _frame: FrameType | None) -> Never:
    raise OverdueError
