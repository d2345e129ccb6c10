"""Work spread over the processors: processes made by fork, so that all share what was read before.

Where the system has no fork, or threads run that a fork would leave behind, one process does it all.
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
_FEWEST = 40  # items a process; for fewer, a process costs more than it brings
_TOKEN = 2  # bytes of a place in a queue
_PLACES = 2000  # of a queue: its tokens fit into the smallest pipe there is
_AT_A_TIME = 1000  # items whose results are in memory, where they are taken one by one


def processors(items: int) -> int:
    """How many processes to use for so many items: 1 means none but this one."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return max(1, min(available, items // _FEWEST)) if _forks() else 1


def _forks() -> bool:
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def spread(function: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
    """As `map`: results in the order of the items, whoever worked them out, not all of them at a time.

    Results must be picklable.
    """
    listed = tuple(items)
    for start in range(0, len(listed), _AT_A_TIME):
        some = listed[start : start + _AT_A_TIME]
        yield from Work(function, some, processors(len(some))).results()


def apart(make: Callable[[], _Result]) -> _Result:
    """What is made, by a process that leaves nothing of what it needed for it. The result must be picklable."""
    if not _forks():
        return make()
    process = _Process(make)
    try:
        return process.result()
    finally:
        process.end()


class Work(Generic[_Item, _Result]):
    """Items that processes beside this one take on at once; this one helps when it asks for the results.

    All take the next place of one queue, so that none is idle before it is empty; what takes long should come first.
    `processes` counts this one. Either `results` or `stop` must be called.
    """

    def __init__(self, function: Callable[[_Item], _Result], items: Sequence[_Item], processes: int) -> None:
        self._function, self._items = function, items
        self._places = min(len(items), _PLACES)
        self._queue = _queue(self._places)
        self._others = [_Process(self._share_or_break, items) for _ in range(1, processes)]

    def results(self) -> list[_Result]:
        """In the order of the items. What a process raises is raised here."""
        found: dict[int, list[_Result]] = {}
        try:
            found.update(self._share())
            for process in self._others:
                found.update(process.result())
        finally:
            self.stop()
        return [found[number % self._places][number // self._places] for number in range(len(self._items))]

    def stop(self) -> None:
        """End the processes, whether they are done or not."""
        for process in self._others:
            process.end()
        self._others.clear()
        self._queue.close()

    def _share(self) -> dict[int, list[_Result]]:
        """What this process takes from the queue, by place: place n has every item from n on, a queue's length apart."""
        found: dict[int, list[_Result]] = {}
        while token := self._queue.read(_TOKEN):
            place = int.from_bytes(token)
            found[place] = [self._function(item) for item in self._items[place :: self._places]]
        return found

    def _share_or_break(self) -> dict[int, list[_Result]]:
        try:
            return self._share()
        except BaseException:
            while self._queue.read(_PLACES):  # the others need not go on
                pass
            raise


class _Process(Generic[_Result]):
    """A process that works something out. `items`: what it may send back without its being sent; it is here already."""

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
            gc.freeze()  # a look through what is shared would copy it
            outcome = _outcome(make)
            sys.stdout.flush()
            sys.stderr.flush()
            with os.fdopen(writing, "wb") as pipe:
                _Sender(pipe, items).dump(outcome)
            code = 0
        finally:
            os._exit(code)  # nothing of the parent's is closed or run at its end

    def result(self) -> _Result:
        """What it worked out. What it raises is raised here."""
        try:
            made, error = _Receiver(self._pipe, self._items).load()
        except EOFError:
            message = "a process that built a part of the site ended before it was done"
            raise ChildProcessError(message) from None
        if error is not None:
            raise error
        return made  # type: ignore[no-any-return]  # it is what was sent

    def end(self) -> None:
        """Whether it is done or not."""
        self._pipe.close()
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def _outcome(make: Callable[[], _Result]) -> tuple[_Result | None, BaseException | None]:
    try:
        return make(), None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - raised again in the parent
        return None, error


def _queue(places: int) -> IO[bytes]:
    """Every place once; each belongs to the process that reads it."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(b"".join(place.to_bytes(_TOKEN) for place in range(places)))
    return os.fdopen(reading, "rb", buffering=0)


class _Sender(pickle.Pickler):
    """Sends results; an item that stands in one is there already, and only named."""

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
