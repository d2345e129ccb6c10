"""What all tests share: their fixtures are in `support`, a module for each theme."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from dossierkit.store.state import CACHE, STATE

pytest_plugins = [
    f"tests.support.{name}"
    for name in ("running", "repository", "sites", "minutes", "preview", "browser", "counting")
]

# A machine that is busy is no error; and the same code is judged the same each time. What is rare is looked for at night.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("busy"), derandomize=True, max_examples=50)
settings.register_profile("thorough", settings.get_profile("busy"), max_examples=1000)
settings.load_profile("ci")


@pytest.fixture(scope="session", autouse=True)
def _own_state(once):
    """State and caches lie in folders of the user; tests have some of their own, which all processes of a run use: what one
    compiles the others find.
    """
    with pytest.MonkeyPatch.context() as patch:
        for variable in (STATE, CACHE):
            patch.setenv(variable, str(once(variable.lower(), lambda folder: folder.chmod(0o700))))
        yield
