"""Work spread over the processors: a process each, made by fork, so that all share what was read before.

Where the system has no fork, or threads run that a fork would leave behind, one process does it all.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_FEWEST = 40  # items a process; for fewer, a process costs more than it brings


def processors(items: int) -> int:
    """How many processes to use for so many items: 1 means none but this one."""
    alone = not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return 1 if alone else max(1, min(available, items // _FEWEST))


def spread(function: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterable[_Result]:
    """As `map`: results in the order of the items. What a process raises is raised here.

    Each process takes every n-th item, so that long and short work is shared out evenly. Results must be picklable.
    """
    listed = tuple(items)
    count = processors(len(listed))
    if count == 1:
        return map(function, listed)
    return _merged(_shares(function, listed, count), count, len(listed))


def _shares(
    function: Callable[[_Item], _Result], items: Sequence[_Item], count: int
) -> list[Iterable[_Result]]:
    """What each process found; this one does the first share while the others work."""
    children = [_start(function, items[number::count]) for number in range(1, count)]
    own = [function(item) for item in items[::count]]
    return [own, *(_read(pid, end) for pid, end in children)]


def _merged(shares: Sequence[Iterable[_Result]], count: int, total: int) -> Iterator[_Result]:
    iterators = [iter(share) for share in shares]
    for number in range(total):
        yield next(iterators[number % count])


def _start(function: Callable[[_Item], _Result], items: Sequence[_Item]) -> tuple[int, int]:
    """A process at work on the items, and the end of the pipe from which its results are read."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    os.close(reading)
    code = 1
    try:
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(_done(function, items), pipe, pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # nothing of the parent's is closed or run at its end


def _done(
    function: Callable[[_Item], _Result], items: Sequence[_Item]
) -> tuple[list[_Result], BaseException | None]:
    try:
        return [function(item) for item in items], None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - raised again in the parent
        return [], error


def _read(pid: int, end: int) -> list[_Result]:
    with os.fdopen(end, "rb") as pipe:
        data = pipe.read()
    _, status = os.waitpid(pid, 0)
    if status or not data:
        raise ChildProcessError(f"a process that built pages ended with status {status}")
    results, error = pickle.loads(data)  # noqa: S301 - written by our own process
    if error is not None:
        raise error
    return list(results)
