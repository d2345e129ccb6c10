"""`dossier export`: the published content in another format, to a file, a folder or standard output."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING

import click

from dossierkit.build.arrivals import known_to_git
from dossierkit.build.configuration import load, names_editors, settings
from dossierkit.build.load_site import compiled
from dossierkit.build.origins import Origins
from dossierkit.build.outputs import save
from dossierkit.check.repository.inspect import unread
from dossierkit.export.dataset import Dataset
from dossierkit.export.formats import ExportFormat, Files, formats
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError, errors_in
from dossierkit.model.page import Content
from dossierkit.model.provenance import ClaimOrigin, Said
from dossierkit.site.compiled import Compiled
from dossierkit.site.interface import Parts
from dossierkit.store.commit import interrupted
from dossierkit.store.files import whole
from dossierkit.store.history import introducer
from dossierkit.text.number_of import number_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_STDOUT = "-"


def run(root: Path, form: str, out: str | None) -> tuple[str, tuple[Diagnostic, ...]]:
    """Export the repository at `root`; return a message about what was written, and warnings about the content.

    Raises click.UsageError if the format cannot be written there, DiagnosticsError if the content has errors (then nothing is written), and OSError.
    """
    of = formats()[form]
    target = _target(of, out)
    config = load(root)
    with _busy("reading and compiling"):
        result = published(root, config)
    with _busy(f"writing {form}"):
        data = Dataset(result.frame)
        if of.by_command:
            data = traced(root, config, data)
        where = _write(of, of.make(data), target)
    note = (
        ""
        if data.site.publication.address
        else "; `site_url` is not set, so addresses are paths from the site's root"
    )
    articles = number_of(len(data.graph.articles), "article")
    said = (*result.problems, *(unread(root) if of.by_command and names_editors(config) else ()))
    return f"{where}: {form} of {articles} and {len(data.content.records)} entities{note}", said


def published(root: Path, config: MkDocsConfig) -> Compiled:
    """What readers see of the repository. Raises DiagnosticsError if the content has errors."""
    result = compiled(replace(settings(config), data=()))
    if errors_in(problems := (*interrupted(root), *result.problems)):
        raise DiagnosticsError(problems)
    return result


def traced(root: Path, config: MkDocsConfig, data: Dataset) -> Dataset:
    """The data with the origins of its claims, and with the releasers of its articles if the site allows naming them."""
    named = releasers(root, Path(config.docs_dir), data.content) if names_editors(config) else {}
    return replace(data, origins=origins(root, data.content), releasers=named)


def releasers(root: Path, docs: Path, content: Content) -> dict[str, str]:
    """By article id, the author of the commit that published the article; articles unknown to git are left out."""
    pages = known_to_git(root, docs) or {}
    known = (
        (article.id, pages[article.path].first)
        for article in content.articles.values()
        if article.path in pages
    )
    found = ((id_, introducer(root, blob)) for id_, blob in known if blob)
    return {id_: name for id_, name in found if name}


def origins(root: Path, content: Content) -> dict[str, Mapping[Said, ClaimOrigin]]:
    """By article id, the origins of its claims; articles without a readable proposal are left out."""
    return {id_: page.claims for id_, page in Origins(root, content.articles).items()}


def _target(of: ExportFormat, out: str | None) -> Path | None:
    """The destination; None for standard output. Raises click.UsageError."""
    if out is not None and out != _STDOUT:
        path = Path(out)
        if of.file and path.is_dir():
            raise click.UsageError(
                f"{out} is a folder: {of.name} is one file, so name it, such as {out}/{of.file}"
            )
        if not of.file and path.is_file():
            raise click.UsageError(f"{out} is a file: {of.name} is a folder of files")
        return path
    if not of.file:
        raise click.UsageError(f"{of.name} is a folder of files: name it with --out FOLDER")
    if of.binary and (out is None or sys.stdout.isatty()):
        raise click.UsageError(f"{of.name} is not text: name its file with --out {of.file}")
    return None


def _write(of: ExportFormat, files: Files, target: Path | None) -> str:
    if target is None:
        _put(files[of.file], sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return "standard output"
    named = {target: files[of.file]} if of.file else {target / name: parts for name, parts in files.items()}
    for path, parts in named.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole(path) as file:
            _put(parts, file)
    return str(target)


def _put(parts: Parts, file: IO[bytes]) -> None:
    if isinstance(parts, str | bytes):
        file.write(parts.encode("utf-8") if isinstance(parts, str) else parts)
        return
    if not callable(parts):
        file.writelines(part.encode("utf-8") for part in parts)
        return
    with TemporaryDirectory() as folder:
        save(Path(folder) / "base", parts)
        with (Path(folder) / "base").open("rb") as base:
            shutil.copyfileobj(base, file)


def _busy(what: str) -> AbstractContextManager[object]:
    """A spinner on a terminal; nothing elsewhere."""
    from rich.console import Console  # noqa: PLC0415 -- heavy

    console = Console(stderr=True)
    return console.status(what) if console.is_terminal else nullcontext()
