"""Problems stay what they are wherever they go."""

from __future__ import annotations

import pickle

from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError


def test_what_is_wrong_goes_from_one_process_to_another_as_it_is():
    error = DiagnosticsError(
        [Diagnostic("b.md", 2, 1, "D100", "two"), Diagnostic("a.md", 1, 1, "D100", "one")]
    )
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert again.problems == error.problems
    assert str(again) == str(error)
