"""Shared by the commands that make proposals: the extractor, the templates of drafts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click
import yaml

from dossierkit.cache.extractions import FOLDER, ExtractionCache, basis, folder_of
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.proposal import Proposal
from dossierkit.model.record import Record
from dossierkit.model.source import Article
from dossierkit.store.content import load_decisions
from dossierkit.store.decisions import PATH as DECISIONS
from dossierkit.store.packaged import packaged_templates
from dossierkit.store.settings_file import repeated_settings

if TYPE_CHECKING:
    from dossierkit.model.finding import NameFinder


@dataclass(frozen=True, slots=True)
class ProposingContext:
    """What all proposals of one command share (`parallel.executor.WorkContext`). `removed_records`: ids of records that must not be
    proposed; `undecided`: ids of records whose names are not looked for.

    `findings`: the folder of the extraction cache, None for the user's own cache.
    """

    root: Path
    records: Mapping[str, Record]
    removed_records: frozenset[str]
    undecided: frozenset[str] = field(default=frozenset(), kw_only=True)
    findings: Path | None = field(default=None, kw_only=True)

    def at(self, root: Path) -> Self:
        """The context with the repository at another place, and the extraction cache in it."""
        return replace(self, root=root, findings=root / FOLDER)

    def finder(self) -> NameFinder | None:
        """The name finder that the settings select; None without."""
        return Proposer(self.root).finder

    def files(self) -> dict[str, bytes]:
        """The files of the repository that proposing reads, by path."""
        return settings_files(self.root)


Propose = Callable[[Article], Proposal]

_NAMES = ("extra", "dossier", "names")
_TEMPLATES = frozenset({".md", ".html", ".txt", ".j2", ".jinja"})


class Proposer:
    """The extractor for the repository at `root`. Extractions are cached in `folder`, by default the user's cache."""

    def __init__(self, root: Path, folder: Path | None = None) -> None:
        self.root = root
        self._folder = folder

    def __call__(self, records: Mapping[str, Record], undecided: Collection[str] = ()) -> Propose:
        """A function that proposes with these authority records. Names of records in `undecided` (ids) are not looked for.

        Raises click.UsageError if what finds names is not installed, DiagnosticsError if decisions cannot be read.
        """
        from dossierkit.evidence.candidates.settle import settler  # noqa: PLC0415 -- heavy
        from dossierkit.extract.authority import build  # noqa: PLC0415 -- heavy
        from dossierkit.extract.pipeline import extract  # noqa: PLC0415 -- heavy
        from dossierkit.extract.propose import propose  # noqa: PLC0415 -- heavy

        decided = [record for id_, record in records.items() if id_ not in undecided]
        authority = build(decided)
        settle = settler(records, load_decisions(self.root))
        names = self.findings.named(self.finder) if self.finder else None
        find = self.findings.extracted(decided, lambda article: extract(article, authority, names))
        return lambda article: settle(article, propose(article, find(article), authority))

    @cached_property
    def findings(self) -> ExtractionCache:
        from dossierkit.extract.names.spacy_names import version_of  # noqa: PLC0415 -- heavy
        from dossierkit.extract.propose import EXTRACTOR  # noqa: PLC0415 -- heavy

        rests_on = basis(EXTRACTOR, version_of(self.finder))
        return ExtractionCache(self._folder or folder_of(self.root), rests_on)

    @cached_property
    def finder(self) -> NameFinder | None:
        from dossierkit.extract.names.spacy_names import NamesError, name_finder  # noqa: PLC0415 -- heavy

        if twice := repeated_settings(self.root / "mkdocs.yml"):
            raise DiagnosticsError(twice)
        try:
            return name_finder(setting(self.root, *_NAMES))
        except NamesError as error:
            raise click.UsageError(f"mkdocs.yml: {error}") from None


def setting(root: Path, *keys: str) -> str:
    """A value of mkdocs.yml, read without MkDocs, whose import takes longer than this command; empty if not set."""
    file = root / "mkdocs.yml"
    if not file.is_file():
        return ""
    try:
        value = yaml.load(file.read_bytes(), _Untagged)  # noqa: S506 -- a SafeLoader
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
    except yaml.YAMLError:
        return ""
    return str(value or "")


class _Untagged(yaml.SafeLoader):
    """Reads values with MkDocs' tags (`!ENV`, `!!python/name:...`) as None."""


_Untagged.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def settings_files(root: Path) -> dict[str, bytes]:
    """The files that proposing and drafting read, by path: the setting of names in mkdocs.yml, decisions, templates."""
    settings = {"extra": {"dossier": {"names": setting(root, *_NAMES)}}}
    found = sorted(file for file in (root / "templates").rglob("*") if file.suffix in _TEMPLATES)
    decided = {DECISIONS: (root / DECISIONS).read_bytes()} if (root / DECISIONS).is_file() else {}
    return {"mkdocs.yml": yaml.safe_dump(settings).encode(), **decided} | {
        file.relative_to(root).as_posix(): file.read_bytes() for file in found if file.is_file()
    }


def templates(root: Path) -> tuple[Path, ...]:
    """The folders of templates for draft pages, the repository's own first."""
    return (root / "templates", packaged_templates())
