from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def rules():
    """The module rules.py beside this file."""
    spec = importlib.util.spec_from_file_location("machines_rules", Path(__file__).with_name("rules.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
