"""`dossier build`: check, compile, engine -> site/."""

from __future__ import annotations

from pathlib import Path

from dossierkit.build.configuration import load
from dossierkit.engines.engine import ENGINES
from dossierkit.engines.run import BuildOptions, build
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.store.commit import interrupted


def run(root: Path, engine: str, build_options: BuildOptions) -> tuple[Path, tuple[Diagnostic, ...]]:
    """Build the site of the repository at `root`. Returns its folder and warnings; raises as `engines.run.build` does."""
    if problems := tuple(interrupted(root)):
        raise DiagnosticsError(problems)
    return build(root, load(root), ENGINES[engine], build_options)
