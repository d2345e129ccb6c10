"""The MkDocs plugin `dossier`: a thin shell that puts the compiled pages where MkDocs looks for files."""

from __future__ import annotations

import logging
from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files

from dossierkit.compile.site import Compiled, CompiledPage, Later, Unit
from dossierkit.engines import environment
from dossierkit.engines.bytecode import Bytecode
from dossierkit.engines.cards import kept, pictures
from dossierkit.engines.config import settings
from dossierkit.engines.document import document
from dossierkit.engines.finish import finish, write_files
from dossierkit.engines.forked import Work, processors
from dossierkit.engines.ledger import Ledger
from dossierkit.engines.memory import Memory
from dossierkit.engines.packaged import packaged_templates
from dossierkit.engines.policy import PREVIEW, policy
from dossierkit.engines.request_check import REACHABLE, checked, local
from dossierkit.engines.search import renew_index, rests, write_index
from dossierkit.engines.source import Settings, compiled
from dossierkit.engines.written import unfinished, write

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.pages import Page

log = get_plugin_logger("dossier")

STAMP = "1980-01-01"
Task = Callable[[], dict[str, int] | None]
"""Writes files; gives the sizes of those that somebody asks for, by path."""


class DossierConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves __init_subclass__ untyped
    drafts = config_options.Choice(("serve", "never", "always"), default="serve")
    """When drafts are built: in `mkdocs serve` only, never, or always."""


