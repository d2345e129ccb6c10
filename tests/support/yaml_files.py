"""Cases, and other files of YAML, in the same way for all tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from dossierkit.text.data import LOADER

_TEXTS = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_yaml(file: Path, *, texts: bool = False) -> Any:
    """What a YAML file says; with `texts`, every scalar as it is written. Read in C, where every process reads all of them."""
    return yaml.load(file.read_text(encoding="utf-8"), _TEXTS if texts else LOADER)  # noqa: S506 -- both make plain values only
