"""How the tests themselves are run: all of them, and those of a file in one process, which makes once what they share."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

_RUN: list[str] = []
TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("number", range(8))
def test_the_tests_of_a_file_run_in_one_process_one_after_the_other(request, number):
    _RUN.append(request.node.nodeid)
    asked_for = [item.nodeid for item in request.session.items if item.path == request.path]
    assert asked_for[: len(_RUN)] == _RUN


def test_no_folder_of_tests_is_passed_over_but_that_of_another_engine(pytestconfig):
    """pytest leaves out folders of some names, such as `build`, where it is not told which. `make test-webkit` runs the one."""
    left_out = pytestconfig.getini("norecursedirs")
    folders = {part for file in TESTS.rglob("test_*.py") for part in file.parent.relative_to(TESTS).parts}
    assert "build" in folders
    assert [name for name in sorted(folders) if any(fnmatch(name, pattern) for pattern in left_out)] == [
        "webkit"
    ]
