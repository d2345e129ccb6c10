"""`dossier build`: check, compile, engine -> site/."""

from __future__ import annotations

import os
from pathlib import Path

from dossierkit.engines.config import load
from dossierkit.engines.run import ENGINES, build
from dossierkit.model.problem import Problem


def run(root: Path, engine: str, *, strict: bool, keep: bool = True) -> tuple[Path, tuple[Problem, ...]]:
    """Build the site of the repository at `root`; `keep` and errors as `engines.run.build`."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material reads it when it is loaded
    return build(root, load(root), ENGINES[engine], strict=strict, keep=keep)
