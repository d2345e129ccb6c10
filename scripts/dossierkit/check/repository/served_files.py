"""The files below docs_dir that reach the site beside the pages made of articles, records and dossiers; and their problems."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from dossierkit.check.repository.own_pages import own_page_problems
from dossierkit.check.repository.unserved import unserved
from dossierkit.evidence import visibility
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.media import MediaFile
from dossierkit.site.interface import Lead
from dossierkit.store.content import text
from dossierkit.store.frontmatter import opening
from dossierkit.store.inside import real
from dossierkit.store.media.survey import survey
from dossierkit.store.page_parser import lead_image
from dossierkit.store.served import Served, regular


@dataclass(frozen=True, slots=True)
class ServedFiles:
    """`listed`: all files below docs_dir, sorted; `files`: those that are published. `leads`, `media`: as in `site.interface.Site`."""

    listed: tuple[str, ...]
    files: frozenset[str]
    leads: Mapping[str, Lead]
    media: Mapping[str, MediaFile]
    problems: tuple[Diagnostic, ...]


def served_files(docs: Path, base: Path, served: Served, cache: Path, shown: str) -> ServedFiles:
    """Read docs_dir without links that leave `base`. `cache`: a folder for results; `shown`: docs_dir in paths of problems."""
    listed = tuple(sorted(regular(str(docs), real(base), docs=str(docs))))
    files = frozenset(path for path in listed if not served.reason(path))
    leads, misread = _leads(docs, shown, frozenset(listed))
    media = survey(docs, files, cache)
    problems = (
        *misread,
        *unserved(listed, served, shown),
        *own_page_problems(docs, listed, served),
        *media.problems,
    )
    return ServedFiles(listed, files, leads, media.files, problems)


def _leads(docs: Path, shown: str, listed: Collection[str]) -> tuple[dict[str, Lead], list[Diagnostic]]:
    """The site's own opening texts for generated pages, by path, and their problems."""
    leads: dict[str, Lead] = {}
    problems: list[Diagnostic] = []
    for path in (path for path in visibility.LEADS if path in listed):
        try:
            source = text(docs / path, f"{shown}/{path}")
            image, wrong = lead_image(source, f"{shown}/{path}")
            problems += wrong
            leads[path] = Lead(*opening(source, f"{shown}/{path}"), image)
        except DiagnosticsError as error:
            problems += error.problems
    return leads, problems
