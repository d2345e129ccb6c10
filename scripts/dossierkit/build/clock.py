"""The instant of a build: the one place that reads the clock, so that the pages themselves depend on values only."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from dossierkit.model.instant import parse, written

NOW = "DOSSIER_NOW"
"""The variable with which a build gives its own instant to the engine that it starts."""


def instant() -> str:
    """The instant of the build, as `model.instant` writes it.

    Taken from `DOSSIER_NOW`, else `SOURCE_DATE_EPOCH` (https://reproducible-builds.org/specs/source-date-epoch/), else the clock.
    Raises InstantError or ValueError if one of the variables has another form.
    """
    if chosen := os.environ.get(NOW):
        return parse(chosen)
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return written(datetime.fromtimestamp(int(epoch), UTC))
    return written(datetime.now(UTC))
