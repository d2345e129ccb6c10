"""The origin of each article's claims, read from the proposals in seeds/ on demand."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import ArticlePage
from dossierkit.model.plain import digest
from dossierkit.model.proposal import Proposal
from dossierkit.model.provenance import ClaimOrigin, PageOrigins, Said, claims
from dossierkit.store.proposal import load_claims
from dossierkit.store.seeds import proposal_of


@dataclass(frozen=True, slots=True)
class SuggestedOrigins:
    """Origins of the claims of one page, from the file of its proposals."""

    root: Path
    path: str
    page: ArticlePage

    @property
    def digest(self) -> str:
        """Digest of the file; empty if it cannot be read."""
        with suppress(OSError):
            return digest((self.root / self.path).read_bytes())
        return ""

    @property
    def claims(self) -> Mapping[Said, ClaimOrigin]:
        """The origin of each claim; empty if the file cannot be read."""
        with suppress(OSError, DiagnosticsError, UnicodeDecodeError):
            text = (self.root / self.path).read_text(encoding="utf-8")
            return claims(self.page.timeline, _loaded(text, self.path))
        return {}


@lru_cache(2)
def _loaded(text: str, path: str) -> Proposal:
    """Cached, because the page and its JSON-LD ask for the same file one after the other."""
    return load_claims(text, path)


class Origins(Mapping[str, PageOrigins]):
    """Origins by article id, of the articles that have a file of proposals. `root`: the repository's folder."""

    def __init__(self, root: Path, articles: Mapping[str, ArticlePage]) -> None:
        self._root, self._articles = root, articles

    def __getitem__(self, id_: str) -> PageOrigins:
        page = self._articles[id_]
        path = proposal_of(page.source.file)
        if not path or not os.path.isfile(self._root / path):  # noqa: PTH113 - many
            raise KeyError(id_)
        return SuggestedOrigins(self._root, path, page)

    def __iter__(self) -> Iterator[str]:
        return (id_ for id_ in self._articles if id_ in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
