"""Run work in forked processes, which share what was read before.

If the system has no fork, or threads are running that fork would lose, this process does everything.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Generic, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_FEWEST = 40  # items for each process; fewer are not worth one
_TOKEN = 2  # bytes for a place in a queue
_PLACES = 2000  # places in a queue: its tokens fit into the smallest pipe
_AT_A_TIME = 1000  # items with results in memory when they are read one by one


def processors(items: int) -> int:
    """Number of processes for a number of items; 1 means only this one."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return max(1, min(available, items // _FEWEST)) if _forks() else 1


def _forks() -> bool:
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def spread(function: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
    """Like `map`: results in the order of items, computed in any process, not all at a time.

    Results must be picklable.
    """
    listed = tuple(items)
    for start in range(0, len(listed), _AT_A_TIME):
        some = listed[start : start + _AT_A_TIME]
        yield from Work(function, some, processors(len(some))).results()


def apart(make: Callable[[], _Result], meanwhile: Callable[[], None] | None = None) -> _Result:
    """The result of a function called in a process of its own, which frees all memory. It must be picklable.

    `meanwhile`: called here while the other process works; left out where there is none.
    """
    if not _forks():
        return make()
    process = _Process(make)
    try:
        if meanwhile:
            meanwhile()
        return process.result()
    finally:
        process.end()


class Work(Generic[_Item, _Result]):
    """Items that other processes start on at once; this process helps when it reads the results.

    All take from one queue, so none is idle before it is empty; long items should come first. `processes` includes this
    one. Either `results` or `stop` must be called.
    """

    def __init__(self, function: Callable[[_Item], _Result], items: Sequence[_Item], processes: int) -> None:
        self._function, self._items = function, items
        self._places = min(len(items), _PLACES)
        self._queue = _queue(self._places)
        self._others = [_Process(self._share_or_break, items) for _ in range(1, processes)]

    def results(self) -> list[_Result]:
        """Results in the order of items. Errors of a process are raised here."""
        found: dict[int, list[_Result]] = {}
        try:
            found.update(self._share())
            for process in self._others:
                found.update(process.result())
        finally:
            self.stop()
        return [found[number % self._places][number // self._places] for number in range(len(self._items))]

    def stop(self) -> None:
        """End the processes, finished or not."""
        for process in self._others:
            process.end()
        self._others.clear()
        self._queue.close()

    def _share(self) -> dict[int, list[_Result]]:
        """Items that this process takes from the queue, by place: place n has every item from n on, a queue's length apart."""
        found: dict[int, list[_Result]] = {}
        while token := self._queue.read(_TOKEN):
            place = int.from_bytes(token)
            found[place] = [self._function(item) for item in self._items[place :: self._places]]
        return found

    def _share_or_break(self) -> dict[int, list[_Result]]:
        try:
            return self._share()
        except BaseException:
            while self._queue.read(_PLACES):  # the others can stop
                pass
            raise


class _Process(Generic[_Result]):
    """A forked process with one computation. `items`: values known here, which it may send by reference."""

    def __init__(self, make: Callable[[], _Result], items: Sequence[object] = ()) -> None:
        self._items = items
        reading, writing = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._pid = os.fork()
        if self._pid:
            os.close(writing)
            self._pipe = os.fdopen(reading, "rb")
            return
        code = 1
        try:
            gc.freeze()  # collecting would copy shared memory
            outcome = _outcome(make)
            sys.stdout.flush()
            sys.stderr.flush()
            with os.fdopen(writing, "wb") as pipe:
                _Sender(pipe, items).dump(outcome)
            code = 0
        finally:
            os._exit(code)  # skips the parent's cleanup

    def result(self) -> _Result:
        """The result. Errors of the process are raised here."""
        try:
            made, error = _Receiver(self._pipe, self._items).load()
        except EOFError:
            message = "a process that built a part of the site ended before it was done"
            raise ChildProcessError(message) from None
        if error is not None:
            raise error
        return made  # type: ignore[no-any-return]  # it is what was sent

    def end(self) -> None:
        """End the process, finished or not."""
        self._pipe.close()
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def _outcome(make: Callable[[], _Result]) -> tuple[_Result | None, BaseException | None]:
    try:
        return make(), None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - raised again in the parent
        return None, error


def _queue(places: int) -> IO[bytes]:
    """A pipe with every place once; each belongs to the process that reads it."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(b"".join(place.to_bytes(_TOKEN) for place in range(places)))
    return os.fdopen(reading, "rb", buffering=0)


class _Sender(pickle.Pickler):
    """Pickles results; known items are sent by index."""

    def __init__(self, pipe: IO[bytes], items: Sequence[object]) -> None:
        super().__init__(pipe, pickle.HIGHEST_PROTOCOL)
        self._place = {id(item): place for place, item in enumerate(items)}

    def persistent_id(self, value: object) -> int | None:
        return self._place.get(id(value))


class _Receiver(pickle.Unpickler):
    def __init__(self, pipe: IO[bytes], items: Sequence[object]) -> None:
        super().__init__(pipe)
        self._items = items

    def persistent_load(self, place: int) -> object:
        return self._items[place]
