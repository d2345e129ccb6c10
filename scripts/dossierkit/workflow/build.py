"""`dossier build`: check, compile, engine -> site/."""

from __future__ import annotations

from pathlib import Path

from dossierkit.build.configuration import load
from dossierkit.check.machine_state import machine_state
from dossierkit.engines.engine import ENGINES
from dossierkit.engines.run import BuildOptions, build
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError, errors_in


def run(root: Path, engine: str, build_options: BuildOptions) -> tuple[Path, tuple[Diagnostic, ...]]:
    """Build the site of the repository at `root`. Returns its folder and warnings; raises as `engines.run.build` does."""
    leftovers = tuple(machine_state(root))
    if errors_in(leftovers):
        raise DiagnosticsError(leftovers)
    site, warnings = build(root, load(root), ENGINES[engine], build_options)
    return site, (*leftovers, *warnings)
