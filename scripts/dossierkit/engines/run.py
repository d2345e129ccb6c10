"""Runs an engine: MkDocs through the plugin, the others on a materialised tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossierkit.build.bytecode import bytecode
from dossierkit.build.clock import NOW, instant
from dossierkit.build.configuration import layout, misplaced, settings, without_plugin
from dossierkit.build.environment import environment
from dossierkit.build.load_site import SiteSettings, compiled
from dossierkit.build.outputs import clear
from dossierkit.build.own_pages import on_disk
from dossierkit.build.search_index import findable, write_index
from dossierkit.build.site_hashes import mark, write_manifest
from dossierkit.build.unchanged import EPOCH
from dossierkit.check.repository.inspect import inspect
from dossierkit.engines.engine import Engine
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError, errors_in
from dossierkit.parallel.fork import Work, processors
from dossierkit.site.compiled import Compiled
from dossierkit.site.search.index import FOLDER
from dossierkit.site.search.records import untold
from dossierkit.site.urls import Urls
from dossierkit.store.packaged import packaged_templates
from dossierkit.store.settings_file import written
from dossierkit.store.state import working_folder
from dossierkit.theme.content_security import policy
from dossierkit.theme.finishing import finish_site
from dossierkit.theme.signature import new

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from dossierkit.parallel.executor import Executor


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """`strict`: treat warnings as errors. `keep`, `executor`: see `build.mkdocs_build.run`."""

    strict: bool = False
    keep: bool = True
    executor: Executor | None = None


def build(
    root: Path, config: MkDocsConfig, engine: Engine, build_options: BuildOptions
) -> tuple[Path, tuple[Diagnostic, ...]]:
    """Build the site of the repository at `root`; return its folder and the warnings.

    Raises DiagnosticsError before anything is written, click.UsageError if the engine is not installed or a cluster cannot make its
    pages, click.ClickException if a page of an original cannot be drawn, and CalledProcessError if the engine fails.
    """
    if find_spec(engine.name) is None:
        raise click.UsageError(f"{engine.name} is not installed: pip install 'dossierkit[{engine.name}]'")
    site = Path(config.site_dir)
    if engine.name == "mkdocs":
        _build_here(engine, root, config, build_options)
        return site, ()
    if build_options.executor:
        raise click.UsageError(
            f"the engine {engine.name} makes all pages itself: a cluster makes those of `--engine mkdocs`"
        )
    warnings = _build_tree(root, config, engine, build_options)
    mark(site)
    clear(str(site), ())
    # `clear` left hidden files, of which the engine may have made some again.
    shutil.copytree(_tree(root, engine) / "site", site, dirs_exist_ok=True, copy_function=shutil.move)
    write_manifest(root, site, config.site_url or "", engine.name, keep=False)
    return site, warnings


def _build_here(engine: Engine, root: Path, config: MkDocsConfig, build_options: BuildOptions) -> None:
    """Run MkDocs in this process if the faster builder can be used, otherwise in its own process."""
    from dossierkit.build import mkdocs_build  # noqa: PLC0415 - MkDocs is heavy

    files = written(root / "mkdocs.yml")
    if missing := (*misplaced(config, files), *without_plugin(config, files)):
        raise DiagnosticsError(missing)
    arguments = ["build", "-f", str(root / "mkdocs.yml"), "--site-dir", config.site_dir]
    if not mkdocs_build.applies(config):
        if build_options.executor:
            raise click.UsageError(
                "MkDocs makes the pages of this site itself, since a plugin, a hook or a setting takes part in it: build it without --executor"
            )
        _call(engine, root, arguments, strict=build_options.strict)
        return
    config.strict = config.strict or build_options.strict
    with environment(_environment()):
        code = mkdocs_build.run(config, keep=build_options.keep, executor=build_options.executor)
    if code:
        raise subprocess.CalledProcessError(code, _command(engine, arguments, strict=build_options.strict))


def _tree(root: Path, engine: Engine) -> Path:
    return working_folder(root) / engine.name


def _build_tree(
    root: Path, config: MkDocsConfig, engine: Engine, build_options: BuildOptions
) -> tuple[Diagnostic, ...]:
    from dossierkit.engines.materialised_tree import BESIDE, TreeOrigin, materialise  # noqa: PLC0415 - rarely needed

    site_settings, strict = settings(config), build_options.strict
    diagnostics = inspect(layout(config))
    if errors_in(diagnostics):
        raise DiagnosticsError(diagnostics)
    linked = replace(site_settings, links="source") if engine.resolves else site_settings
    result = compiled(linked, bytecode=bytecode(config) if build_options.keep else None)
    problems = (*diagnostics, *result.problems)
    if problems and (strict or errors_in(problems)):
        raise DiagnosticsError(problems)
    origin = TreeOrigin(
        docs=site_settings.docs,
        themes=(packaged_templates(), *site_settings.overrides),
        config=root / "mkdocs.yml",
        engine=engine,
        extra={"dossierkit": site_settings.frame},
        served=site_settings.options.served,
        signature=new(),
    )
    try:
        written = materialise(result, origin, _tree(root, engine))
    except RefusedError as error:
        raise click.ClickException(str(error)) from None
    site, beside = written.parent / "site", written.parent / "search"
    own = partial(on_disk, config, result, site_settings.urls)
    search = partial(write_index, partial(findable, result, own, untold, ""), result.words)
    work = Work(search, [beside], min(2, processors(len(result.pages))))
    try:
        _call(engine, written.parent, ["build", "-f", written.name], strict=strict)
        pages_policy = policy(site_settings.options.csp)
        finish_site(site, written.parent / "docs", pages_policy, origin.signature, trusted=engine.hooks)
        work.results()
    finally:
        work.stop()
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    shutil.copytree(beside / FOLDER, site / FOLDER)
    if (twins := written.parent / BESIDE).is_dir():
        shutil.copytree(twins, site, dirs_exist_ok=True)
    if engine.resolves:
        _withhold(site / "sitemap.xml", result, site_settings)
    return problems


def _withhold(sitemap: Path, result: Compiled, site_settings: SiteSettings) -> None:
    """Remove pages with `noindex` from a sitemap whose template ignores `robots`."""
    if not sitemap.is_file():
        return
    unindexed = [page.path for page in result.pages if page.meta.get("robots") == "noindex"]
    endings = tuple(f"/{Urls(site_settings.served).of(path)}" for path in unindexed)
    *entries, end = sitemap.read_text(encoding="utf-8").split("</url>")
    parts = (
        _without_entry(entry) if _location(entry).endswith(endings) else f"{entry}</url>" for entry in entries
    )
    sitemap.write_text("".join((*parts, end)), encoding="utf-8", newline="\n")


def _location(entry: str) -> str:
    return entry.partition("<loc>")[2].partition("</loc>")[0].strip()


def _without_entry(entry: str) -> str:
    """The text before an entry, without trailing white space."""
    return entry.partition("<url>")[0].rstrip()


def _call(engine: Engine, folder: Path, arguments: Sequence[str], *, strict: bool) -> None:
    command = _command(engine, arguments, strict=strict)
    subprocess.run(command, cwd=folder, env=_environment(), check=True)  # noqa: S603 - our own arguments


def _command(engine: Engine, arguments: Sequence[str], *, strict: bool) -> list[str]:
    return [sys.executable, "-m", engine.name, *arguments, *(["--strict"] if strict else [])]


def _environment() -> dict[str, str]:
    return {
        "SOURCE_DATE_EPOCH": EPOCH,
        **os.environ,
        NOW: instant(),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUTF8": "1",
    }
