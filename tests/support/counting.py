"""Costs are counted, not timed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest


@pytest.fixture
def calls_of():
    """A context in which every call of a function is listed, with its arguments by name: what costs time is counted, not timed."""

    @contextmanager
    def listed(function: Callable[..., object]) -> Iterator[list[dict[str, object]]]:
        calls: list[dict[str, object]] = []

        def called(frame, event, _argument):
            if event == "call" and frame.f_code is function.__code__:
                calls.append(dict(frame.f_locals))

        before = sys.getprofile()
        sys.setprofile(called)
        try:
            yield calls
        finally:
            sys.setprofile(before)

    return listed
