"""The instant of a build: the one place that reads the clock, so that the pages themselves depend on values only."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from dossierkit.model.instant import parse, written

NOW = "DOSSIER_NOW"
"""How a build tells the engine that it starts what its own instant is."""


def instant() -> str:
    """As `model.instant` writes it: `DOSSIER_NOW`, else `SOURCE_DATE_EPOCH` (https://reproducible-builds.org/specs/source-date-epoch/), else the clock.

    Raises InstantError or ValueError where one of them is set to something else.
    """
    if chosen := os.environ.get(NOW):
        return parse(chosen)
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return written(datetime.fromtimestamp(int(epoch), UTC))
    return written(datetime.now(UTC))
