"""What is wrong with a file, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding in one file.

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


class DiagnosticsError(Exception):
    """Raised once, with everything that was found, before anything is written."""

    def __init__(self, problems: Iterable[Diagnostic]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[DiagnosticsError], tuple[tuple[Diagnostic, ...]]]:
        """It goes from one process to another by its problems."""
        return DiagnosticsError, (self.problems,)
