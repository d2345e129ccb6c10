"""The MkDocs plugin `dossier`: a thin shell that puts the compiled pages where MkDocs looks for files."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files

from dossierkit.build import fingerprint
from dossierkit.build.build_run import BuildRun, BuildSetup, begun, draw_cards
from dossierkit.build.bytecode import Bytecode, bytecode
from dossierkit.build.card_images import cards
from dossierkit.build.configuration import layout, settings
from dossierkit.build.document import document
from dossierkit.build.load_site import LANGUAGES, SiteSettings, compiled
from dossierkit.build.menu import menu
from dossierkit.build.mkdocs_files import (
    LIVE,
    add_media,
    leave_out,
    leave_out_theme,
    livereload,
    put_file,
    shorten,
    stand_outside,
    take_out,
    written_file,
)
from dossierkit.build.outputs import unlink_links
from dossierkit.build.page_files import STAMP, page_file
from dossierkit.build.plugin_fault import plugin_fault, tell_early_faults
from dossierkit.build.site_hashes import mark, write_manifest
from dossierkit.check.repository.inspect import inspect
from dossierkit.export.formats import formats
from dossierkit.model.diagnostic import Diagnostic, errors_in
from dossierkit.model.extension import ExtensionError
from dossierkit.parallel.fence import show_trace
from dossierkit.parallel.fork import processors
from dossierkit.site.cite.styles import styles
from dossierkit.site.compiled import Compiled
from dossierkit.store.commit import interrupted
from dossierkit.store.decisions import PATH as DECISIONS
from dossierkit.store.packaged import packaged_templates
from dossierkit.store.settings_file import repeated_settings
from dossierkit.text.number_of import number_of
from dossierkit.text.printable import printable
from dossierkit.theme import escaping, signature
from dossierkit.theme.content_security import policy
from dossierkit.theme.finishing import finish, with_script, write_files

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from mkdocs.config.base import ConfigErrors, ConfigWarnings
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

log = get_plugin_logger("dossier")

NO_I18N = (
    "the plugin `i18n` reads each page from its file again and would publish content/ as it was typed in place of the pages made from it: "
    "take it out of `plugins` in mkdocs.yml; articles say their language with `lang`, and `theme.language` sets that of the site"
)
NO_MONOREPO = (
    "the plugin `monorepo` copies content/ to a temporary folder and builds what lies there, and what is not in the repository is not built: "
    "take it out of `plugins` in mkdocs.yml, and write `nav` without `!include`"
)
OTHER_THEME = (
    "the theme is `%s`: pages are made for Material for MkDocs, and stand in a frame of their own without the looks and scripts of another "
    "theme; write `theme: {name: material}` in mkdocs.yml"
)
NO_ADDRESS = "site_url is not set: no RSS, JSON Feed or OpenSearch, and addresses in feeds are relative"
LEFT_OUT = (
    "%s left out: look at them with `dossier serve`, decide with `dossier desk` or `dossier review`, publish with "
    "`dossier publish`"
)
NO_WORDS = "theme.language is `%s`: the interface is in English, since it has words only in %s; texts keep their own language (`lang`)"


class DossierConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves __init_subclass__ untyped
    drafts = config_options.Choice(("serve", "never", "always"), default="serve")
    """When drafts are built: in `mkdocs serve` only, never, or always."""


class DossierPlugin(BasePlugin[DossierConfig]):  # type: ignore[no-untyped-call]  # as above
    """Compiles content/ on every build; the pages made from it exist in memory only."""

    def __init__(self) -> None:
        self._command = "build"
        self._env: Environment | None = None
        self._site: MkDocsConfig | None = None
        self._bytecode: Bytecode | None = None
        self._signature = ""
        self._finished = ""
        self.setup = BuildSetup()
        self.run = BuildRun()

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Stop for keys that mkdocs.yml has twice, since MkDocs would use the last one without a word."""
        tell_early_faults()
        if config_file_path and (twice := repeated_settings(Path(config_file_path))):
            raise ConfigurationError("\n".join(map(str, twice)))
        return super().load_config(options, config_file_path)

    def leave(self, given: frozenset[str] | None) -> None:
        """Forget the last run, and set `BuildSetup.given` of the next."""
        self.stop()
        self.setup.given, self.run = given, BuildRun()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Reset the plugin: MkDocs uses one instance for all configurations that a process loads."""
        self._command, self.setup = command, BuildSetup(only=self.setup.only)

    def on_shutdown(self) -> None:
        """Reset the plugin: MkDocs' functions, called without its command, build with what is left in it."""
        self.on_startup(command="build", dirty=False)
        self.run = BuildRun()

    @event_priority(100)
    def _on_first_config(self, config: MkDocsConfig) -> None:
        """Keep the configuration for `on_build_error`, which gets none, before another plugin can fail."""
        self._site = config

    def _on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        folder = str(packaged_templates())
        if folder not in config.theme.dirs:
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, folder)
        self._bytecode = bytecode(config) if self.setup.keep else None
        escaping.settings(config)
        stand_outside(config)
        if "i18n" in config.plugins:
            raise PluginError(NO_I18N)
        if "monorepo" in config.plugins:
            raise PluginError(NO_MONOREPO)
        if config.theme.name != "material":
            log.warning(OTHER_THEME, config.theme.name)
        if {"search", "material/search"}.intersection(config.plugins):
            log.info("the site has a search of its own: `search` can go from `plugins` in mkdocs.yml")
        return config

    on_config = CombinedEvent(_on_first_config, _on_config)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Check the repository and the extensions of other packages before any content is read."""
        try:
            formats(), styles()
        except ExtensionError as error:
            show_trace(error)
            raise PluginError(str(error)) from None
        editing = self._command == "serve"
        root = Path(config.config_file_path).parent
        half = (replace(one, severity="warning") if editing else one for one in interrupted(root))
        self._stop_for((*half, *inspect(layout(config), editing=editing)), "the repository")

    def _on_found(self, files: Files, *, config: MkDocsConfig) -> Files:
        site_settings = self._site_settings(config)
        config.extra["dossierkit"] = site_settings.frame
        if not site_settings.publication.address:
            log.info(NO_ADDRESS)
        if not site_settings.has_words:
            log.info(NO_WORDS, site_settings.language, ", ".join(LANGUAGES))
        result = self._compiled(site_settings, config)
        self._stop_for(result.problems, "the content")
        if result.drafts:
            log.info(LEFT_OUT, number_of(result.drafts, "draft page"))
        if self._publishes:
            mark(Path(config.site_dir))
            if self.setup.manifest is None:
                unlink_links(config.site_dir)
        self.run = begun(self.setup, result, policy(site_settings.options.csp), Path(config.site_dir))
        draw_cards(self.setup, result, Path(config.config_file_path).parent, self.run.tasks)
        leave_out(files, site_settings, config)
        take_out(files, (*result.replaces, *(one.path for one in result.later)))
        if self.setup.manifest and all(
            getattr(one, "__self__", None) is self for one in config.plugins.events["files"]
        ):
            self._on_all_found(files, config=config)  # no other plugin changes the pages: begin at once
        self._put_pages(files, result, config)
        self._put_files(files, result, config)
        add_media(files, result, config)
        leave_out_theme(files, site_settings.options.shell, config)
        shorten(files, config)
        return files

    @event_priority(-100)
    def _on_all_found(self, files: Files, *, config: MkDocsConfig) -> Files:  # noqa: ARG002 - MkDocs names it in its call
        """Begin the search index, since the other plugins have added, removed and moved their pages."""
        if self.run.search:
            self.run.search(files, self.run.tasks)
            self.run = replace(self.run, search=None)
        return files

    on_files = CombinedEvent(_on_found, _on_all_found)

    @event_priority(-100)  # after plugins that arrange the navigation
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002 - as below
        nav.items = menu(nav.items, self.run.empty, config)
        return nav

    def _put_pages(self, files: Files, result: Compiled, config: MkDocsConfig) -> None:
        at_once = self.setup.given is None
        sizes = self.run.tasks.run(processors(len(result.pages))) if at_once else {}
        last = [result.last(sizes)] if result.last else []
        made = [*self.setup.made_at_once(result), *last]
        for page in sorted(made, key=lambda page: page.path):
            self.run.put[page.path] = page
            put_file(files, page_file(config, page.path, document(page), page.source))

    def _put_files(self, files: Files, result: Compiled, config: MkDocsConfig) -> None:
        for path in (path for one in result.written for path in one.paths):
            put_file(files, written_file(config, path))
        live = {LIVE: livereload()} if self._live else {}
        for path, content in {**result.files, **live}.items():
            put_file(files, File.generated(config, path, content=content))

    def templates(self, config: MkDocsConfig) -> Environment:
        """The theme's templates as `on_env` prepares them."""
        env = config.theme.get_env()
        self._prepare(env)
        return env

    def _prepare(self, env: Environment) -> str:
        """Make templates escape what they print, and keep their bytecode; returns the signature of what they write."""
        env.bytecode_cache = self._bytecode
        return escaping.prepare(env, self._bytecode.signature if self._bytecode else signature.new())

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Make templates escape what they print, and give pages a fixed date: MkDocs would write today's into sitemap.xml.gz."""
        self._env, self._signature = env, self._prepare(env)
        pages = [file.page for file in files.documentation_pages() if isinstance(file, File) and file.page]
        for page in pages:
            page.update_date = STAMP
        escaping.titles(pages)
        return env

    @event_priority(-150)  # after Material's plugin `blog`
    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002 - MkDocs names these in its call
        nav: Navigation,  # noqa: ARG002 - as above
    ) -> TemplateContext:
        escaping.content(page)
        escaping.posts(context)
        return context

    def on_pre_template(self, template: Template, *, template_name: str, config: MkDocsConfig) -> Template:
        """Load a template of `extra_templates` in the theme's environment: MkDocs loads it in one that does not escape."""
        if self._env is None or template.environment is self._env or not escaping.is_html(template_name):
            return template
        file = Path(config.docs_dir) / template_name
        return self._env.from_string(file.read_text(encoding="utf-8-sig")) if file.is_file() else template

    @event_priority(100)
    def _on_page_of_theme(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Finish the theme's HTML before other plugins add to it."""
        self._finished = self._finish(output, page.file.dest_uri)
        return self._finished

    @event_priority(-100)
    def _on_page_of_plugins(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Finish again what other plugins changed; they are trusted, as templates are."""
        return output if output is self._finished else self._finish(output, page.file.dest_uri, trusted=True)

    on_post_page = CombinedEvent(_on_page_of_theme, _on_page_of_plugins)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        if template_name.endswith(".html"):
            return self._finish(output_content, template_name)
        return signature.unsigned(output_content, self._signature)

    @event_priority(100)
    def _on_built(self, *, config: MkDocsConfig) -> None:
        write_files(Path(config.site_dir), self.run.moved)
        self.run.tasks.run()
        if self.setup.manifest is None:  # else the builder waits for them when it has saved the manifest
            self.run.tasks.end()

    @event_priority(-100)
    def _on_all_built(self, *, config: MkDocsConfig) -> None:
        """Write the manifest of the site after other plugins wrote their files.

        `dossier build` does it later; a preview has none.
        """
        if self._publishes:
            root, address = Path(config.config_file_path).parent, config.site_url or ""
            write_manifest(root, Path(config.site_dir), address, "mkdocs", keep=False)

    on_post_build = CombinedEvent(_on_built, _on_all_built)

    def on_build_error(self, *, error: Exception) -> None:
        self.stop()
        fault = str(error) if isinstance(error, ExtensionError) else ""
        if self._site and not fault:
            fault = plugin_fault(error, self._site)
        if fault:
            show_trace(error)
            raise PluginError(fault) from None

    def stop(self) -> None:
        """Drop pending work and remove unfinished files."""
        self.run.tasks.stop()
        self.run = replace(self.run, units=())

    def _compiled(self, site_settings: SiteSettings, config: MkDocsConfig) -> Compiled:
        """The compiled content, with the pictures of cards among the files to be written."""
        setup = self.setup
        result = compiled(
            site_settings,
            later=setup.given is not None or setup.manifest is not None,
            memory=setup.manifest.evidence if setup.manifest else setup.memory,
            reads=setup.manifest.reads if setup.manifest else None,
            bytecode=self._bytecode,
        )
        if setup.manifest:
            setup.manifest.compiled(result, fingerprint.writing(config, drafts=self.drafts))
        pictures = cards(result.cards, Path(config.config_file_path).parent)
        return replace(result, written=(*result.written, pictures))

    def _finish(self, html: str, path: str, *, trusted: bool = False) -> str:
        address = path.removesuffix("index.html")
        done = finish(html, address, self.run.policy, self._signature, trusted=trusted)
        if done.problems:
            raise PluginError("\n".join(map(str, done.problems)))
        self.run.moved.update(done.files)
        return with_script(done.html, address, LIVE) if self._live and not trusted else done.html

    @property
    def _publishes(self) -> bool:
        """Whether the site is built to be published, and not for a preview."""
        return self.setup.given is None and self._command != "serve"

    @property
    def _live(self) -> bool:
        """Whether `mkdocs serve` serves the site; `dossier serve` has a script of its own."""
        return self._command == "serve" and self.setup.memory is None

    def _stop_for(self, problems: Iterable[Diagnostic], where: str) -> None:
        """Log the problems. Raises PluginError if one of them is an error."""
        listed = tuple(problems)
        for problem in listed:
            level = logging.ERROR if problem.severity == "error" else logging.WARNING
            log.log(level, printable(str(problem)))
        if errors := len(errors_in(listed)):
            raise PluginError(f"{number_of(errors, 'problem')} in {where}; nothing was built")

    def _site_settings(self, config: MkDocsConfig) -> SiteSettings:
        """The settings; a preview has no cards and no twins, and that of `dossier serve` no data files."""
        given = settings(config, drafts=self.drafts)
        site_settings = replace(given, only=self.setup.only, arrivals=self.setup.arrivals)
        if self._command == "serve":
            publication = replace(site_settings.publication, cards=0, twins="none")
            site_settings = replace(site_settings, publication=publication)
        return replace(site_settings, data=()) if self.setup.memory else site_settings

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
        from dossierkit.build.request_check import REACHABLE, checked, local  # noqa: PLC0415 - a build answers no requests

        for folder in config.theme.dirs:
            if "site-packages" not in Path(folder).parts:
                server.watch(folder)
        decided = Path(config.config_file_path).parent / DECISIONS
        if decided.is_file():
            server.watch(str(decided))
        host = config.dev_addr.host
        if not local(host):
            log.warning(REACHABLE, host)
        server.set_app(checked(server.get_app() or server.serve_request, host))
        return server


def plugin_of(config: MkDocsConfig) -> DossierPlugin:
    """The plugin of a site that has it; if it is listed more than once, the first."""
    return next(one for one in config.plugins.values() if isinstance(one, DossierPlugin))
