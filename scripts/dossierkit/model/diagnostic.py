"""Diagnostics: problems of files, with what to do about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One problem of one file.

    `path` is relative to the repository, `line` and `col` count from 1 (0: the file as a whole), `code` names the
    rule (`D101`), `message` says what was found, what was expected and what to do. `severity`: "error" stops a
    build, "warning" does not.
    """

    path: str
    line: int
    col: int
    code: str
    message: str
    severity: str = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.col}: {self.code} {self.message}"


def errors_in(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Those of the problems that stop a build."""
    return tuple(problem for problem in problems if problem.severity == "error")


class DiagnosticsError(Exception):
    """Raised with all problems at once, before anything is written."""

    def __init__(self, problems: Iterable[Diagnostic]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[DiagnosticsError], tuple[tuple[Diagnostic, ...]]]:
        """Pickle the error by its problems."""
        return DiagnosticsError, (self.problems,)
