"""The pages readers see that fail a check, whoever caused it: all pages are checked in a thread after each change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import click

from dossierkit.check.selection import RuleSelection
from dossierkit.evidence import visibility
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError, errors_in
from dossierkit.model.page import PUBLIC
from dossierkit.workflow.check import examined
from dossierkit.workflow.editing.index import SiteIndex


@dataclass
class FailingPages:
    """Errors of `dossier check` in published and reviewed pages. `problems`: those of the last check."""

    root: Path
    index: SiteIndex
    problems: tuple[Diagnostic, ...] = ()
    _checked_version: int = -1
    _checking: Thread | None = None

    def is_current(self, patience: float = 0) -> bool:
        """Whether `problems` are those of the pages as they are now; else a check begins. `patience`: seconds to wait for it."""
        if self._checked_version != self.index.version and not (self._checking and self._checking.is_alive()):
            self._checking = Thread(target=self._check, daemon=True)
            self._checking.start()
        if self._checking and patience:
            self._checking.join(patience)
        return self._checked_version == self.index.version

    def _check(self) -> None:
        version = self.index.version
        try:
            self.problems = failing(self.root)
        except (click.ClickException, DiagnosticsError, OSError):
            self.problems = ()  # what cannot be read is listed by itself
        self._checked_version = version


def failing(root: Path) -> tuple[Diagnostic, ...]:
    """The errors in pages that readers see, in order."""
    library, report = examined(root, RuleSelection(), use_cache=True)
    shown = {page.path for _, page in visibility.pages_of(library.content) if page.status in PUBLIC}
    found = errors_in(checked.problem for checked in report.found)
    return tuple(sorted(problem for problem in found if problem.path in shown))
