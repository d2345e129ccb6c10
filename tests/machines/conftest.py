from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def rules():
    """The module rules.py beside this file."""
    from tests.machines import rules  # noqa: PLC0415 -- lxml, for the tests of feeds and data alone

    return rules