class DossierPlugin(BasePlugin[DossierConfig]):  # type: ignore[no-untyped-call]  # as above
    """Compiles content/ on every build; pages that no editor wrote exist in memory only."""

    def __init__(self) -> None:
        self._command = "build"
        self._policy = ""
        self.moved: dict[str, str] = {}
        self.tasks: tuple[Task, ...] = ()
        self._beside: Work[Task, dict[str, int]] | None = None
        self.units: tuple[Unit, ...] = ()
        self._unfinished: tuple[Path, ...] = ()
        self.memory: Memory | None = None
        self.ledger: Ledger | None = None
        self.bytecode: Bytecode | None = None
        self._given: frozenset[str] | None = None
        self.later: tuple[Later, ...] = ()
        self.put: dict[str, CompiledPage] = {}
        self.last: Callable[[Mapping[str, int]], CompiledPage] | None = None

    def leave(self, given: frozenset[str] | None) -> None:
        """Leave pages of articles and records for later, save those at the paths `given`; they stand in `later` then. None: make all.

        `put` holds the compiled pages that MkDocs was given, `moved` the files that finished pages ask for, by path. `tasks`
        write further files, whoever does them; `last` is the page that wants their sizes. `units` are files that the ledger
        may leave as they are.
        """
        self.stop()
        self._given = given
        self.later, self.put = (), {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """MkDocs gives one plugin to all configurations that a process loads."""
        self._command, self.memory, self.bytecode = command, None, None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        folder = str(packaged_templates())
        if folder not in config.theme.dirs:
            own = 1 if config.theme.custom_dir else 0
            config.theme.dirs.insert(own, folder)
        if {"search", "material/search"}.intersection(config.plugins):
            log.info("the site has a search of its own: `search` can go from `plugins` in mkdocs.yml")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        told = self._told(config)
        config.extra["dossierkit"] = told.frame
        self._policy = policy(told.options.csp, PREVIEW if self._command == "serve" else {})
        self.moved = {}
        if not told.publication.address:
            log.info(
                "site_url is not set: no RSS, JSON Feed or OpenSearch, and addresses in feeds are relative"
            )
        result = self._compiled(told, config)
        errors = [problem for problem in result.problems if problem.severity == "error"]
        for problem in result.problems:
            log.log(logging.ERROR if problem.severity == "error" else logging.WARNING, str(problem))
        if errors:
            raise PluginError(
                f"{len(errors)} problem{'s' * (len(errors) > 1)} in the content; nothing was built"
            )
        site = Path(config.site_dir)
        written = [path for one in result.written for path in one.paths]
        self._unfinished = tuple(unfinished(site / path) for path in written)
        standing = [one for one in result.written if one.units and self.ledger]
        self.units = tuple(unit for one in standing for unit in one.units)
        data = tuple(partial(write, one, site) for one in result.written if one not in standing)
        self.tasks = (*self._searched(result, config, site), *data)
        for path in (*result.replaces, *(one.path for one in result.later)):
            if (file := files.src_uris.get(path)) is not None:
                files.remove(file)
        given = self._given or frozenset()
        self.later = tuple(one for one in result.later if one.path not in given)
        self.last = result.last
        sizes = self._written(processors(len(result.pages))) if self._given is None else {}
        wanted = [one for one in result.later if one.path in given]
        made = [*result.pages, *(self.ledger.page(one) if self.ledger else one.make() for one in wanted)]
        made += [result.last(sizes)] if result.last else []
        for page in sorted(made, key=lambda page: page.path):
            self.put[page.path] = page
            self._put(files, File.generated(config, page.path, content=document(page)))
        for path in written:
            self._put(files, File.generated(config, path, abs_src_path=str(site / path)))
        for path, content in result.files.items():
            self._put(files, File.generated(config, path, content=content))
        for path, picture in pictures(result.cards, kept(Path(config.config_file_path).parent)).items():
            self._put(files, File.generated(config, path, abs_src_path=str(picture)))
        return files

    def templates(self, config: MkDocsConfig) -> Environment:
        """The theme's, as they were compiled before."""
        env = config.theme.get_env()
        env.bytecode_cache = self.bytecode
        return env

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Give pages one fixed date: MkDocs would stamp today's into sitemap.xml.gz, and no two builds be equal."""
        for file in files.documentation_pages():
            if file.page is not None:
                file.page.update_date = STAMP
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        return self._finish(output, page.file.dest_uri)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        return (
            self._finish(output_content, template_name) if template_name.endswith(".html") else output_content
        )

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        write_files(Path(config.site_dir), self.moved)
        self._written()

    def end(self) -> None:
        """Wait for what is done beside the build."""
        if self._beside:
            self._beside.results()
            self._beside = None

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002 - MkDocs names it in its call
        self.stop()

    def _written(self, processes: int = 1) -> Mapping[str, int]:
        """Do the tasks that nobody has done; the sizes of files that they wrote, by path."""
        tasks, self.tasks = self.tasks, ()
        return ChainMap(*Work(_called, tasks, processes).results())

    def stop(self) -> None:
        """Leave nothing to do behind, and no file that is not whole."""
        self.tasks, self.units = (), ()
        if self._beside:
            self._beside.stop()
            self._beside = None
        for file in self._unfinished:
            file.unlink(missing_ok=True)
        self._unfinished = ()

    def _compiled(self, told: Settings, config: MkDocsConfig) -> Compiled:
        if self.ledger is None:
            later = self._given is not None
            return compiled(told, later=later, memory=self.memory, bytecode=self.bytecode)
        result = compiled(
            told, later=True, memory=self.ledger.kept, reads=self.ledger.reads, bytecode=self.bytecode
        )
        self.ledger.compiled(result, environment.writing(config, drafts=self.drafts))
        return result

    def _searched(self, result: Compiled, config: MkDocsConfig, site: Path) -> tuple[Task, ...]:
        """The making of the search index. Where few pages are left to be made beside it, it has begun already."""
        search = self._search(result, config, site)
        if self.ledger is None or not self.ledger.kept.mostly:
            return (search,)
        self._beside = Work(_called, [search], min(2, processors(len(result.later))))
        return ()

    def _search(self, result: Compiled, config: MkDocsConfig, site: Path) -> Task:
        """What writes the search index; with what the last build left, where all that it rests on can be told."""
        if self.ledger is None or not self.ledger.written:
            return partial(write_index, result.find, result.words, site)
        root = Path(config.config_file_path).parent
        found = partial(result.find, partial(rests, self.ledger.kept))
        return partial(renew_index, found, result.words, site, root, self.ledger.written)

    def _finish(self, html: str, path: str) -> str:
        done = finish(html, path.removesuffix("index.html"), self._policy)
        self.moved.update(done.files)
        return done.html

    def _put(self, files: Files, file: File) -> None:
        if (present := files.get_file_from_path(file.src_uri)) is not None:
            files.remove(present)
        files.append(file)

    def _told(self, config: MkDocsConfig) -> Settings:
        """The settings; a preview makes no cards, and a kept one no data: nobody takes them from there."""
        told = settings(config, drafts=self.drafts)
        if self._command == "serve":
            told = replace(told, publication=replace(told.publication, cards=0))
        return replace(told, data=()) if self.memory else told

    @property
    def drafts(self) -> bool:
        return self.config.drafts == "always" or (self.config.drafts == "serve" and self._command == "serve")

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: object,  # noqa: ARG002 - MkDocs names it in its call
    ) -> LiveReloadServer:
        for folder in config.theme.dirs:
            if "site-packages" not in Path(folder).parts:
                server.watch(folder)
        host = config.dev_addr.host
        if not local(host):
            log.warning(REACHABLE, host)
        server.set_app(checked(server.get_app() or server.serve_request, host))
        return server


def _called(task: Task) -> dict[str, int]:
    return task() or {}
