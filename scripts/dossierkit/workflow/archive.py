"""`dossier archive`: lists pages without an archived copy of their source, requests copies, and records their addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from dossierkit.ingest.place import Url
from dossierkit.ingest.refusal import RefusedError
from dossierkit.ingest.web.address import FetchError
from dossierkit.ingest.web.fetch import Fetcher
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.store import seeds
from dossierkit.store.content import id_of
from dossierkit.store.page_parser import article
from dossierkit.workflow.named_files import article_pages
from dossierkit.workflow.repository import Repository, exclusive
from dossierkit.workflow.source_file import refusal


@dataclass(frozen=True, slots=True)
class Unarchived:
    """A page whose source has an address but no archived copy. `seed`: its source in seeds/, empty without."""

    page: str
    url: str
    seed: str


def unarchived(root: Path, paths: Sequence[Path] = ()) -> tuple[Unarchived, ...]:
    """The pages at `paths` (by default all) without an archived copy. Unreadable pages are left to `dossier check`."""
    return tuple(_unarchived(Repository(root), article_pages(root, paths)))


def _unarchived(repository: Repository, pages: Sequence[str]) -> Iterator[Unarchived]:
    for path in pages:
        try:
            page, _ = article(id_of(path), path, repository.page(path).replace("\r\n", "\n"))
        except DiagnosticsError:
            continue
        if page.status != "withdrawn" and page.source.url and not page.source.archived:
            yield Unarchived(path, page.source.url, page.source.file)


def archive(
    root: Path, missing: Sequence[Unarchived], service: str, fetcher: Fetcher | None = None
) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """Request a copy of each source, and write its address into seeds/NAME.yml.

    `service`: the address to which the source's address is appended. Returns the sources whose NAME.yml was written, for an
    update, and the problems (D411). Each address is written before the next copy is requested.
    """
    asked = fetcher or Fetcher()
    described: list[Path] = []
    problems: list[Diagnostic] = []
    for one in missing:
        try:
            _write(root, one, _copy(asked, service, one.url))
            described.append(root / one.seed)
        except DiagnosticsError as error:
            problems += error.problems
        except (FetchError, RefusedError) as error:
            problems += refusal(Url(one.url), "D411", f"has no copy: {service} {error}").problems
    return tuple(described), tuple(problems)


def _copy(fetcher: Fetcher, service: str, url: str) -> str:
    """The address of the copy, from a header or a redirect of the service. Raises FetchError."""
    last = fetcher.fetched(f"{service}{url}")[-1]
    location = last.header("Content-Location") or last.header("Memento-Location")
    found = urljoin(last.target.url, location) if location else last.target.url
    if found == f"{service}{url}":
        raise FetchError("does not say where the copy is")
    return found


def _write(root: Path, one: Unarchived, copy: str) -> None:
    if not one.seed:
        message = f"its copy is {copy}: write it into the page, which has no source in seeds/"
        raise DiagnosticsError([Diagnostic(one.page, 0, 0, "D411", message)])
    path = seeds.beside(one.seed, ".yml")
    with exclusive(root):
        repository = Repository(root)
        repository.put(path, seeds.with_values(repository.read(path), {"archived": copy}, path))
        repository.commit()
