"""Selection of rules on the command line: codes or prefixes of codes (`D2`, `D201,D7`)."""

from __future__ import annotations

from dataclasses import dataclass

from dossierkit.check.codes import GATE, codes
from dossierkit.check.report import Checked


class SelectionError(ValueError):
    """An unknown code, or one that cannot be ignored in this way."""


@dataclass(frozen=True, slots=True)
class RuleSelection:
    """`chosen` empty: all rules on by default. `paths`: files and folders from the root; empty: all."""

    chosen: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    paths: tuple[str, ...] = ()
    notes: bool = False

    def takes(self, checked: Checked) -> bool:
        problem = checked.problem
        if problem.code in self.left_out or not self._below(problem.path):
            return False
        if self.chosen:
            return problem.code in self.chosen
        return self.notes or problem.severity != "info"

    def _below(self, path: str) -> bool:
        return not self.paths or any(
            path == one or path.startswith(f"{one}/") or one == "." for one in self.paths
        )


def select_rules(
    select: str, ignore: str, paths: tuple[str, ...] = (), *, notes: bool = False
) -> RuleSelection:
    """Raises SelectionError."""
    left_out = expand(ignore)
    gate = sorted(GATE & left_out)
    if gate:
        raise SelectionError(
            f"{gate[0]} is not switched off: put `# dossier: ignore {gate[0]} -- why` at the claim itself"
        )
    return RuleSelection(expand(select), left_out, paths, notes)


def expand(prefixes: str) -> frozenset[str]:
    """All codes that begin with one of the given prefixes, separated by commas."""
    wanted = [one.strip() for one in prefixes.split(",") if one.strip()]
    for one in wanted:
        if not any(code.startswith(one) for code in codes()):
            raise SelectionError(
                f"there is no rule {one}: write a code as it is printed, such as D201, or its beginning"
            )
    return frozenset(code for code in codes() for one in wanted if code.startswith(one))
