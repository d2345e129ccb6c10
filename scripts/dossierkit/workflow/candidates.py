"""The candidates of a repository, derived from its pages and proposals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dossierkit.evidence.candidates.derive import Candidates, candidates
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import Content
from dossierkit.model.proposal import Proposal
from dossierkit.store import proposal as proposals
from dossierkit.store import seeds
from dossierkit.store.content import load_content
from dossierkit.workflow.proposing import beside


def derived(root: Path) -> Candidates:
    """The candidates for the names without a record. Unreadable files are skipped: `dossier check` reports them."""
    content, _ = load_content(root / "content", root)
    return candidates(content, dict(articles_proposals(root, content)))


def articles_proposals(root: Path, content: Content) -> Iterator[tuple[str, Proposal]]:
    """Pairs of (id of article, its proposal) for every readable proposal."""
    for id_, page in content.articles.items():
        path = beside(page.source.file, seeds.SUGGESTED) if page.source.file else ""
        if path and (root / path).is_file():
            try:
                yield id_, proposals.load((root / path).read_text(encoding="utf-8", errors="replace"), path)
            except DiagnosticsError:
                continue
