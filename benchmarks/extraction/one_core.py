"""Hold a process to one core, so that words a second mean the same for every system."""

from __future__ import annotations

import os

# Read by the linear algebra libraries when they are loaded: set before anything imports them.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


def one_core() -> None:
    """One thread a library, and one core where the system lets a process choose."""
    for name in _THREADS:
        os.environ[name] = "1"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
