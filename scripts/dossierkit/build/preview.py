"""The preview: serves the site from the files in the repository, and makes each page when it is requested. The site is not written.

After a change, only changed files are read, and only evidence that depends on them is gathered again.

Its cache is separate from that of a build because a preview shows drafts, so that its evidence differs. The first preview starts
with a copy of the build's cache.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from html import escape
from importlib.resources import files as resources
from mimetypes import guess_type
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mkdocs.exceptions import ConfigurationError, MkDocsException
from mkdocs.structure.files import File

from dossierkit.build import fingerprint, preparation
from dossierkit.build.builder import Builder
from dossierkit.build.configuration import load
from dossierkit.build.evidence_cache import EvidenceCache
from dossierkit.build.memory import BuildMemory
from dossierkit.build.messages import collected
from dossierkit.build.outputs import Stamp, stamp_of
from dossierkit.build.plugin import plugin_of
from dossierkit.build.plugin_fault import naming_plugin
from dossierkit.build.site_files import SiteFiles
from dossierkit.cache import archive
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.plain import UnkeepableError
from dossierkit.store.decisions import PATH as DECISIONS
from dossierkit.store.lock import LockedError, lock_file
from dossierkit.store.state import cache_folder
from dossierkit.theme.content_security import policy
from dossierkit.theme.finishing import finish

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.plugins.dossier.preview")

OWN = "_preview/"
_HTML = "text/html; charset=utf-8"
_BARE = finish(
    '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Preview</title></head>\n<body></body>\n</html>\n',
    "",
    policy(asked=True),
).html
"""Page for problems when there is no other page to show them on."""

_FOLDER, _LOCK = "preview", "preview.lock"


@dataclass(frozen=True, slots=True)
class PreviewResponse:
    status: int
    kind: str
    data: bytes
    location: str = ""


class Preview:
    """The preview of one repository. Its methods may be called from any thread."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = tempfile.TemporaryDirectory(prefix="dossier-preview-")
        self._memory = BuildMemory()
        self._cache = PreviewCache(root)
        self._config: MkDocsConfig | None = None
        self._env: jinja2.Environment | None = None
        self._builder: Builder | None = None
        self._addresses: Mapping[str, str | File] = {}
        self._problems: tuple[str, ...] = ()
        self._open = False  # whether the plugins' on_post_build is still to be called
        self.stamps: dict[str, Stamp] = {}  # of what is watched, before it was first read
        self.built = 0
        self.changed = Condition()

    def watched(self) -> tuple[Path, ...]:
        """Files and folders to be watched: mkdocs.yml, the content, the decisions for all pages, and the site's own themes."""
        mkdocs, decided = self._root / "mkdocs.yml", self._root / DECISIONS
        if self._config is None:
            return (mkdocs, self._root / "content", decided)
        themes = (Path(folder) for folder in self._config.theme.dirs)
        own = (folder for folder in themes if "site-packages" not in folder.parts)
        return (mkdocs, Path(self._config.docs_dir), decided, *own)

    def build(self, *, configured: bool = False, templates: bool = False) -> None:
        """Build again after a change. `configured`: mkdocs.yml changed. `templates`: a template changed.

        Problems are kept and shown on every page; the site then stays as it was before.
        """
        start = time.monotonic()
        with self.changed, collected(logging.WARNING) as said:
            try:
                config = self._configured(anew=configured)
                with naming_plugin(config):
                    self._build(config, templates=templates)
                self._problems = ()
            except (MkDocsException, ConfigurationError) as error:
                log.error(str(error))  # noqa: TRY400 - said as MkDocs says it
                self._problems = tuple(line for _, line in said)
            except DiagnosticsError as error:  # mkdocs.yml itself
                self._problems = tuple(map(str, error.problems))
                for line in self._problems:
                    log.error(line)  # noqa: TRY400 - as above
            if evidence := self._memory.settle():
                self._cache.leave(evidence)
            if not self.built:
                gc.freeze()  # the site stays in memory: collections after each edit would scan all of it
            self.built += 1
            self.changed.notify_all()
        log.info("ready after %.2f s", time.monotonic() - start)

    def _configured(self, *, anew: bool) -> MkDocsConfig:
        if self._config is None or anew:
            self._config = load(self._root)
            self._config.site_dir = self._folder.name
            with naming_plugin(self._config):
                self._config.plugins.on_startup(command="serve", dirty=False)
            self._memory, self._env = BuildMemory(self._cache.take(self._config)), None
            self.stamps = self.stamps or stamps(self.watched())
        return self._config

    def _build(self, config: MkDocsConfig, *, templates: bool) -> None:
        if templates:
            self._memory.template = self._env = None
        plugin = plugin_of(config)
        plugin.setup.memory = self._memory
        plugin.leave(preparation.in_navigation(config.nav, titled=False))
        if self._open:
            self._open = False
            config.plugins.on_build_error(error=_OvertakenError("the content changed"))
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        if self._env is None:
            self._env = plugin.templates(config)
        self._builder = preparation.prepared(config, plugin, self._env)
        self._addresses = _addresses(self._builder.catalogue)
        self._open = True

    def close(self) -> None:
        """Remove the temporary folder, release the cache, and end what the plugins began."""
        self._folder.cleanup()
        self._cache.close()
        if self._config is not None:
            self._config.plugins.on_shutdown()

    def answer(self, address: str) -> PreviewResponse:
        """The response for an address below the site's root, with the problems of the site or page."""
        with self.changed:
            if address.startswith(OWN):
                return _own(address.removeprefix(OWN))
            if self._builder is None:
                return PreviewResponse(500, _HTML, self._with_script(_BARE))
            found = self._addresses.get(address)
            if isinstance(found, File):
                return PreviewResponse(200, _kind(address), found.content_bytes)
            if found is not None and (answer := self._page(found)):
                return answer
            if f"{address}/" in self._addresses:
                return PreviewResponse(302, _HTML, b"", f"/{address}/")
            return self._written(address)

    def _page(self, path: str) -> PreviewResponse | None:
        """The page with this path, or a page with the problem that prevents it; None if there is no such page."""
        assert self._builder is not None
        try:
            html = self._builder.html(path)
        except MkDocsException as error:
            return PreviewResponse(500, _HTML, self._with_script(_BARE, str(error).splitlines()))
        return None if html is None else PreviewResponse(200, _HTML, self._with_script(html))

    def _written(self, address: str) -> PreviewResponse:
        """A file that a plugin wrote, a static template, or the page for "not found"."""
        assert self._builder is not None
        assert self._config is not None
        texts = plugin_of(self._config).run.moved
        if address in texts:
            return PreviewResponse(200, _kind(address), texts[address].encode())
        if self._open:
            self._open = False
            self._config.plugins.on_post_build(config=self._config)
        file = (Path(self._folder.name) / address).resolve()
        if file.is_file() and file.is_relative_to(Path(self._folder.name).resolve()):
            return PreviewResponse(200, _kind(address), file.read_bytes())
        if address in self._config.theme.static_templates:
            return PreviewResponse(200, _kind(address), self._builder.template(address).encode())
        return PreviewResponse(404, _HTML, self._with_script(self._builder.template("404.html")))

    def _with_script(self, html: str, problems: Sequence[str] = ()) -> bytes:
        """The page with the script that reloads it, and with the problems of the site or of this page."""
        wrong = (*self._problems, *problems)
        link = f'<link rel="stylesheet" href="/{OWN}preview.css">' if wrong else ""
        heading = "Not built: this is the site before" if self._problems else "This page cannot be built"
        lines = "".join(f"<li>{escape(line)}</li>" for line in wrong)
        box = f'<section class="dk-preview" role="alert"><h2>{heading}</h2><ol>{lines}</ol></section>'
        script = f'<script src="/{OWN}preview.js" data-built="{self.built}"></script>'
        before, _, after = html.rpartition("</body>")
        return f"{before}{link}{box if wrong else ''}{script}</body>{after}".encode()


