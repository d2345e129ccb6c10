"""How the tests themselves are run: those of a file stay in one process, which makes once what they share."""

from __future__ import annotations

import pytest

_RUN: list[str] = []


@pytest.mark.parametrize("number", range(8))
def test_the_tests_of_a_file_run_in_one_process_one_after_the_other(request, number):
    _RUN.append(request.node.nodeid)
    asked_for = [item.nodeid for item in request.session.items if item.path == request.path]
    assert asked_for[: len(_RUN)] == _RUN
