"""The candidates of a repository, derived from its pages and proposals."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from dossierkit.evidence.candidates.derive import Candidates, candidates
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import ArticlePage
from dossierkit.model.proposal import Proposal
from dossierkit.store import proposal as proposals
from dossierkit.store.content import load_content
from dossierkit.store.seeds import proposal_of


def derived(root: Path) -> Candidates:
    """The candidates for the names without a record. Unreadable files are skipped: `dossier check` reports them."""
    content, _ = load_content(root / "content", root)
    found: dict[str, Proposal] = {}
    for id_, page in content.articles.items():
        with suppress(DiagnosticsError):
            if proposal := proposal_for(root, page):
                found[id_] = proposal
    return candidates(content, found)


def proposal_for(root: Path, page: ArticlePage) -> Proposal | None:
    """The proposal for an article; None without. Raises DiagnosticsError."""
    path = proposal_of(page.source.file)
    file = root / path
    if not path or not file.is_file():
        return None
    return proposals.load(file.read_text(encoding="utf-8", errors="replace"), path)
