"""Reads the settings from mkdocs.yml, through MkDocs, so that every engine gets the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dossierkit.build.clock import instant
from dossierkit.build.ignored_settings import ignored
from dossierkit.build.options import SiteOptions, options, place
from dossierkit.check.repository.inspect import RepositoryLayout, configuration
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.parallel.fence import show_trace
from dossierkit.site.interface import Publication, Twins
from dossierkit.site.urls import Form
from dossierkit.store.packaged import packaged_templates
from dossierkit.store.served import Served
from dossierkit.store.settings_file import repeated_settings, written
from dossierkit.text.printable import printable
from dossierkit.theme.cms import backend
from dossierkit.theme.stripping import PARTS

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from dossierkit.build.load_site import SiteSettings

_WORDS = "partials/languages/*.html"
"""Where a theme has its words, by language."""

PLUGIN = "dossier"
CONTENT = "content"
"""The folder of all pages: docs_dir can be no other."""

CARDS = 20
"""Default number of articles with a card, the newest: drawing a card takes some 40 ms of processor time and 48 kB."""


def load(root: Path) -> MkDocsConfig:
    """The configuration of the repository at `root`.

    Raises DiagnosticsError if the file is a link out of the repository, has conflict markers or a key twice, and
    mkdocs.exceptions.ConfigurationError, also if a plugin, a hook or an extension that it names cannot be loaded.
    """
    from mkdocs.config import load_config  # noqa: PLC0415 - heavy
    from mkdocs.exceptions import ConfigurationError, MkDocsException  # noqa: PLC0415 - as above

    if problems := configuration(root) or repeated_settings(root / "mkdocs.yml"):
        raise DiagnosticsError(problems)
    try:
        return load_config(str(root / "mkdocs.yml"))
    except (MkDocsException, OSError):
        raise
    except Exception as error:  # noqa: BLE001 -- what programs of others raise
        from dossierkit.build.plugin_fault import loading_fault  # noqa: PLC0415 - rarely needed

        show_trace(error)
        raise ConfigurationError(loading_fault(error)) from None


def layout(config: MkDocsConfig) -> RepositoryLayout:
    """The folders of the repository, as they are configured."""
    custom = config.theme.custom_dir
    root = Path(config.config_file_path).parent
    return RepositoryLayout(
        root, Path(config.docs_dir), (Path(custom),) if custom else (), Path(config.site_dir)
    )


def settings(config: MkDocsConfig, *, drafts: bool = False) -> SiteSettings:
    """The settings of the site, independent of the engine. `drafts`: whether drafts are built."""
    from dossierkit.build.load_site import SiteSettings  # noqa: PLC0415 - heavy

    custom = config.theme.custom_dir
    links: Form = "directory" if config.use_directory_urls else "file"
    site = site_options(config)
    return SiteSettings(
        docs=Path(config.docs_dir),
        overrides=(Path(custom),) if custom else (),
        links=links,
        served=links,
        language=str(config.theme.get("language", "en")),
        extensions=config.markdown_extensions,
        extension_configs=config.mdx_configs,
        drafts=drafts,
        now=instant(),
        admin=backend(_ours(config).get("admin"), config.repo_url or ""),
        options=site,
        publication=_publication(config, site),
        data=_formats(_ours(config).get("data", True)),
        marks=_ours(config).get("unreviewed") == "mark",
    )


def site_options(config: MkDocsConfig) -> SiteOptions:
    """The options under `extra.dossier`, with their problems and those of settings without effect."""
    tokens = packaged_templates() / PARTS / "tokens.css"
    files = written(Path(config.config_file_path))
    found = options(config.extra, files, Path(config.docs_dir), tokens.read_text(encoding="utf-8"))
    templates = map(escape, config.extra_templates)  # served although other HTML below content/ is not
    idle = (
        Diagnostic(*place(files, one.path), one.code, one.message, "warning")
        for one in ignored(config, found.shell, found.csp)
    )
    spoken = (
        Diagnostic(*place(files, ("theme", "language")), "D141", message)
        for message in unknown_language(config)
    )
    return replace(
        found,
        served=Served((*found.served.patterns, *templates)),
        problems=(*found.problems, *idle, *spoken, *misplaced(config, files)),
    )


def misplaced(config: MkDocsConfig, files: Mapping[str, str]) -> Iterator[Diagnostic]:
    """That docs_dir is not the folder of articles, records and dossiers. `files`: as for `place`."""
    root, docs = Path(config.config_file_path).parent, Path(config.docs_dir)
    if docs.resolve() != (root / CONTENT).resolve():
        message = (
            f"`docs_dir` is `{printable(docs.name)}`, and articles, records and dossiers are in {CONTENT}/, which is not built: move your pages there "
            f"(`git mv {printable(docs.name)}/* {CONTENT}/`), and write `docs_dir: {CONTENT}`"
        )
        yield Diagnostic(*place(files, ("docs_dir",)), "D146", message)


def without_plugin(config: MkDocsConfig, files: Mapping[str, str]) -> Iterator[Diagnostic]:
    """That MkDocs is not told of the plugin; other engines get finished pages and need none. `files`: as for `place`."""
    if PLUGIN not in config.plugins:
        message = "`plugins` lacks `dossier`, and MkDocs makes no page of an article, a record or a dossier: add `- dossier`"
        yield Diagnostic(*place(files, ("plugins",)), "D146", message)


def unknown_language(config: MkDocsConfig) -> Iterator[str]:
    """What is wrong with a language that Material has no words for: its templates would not be found."""
    lang = str(config.theme.get("language", "en"))
    known = {file.stem for folder in config.theme.dirs for file in Path(folder).glob(_WORDS)}
    if known and lang not in known:
        short = lang.partition("-")[0]
        near = sorted(one for one in known if one.partition("-")[0] == short) or sorted(known)
        yield f"`theme.language` is `{printable(lang)}`, for which the theme has no words: write {' or '.join(f'`{one}`' for one in near)}"


def _publication(config: MkDocsConfig, site: SiteOptions) -> Publication:
    ours = _ours(config)
    address = config.site_url or ""
    return Publication(
        name=config.site_name,
        description=config.site_description or "",
        address=address if not address or address.endswith("/") else f"{address}/",
        id=str(ours.get("id", "")),
        cards=_cards(ours.get("cards", True)),
        report=site.report,
        twins=_twins(ours.get("twins", True)),
        feeds="all" if ours.get("feeds") == "all" else "cast",
        publisher=site.publisher,
        embeds="all" if ours.get("embeds") == "all" else "cast",
    )


def names_editors(config: MkDocsConfig) -> bool:
    """Whether exports of provenance may name the person who published a page, as in git."""
    return _ours(config).get("editors") == "git"


def _cards(asked: object) -> int:
    """How many articles get a card: `CARDS` for `true`, none for `false`, else the given number."""
    if isinstance(asked, bool) or not isinstance(asked, int):
        return CARDS if asked else 0
    return max(0, asked)


def _twins(asked: object) -> Twins:
    """The pages with twins that the setting asks for; `options` reports what is no setting."""
    if asked in ("all", "lists"):
        return asked
    return "text" if asked else "none"


def _ours(config: MkDocsConfig) -> Mapping[str, Any]:
    """The mapping `extra.dossier`."""
    ours = config.extra.get("dossier")
    return ours if isinstance(ours, Mapping) else {}


def _formats(asked: object) -> tuple[str, ...]:
    """The export formats that the site offers. `extra.dossier.data` is true for all, false for none, or a list.

    Any other value offers nothing; `options` reports it as a problem.
    """
    from dossierkit.export.formats import offerable  # noqa: PLC0415 - heavy

    if isinstance(asked, list):
        return tuple(name for name in offerable() if name in asked)
    return offerable() if asked is True else ()
