"""`dossier bundle`: one dossier as an archive that can be read offline and verified independently."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dossierkit.build.configuration import load
from dossierkit.build.outputs import save
from dossierkit.build.plugin import plugin_of
from dossierkit.build.site_hashes import write_manifest
from dossierkit.evidence.dossier_articles import Selection, select
from dossierkit.evidence.gathering import Evidence
from dossierkit.export.dataset import Dataset
from dossierkit.export.prov import prov
from dossierkit.store.files import whole
from dossierkit.store.inside import SEEDS, below
from dossierkit.store.site_manifest import OWN, hashed, relative, site_files
from dossierkit.workflow.export import published, traced
from dossierkit.workflow.say import CommandError
from dossierkit.workflow.termination import cleaned_up

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_FIRST = (1980, 1, 1, 0, 0, 0)
"""The earliest time in ZIP files: a bundle does not depend on the day on which it is made."""
_ORIGINALS, _PROVENANCE, _README, _SUMS = "originals", "provenance.json", "README.txt", "SHA256SUMS"


class BundleError(CommandError):
    """There is nothing to bundle; the message says why."""


class Bundled(NamedTuple):
    """A bundle. `left`: ids of articles whose original could not be included; empty if originals were not requested."""

    file: Path
    articles: int
    left: tuple[str, ...]


def run(root: Path, dossier: str, out: Path, *, originals: bool = False) -> Bundled:
    """Write the archive. Raises BundleError, DiagnosticsError if the content has errors (nothing is written), and OSError."""
    config = load(root)
    result = published(root, config)
    shown = result.frame.content.dossiers
    if dossier not in shown:
        known = ", ".join(sorted(shown)[:20]) or "none"
        raise BundleError(f"readers see no dossier `{dossier}`; dossiers of this site: {known}")
    members = select(shown[dossier], result.frame.graph.articles)
    data = traced(root, config, Dataset(result.frame))
    with cleaned_up(), tempfile.TemporaryDirectory(prefix="dossier-bundle-") as folder:
        site = Path(folder) / "site"
        _build(config, site, Selection(dossier, frozenset(member.page.id for member in members)))
        save(site / _PROVENANCE, prov(data, members))
        left = _originals(root, site, members) if originals else ()
        (site / _README).write_text(
            _readme(shown[dossier].title, config.site_name), encoding="utf-8", newline="\n"
        )
        (site / _SUMS).write_bytes(_sums(site))
        write_manifest(root, site, "", "mkdocs", keep=False)
        _pack(site, out)
    return Bundled(out, len(members), left)


def _build(config: MkDocsConfig, site: Path, chosen: Selection) -> None:
    """Build the site of this dossier only, to be read from a disk. Raises BundleError if that is not possible."""
    from dossierkit.build import mkdocs_build  # noqa: PLC0415 - MkDocs is heavy

    if not mkdocs_build.applies(config):
        raise BundleError(
            "other plugins take part in the making of pages, or there is no `nav:`: bundles are made without"
        )
    config.site_dir, config.use_directory_urls, config.site_url = str(site), False, ""
    ours = config.extra.get("dossier")
    config.extra["dossier"] = {**(ours if isinstance(ours, dict) else {}), "cards": False}
    plugin = plugin_of(config)
    plugin.setup.only = chosen
    try:
        if mkdocs_build.run(config, keep=False):
            raise BundleError("the pages of the dossier cannot be built; the messages are above")
    finally:
        plugin.setup.only = None  # MkDocs reuses the plugin object for the next build of the process


def _originals(root: Path, site: Path, members: Sequence[Evidence]) -> tuple[str, ...]:
    """Copy the originals of the articles as received, and return the ids of articles without one.

    Raises BundleError for an original with another SHA-256 than the page has: recipients would take it for what was received.
    """
    left = []
    for article in members:
        path = article.page.source.file
        file = root / path
        if not below(path, SEEDS) or not file.is_file() or not file.resolve().is_relative_to(root.resolve()):
            left.append(article.page.id)
            continue
        if any((site / _ORIGINALS).glob(f"{article.page.source.sha256.lower() or '-'}.*")):
            continue  # already published on the site
        target = site / _ORIGINALS / path.removeprefix(f"{SEEDS}/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        recorded = article.page.source.sha256.lower()
        if recorded and hashed(target) != recorded:
            raise BundleError(
                f"{path} is not what was added: nothing is bundled; `dossier verify` says what to do"
            )
    return tuple(left)


def _sums(site: Path) -> bytes:
    """The SHA-256 of every file but the manifest's own, as `sha256sum --check` reads them."""
    found = {relative(site, entry.path): entry.path for entry in site_files(site)}
    lines = (f"{hashed(file)}  {path}\n" for path, file in sorted(found.items()) if path not in OWN)
    return b"".join(map(os.fsencode, lines))


def _readme(title: str, site: str) -> str:
    return (
        f"{title}\n{site}\n\n"
        "Unpack this archive and open index.html in a browser: no network is needed. Search works only on a server.\n\n"
        f"{_PROVENANCE}: where each claim comes from (PROV-JSON): its quote, its sentence, and the SHA-256 of the original.\n"
        f"{_ORIGINALS}/: the sources as they were received, if they were taken along.\n"
        f"{_SUMS}: the SHA-256 of every file. To check them all, in the unpacked folder:\n\n"
        f"    sha256sum --check --strict {_SUMS}\n\n"
        "On macOS use `shasum -a 256 --check`. .well-known/dossier.json says the same, and which commit and which versions of programs made the\n"
        "pages. With Dossierkit installed, this reports added files too:\n\n"
        "    dossier verify --site THIS-ARCHIVE.zip\n"
    )


def _pack(site: Path, out: Path) -> None:
    """Write all files in the order of their paths, without metadata of the machine or the time."""
    files = sorted((path.relative_to(site).as_posix(), path) for path in site.rglob("*") if path.is_file())
    with whole(out) as part, zipfile.ZipFile(part, "w") as archive:
        for name, path in files:
            info = zipfile.ZipInfo(name, _FIRST)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, path.read_bytes())
