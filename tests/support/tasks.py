"""Work for processes that tests start: tasks are numbers, and some of them do what no source may do.

Each process begins with an interpreter of its own and imports this, which therefore loads next to nothing.
"""

from __future__ import annotations

import ctypes
import os
import signal
import time

HANG, HANG_HELD, DIE, BUSY, BUSY_HELD = 3, 5, 7, 9, 10


def worker(_ground):
    return work


def work(task: int) -> int:
    if task == HANG:
        time.sleep(3600)
    if task == HANG_HELD:  # in C, with the interpreter's lock held: no thread of the process runs any more
        ctypes.PyDLL(None).sleep(3600)
    if task == BUSY:
        while True:
            pass
    if task == BUSY_HELD:  # no handler of a signal would ever run
        sum(range(10**15))
    if task == DIE:
        os.kill(os.getpid(), signal.SIGKILL)
    return square(task)


def squarer(_ground):
    return square


def square(number: int) -> int:
    return number * number


def lost(task: int, loss) -> tuple[int, float | None]:
    return task, loss.limit


def waiting(_ground):
    def work(seconds: float) -> float:
        time.sleep(seconds)
        return seconds

    return work


def dying(_ground):
    os._exit(1)


def slow_to_start(_ground):
    time.sleep(3)
    return work
