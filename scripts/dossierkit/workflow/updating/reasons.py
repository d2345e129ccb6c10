"""Why something is not proposed, where a decision for the whole site says so: with the line of the file that has it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from dossierkit.evidence.candidates.learnt import SOURCE, reason
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.store import decisions
from dossierkit.workflow.repository import Repository


def decided_notes(
    repository: Repository, notes: Iterable[str], before: Collection[str] = ()
) -> Iterator[str]:
    """Those of a proposal's notes that rest on decisions and were not there before.

    Their lines are said here and not stored: a line that is added would change every proposal.
    """
    new = [note for note in notes if note.endswith(SOURCE) and note not in before]
    lines = _lines(repository) if new else {}
    for note in new:
        ending = next((words for words in lines if note.endswith(words)), "")
        yield f"{note}:{lines[ending]}" if ending else note


def _lines(repository: Repository) -> dict[str, int]:
    try:
        found = decisions.placed((repository.read(decisions.PATH) or b"").decode("utf-8", "replace"))
    except DiagnosticsError:
        return {}
    return {reason(one): line for one, line in found.items()}