class _OvertakenError(Exception):
    """A newer build began before the plugins' on_post_build was called for this one."""


def _addresses(catalogue: SiteFiles) -> dict[str, str | File]:
    """By decoded address below the site's root: the path of a page, or the file that is sent as it is."""
    found: dict[str, str | File] = {unquote(file.url): file for file in catalogue.copied()}
    given = ((unquote(file.url), file.src_uri) for file in catalogue.given())
    found |= {("" if url in {".", "./"} else url): path for url, path in given}
    return found | {catalogue.address(path): path for path in catalogue.later}


def _own(name: str) -> PreviewResponse:
    file = resources("dossierkit") / "data" / "preview" / name
    if name not in {"preview.js", "preview.css"}:
        return PreviewResponse(404, "text/plain", b"")
    return PreviewResponse(200, _kind(name), file.read_bytes())


def _kind(address: str) -> str:
    kind = guess_type(address)[0] or "application/octet-stream"
    return (
        f"{kind}; charset=utf-8"
        if kind.startswith("text/") or kind.endswith(("script", "json", "xml"))
        else kind
    )


def stamps(places: Iterable[Path]) -> dict[str, Stamp]:
    """The stamp of every file at or below the places, without hidden ones."""
    return {path: stamp for place in places for path, stamp in _stamps(str(place))}


def _stamps(place: str) -> Iterator[tuple[str, Stamp]]:
    try:
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir():
                    yield from _stamps(entry.path)
                else:
                    yield entry.path, stamp_of(entry.stat())
    except NotADirectoryError:
        yield place, stamp_of(os.stat(place))  # noqa: PTH116 - as above, for many files
    except FileNotFoundError:  # removed since it was listed: the next scan shows that
        return


class PreviewCache:
    """The cache of one preview, under a lock. A second preview of the same repository has no cache."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = ExitStack()
        self._folder: Path | None = None
        self._archive: archive.Archive | None = None
        with suppress(OSError, LockedError):
            cache = cache_folder(root)
            self._lock.enter_context(lock_file(cache / _LOCK))
            self._folder = cache / _FOLDER
            self._begin(cache)

    def take(self, config: MkDocsConfig) -> EvidenceCache | None:
        """The cache of the last preview, as far as it is valid for this configuration; None without a cache."""
        if self._folder is None or not fingerprint.applies(config):
            return None
        self._close()
        self._archive, why = archive.read(self._folder, fingerprint.programs())
        if why:
            log.info(why)
        return EvidenceCache(self._root, self._archive, fingerprint.reading(config))

    def leave(self, evidence: EvidenceCache) -> None:
        """Write the cache for the next preview. Errors are logged, and do not stop the preview."""
        if self._archive is not None:
            try:
                self._archive.save(evidence.save())
            except (OSError, UnkeepableError) as error:
                log.info("nothing is kept for the next preview: %s", error)

    def close(self) -> None:
        self._close()
        self._lock.close()

    def _close(self) -> None:
        """Close the files of the last configuration: nothing is left of one that no site could be made with."""
        if self._archive is not None:
            self._archive.close()

    def _begin(self, cache: Path) -> None:
        """Copy the build's cache. Each part has a digest, so that a build that writes at the same time does no harm."""
        if self._folder is None or (self._folder / archive.TABLE).exists():
            return
        for file in (archive.BLOBS, archive.TABLE):
            if (cache / file).is_file():
                (self._folder / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(cache / file, self._folder / file)
