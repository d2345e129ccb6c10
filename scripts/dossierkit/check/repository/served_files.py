"""The files below docs_dir that reach the site beside the pages made of articles, records and dossiers; and their problems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dossierkit.check.repository import file_names
from dossierkit.check.repository.own_pages import own_page_problems
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
from dossierkit.text.printable import printable


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
        *_unserved(listed, served, shown),
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


def _unserved(paths: Iterable[str], served: Served, docs: str) -> Iterator[Diagnostic]:
    """D908. `paths`: all files below docs_dir; `docs`: its path from the root.

    Hidden files, backups, and names with errors are not reported.
    """
    kinds: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        reason = served.reason(path)
        if reason == "page":
            message = "this is Markdown that no page is made of: rename it so that it ends in `.md`, or move it away"
            yield Diagnostic(printable(f"{docs}/{path}"), 0, 0, "D908", message, "warning")
        elif reason == "kind" and not file_names.reason(name := path.rpartition("/")[2]):
            ending = name.rpartition(".")[2].lower()
            kinds[f"*.{ending}" if "." in name else name].append(path)
    for pattern, found in sorted(kinds.items()):
        yield _of_kind(pattern, sorted(found), docs)


def _of_kind(pattern: str, paths: list[str], docs: str) -> Diagnostic:
    others = f" (and {len(paths) - 1} more like it)" if len(paths) > 1 else ""
    message = (
        f"this file{others} is not copied to the site: move it out of {docs}/, or put `{printable(pattern)}` into the "
        "list `extra: dossier: files:` of mkdocs.yml"
    )
    return Diagnostic(printable(f"{docs}/{paths[0]}"), 0, 0, "D908", message, "warning")
