"""`dossier check`: all problems of the content, drafts included; `--fix` corrects those with a certain fix."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossierkit.build import unreviewed
from dossierkit.build.configuration import layout, load, site_options, without_plugin
from dossierkit.build.messages import in_colour
from dossierkit.cache.fingerprint import fingerprint
from dossierkit.check import cache as checks
from dossierkit.check.examine import examine
from dossierkit.check.fixing import with_fixes
from dossierkit.check.formats import show
from dossierkit.check.library import Library, read_library
from dossierkit.check.report import Checked, Fix, Ignored, Report, summary
from dossierkit.check.repository.inspect import RepositoryLayout, inspect
from dossierkit.check.selection import RuleSelection, SelectionError, select_rules
from dossierkit.check.settings import CheckSettings, let_pass, placeholder, read_settings
from dossierkit.check.terminal import coloured, plain_lines
from dossierkit.check.waivers import Waiver, waive, waivers
from dossierkit.evidence.body_html import renderer
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import Content
from dossierkit.store import packs
from dossierkit.store.commit import commit, digest, interrupted
from dossierkit.store.schema import KINDS
from dossierkit.store.settings_file import written
from dossierkit.text.printable import printable
from dossierkit.workflow import merge_driver
from dossierkit.workflow.named_files import path_named
from dossierkit.workflow.repository import exclusive
from dossierkit.workflow.say import say, say_all

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def command(  # noqa: PLR0913 -- one parameter per option
    root: Path,
    paths: Iterable[Path],
    form: str,
    *,
    fixing: bool,
    select: str,
    ignore: str,
    notes: bool,
    strict: bool,
    no_cache: bool,
) -> int:
    """Run the check, print its report and return the exit code. Raises click.UsageError for unknown codes and paths."""
    try:
        selection = select_rules(select, ignore, tuple(path_named(root, path) for path in paths), notes=notes)
    except SelectionError as error:
        raise click.UsageError(str(error)) from None
    if fixing:
        made = fix(root, selection)
        say(f"{made} fixed", err=True)
    report = run(root, selection, use_cache=not no_cache)
    for line in (*report.said, *(merge_driver.hint(root) if form == "text" else ())):
        say(f"dossier: {line}", err=True)
    _print(report, form)
    return 1 if report.count("error") or (strict and report.count("warning")) else 0


def _print(report: Report, form: str) -> None:
    if form != "text":
        click.echo(show(report, form))
        return
    if in_colour(sys.stdout):
        from rich.console import Console  # noqa: PLC0415 -- heavy

        console = Console(soft_wrap=True, highlight=False)
        for text in coloured(report):
            console.print(text)
    else:
        say_all(plain_lines(report))
    say(summary(report), err=True)


def run(root: Path, selection: RuleSelection, *, use_cache: bool = True) -> Report:
    """The report of the selected rules after waivers and settings.

    If mkdocs.yml cannot be read because of conflict markers, the default folders of a repository are searched for such
    markers.
    """
    try:
        return examined(root, selection, use_cache=use_cache)[1]
    except DiagnosticsError as error:
        problems = inspect(RepositoryLayout(root, root / "content", (root / "templates",)))
        return Report(tuple(map(Checked, sorted({*error.problems, *problems}))))


def examined(root: Path, selection: RuleSelection, *, use_cache: bool) -> tuple[Library, Report]:
    """The repository as read, and the report on it."""
    config = load(root)
    problems = inspect(layout(config))
    if unreadable := [one for one in problems if one.code == "D910"]:
        raise DiagnosticsError(unreadable)
    problems = (*problems, *packs.problems(root))
    library = read_library(root, Path(config.docs_dir), site_options(config).served)
    wants_notes = selection.notes or bool(selection.chosen)
    found, notes = _examined(root, config, library, use_cache=use_cache, notes=wants_notes)
    found = (
        *map(Checked, problems),
        *(one for one in found if printable(one.problem.path) == one.problem.path),
    )
    files = written(root / "mkdocs.yml")
    found += tuple(map(Checked, placeholder(config.site_description, files, library.content)))
    found += tuple(map(Checked, without_plugin(config, files)))
    settings = read_settings(config.extra, files)
    settings = replace(settings, problems=(*settings.problems, *site_options(config).problems))
    remaining, passed = _judged(found, library, settings)
    open_ = map(Checked, _unreviewed(root, library.content))
    # No setting of the repository can hide the first two kinds.
    remaining = (
        *map(Checked, interrupted(root)),
        *sorted((*open_, *remaining), key=lambda checked: checked.problem),
    )
    report = Report(
        tuple(checked for checked in remaining if selection.takes(checked)),
        tuple(ignored for ignored in passed if selection.takes(ignored.checked)),
        library.texts,
        notes,
    )
    return library, report


def _unreviewed(root: Path, content: Content) -> Iterator[Diagnostic]:
    """Problems of undecided items in pages that readers see."""
    index = unreviewed.UnreviewedIndex(root, content)
    marked, waiting = unreviewed.overlaid(content, index)
    return unreviewed.problems(marked, waiting, index)


def fix(root: Path, selection: RuleSelection) -> int:
    """Apply every certain fix, in all files or none, until none is left, and return their number."""
    total = 0
    for _ in range(3):  # a fix may reveal another: a misspelt key, then the values below it
        report = run(root, selection)
        written, made = _fixed(report)
        if not made:
            break
        digests = {path: digest((report.texts or {})[path].encode()) for path in written}
        with exclusive(root):
            commit(root, written, digests)
        total += made
    return total


def _fixed(report: Report) -> tuple[dict[str, bytes], int]:
    fixes: dict[str, list[Fix]] = defaultdict(list)
    for checked in report.found:
        if checked.fix is not None:
            fixes[checked.problem.path].append(checked.fix)
    written: dict[str, bytes] = {}
    total = 0
    for path, wanted in fixes.items():
        kind = next((one for one in KINDS if f"/{one}/" in path), "")
        text, made = with_fixes((report.texts or {})[path], wanted, path, kind)
        if made:
            written[path] = text.encode()
            total += made
    return written, total


def _examined(
    root: Path, config: MkDocsConfig, library: Library, *, use_cache: bool, notes: bool
) -> tuple[tuple[Checked, ...], tuple[str, ...]]:
    before, note = checks.read(root) if use_cache else ({}, "")
    cache = checks.Cache(_rules(config), before)
    render = renderer(config.markdown_extensions, config.mdx_configs)
    found = examine(library, render, cache, datetime.now(tz=UTC).date(), notes=notes)
    if use_cache and (cache.changed or note):
        note = _store(root, cache) or note
    return found, (note,) if note else ()


def _store(root: Path, cache: checks.Cache) -> str:
    """Write the cache. Returns why it could not be written, empty otherwise."""
    try:
        cache.write(root)
    except OSError as error:
        return f"the cache could not be written: {error}"
    return ""


def _rules(config: MkDocsConfig) -> str:
    """A digest of what findings depend on besides the pages: this package, and the Markdown renderer with its settings."""
    settings = json.dumps([config.markdown_extensions, config.mdx_configs], sort_keys=True, default=repr)
    return fingerprint(("markdown", "nh3"), settings)


def _judged(
    found: Iterable[Checked], library: Library, settings: CheckSettings
) -> tuple[tuple[Checked, ...], tuple[Ignored, ...]]:
    """The problems that no waiver and no setting ignores, and the others."""
    all_waivers: list[Waiver] = []
    wrong: list[Diagnostic] = list(settings.problems)
    for path, text in library.texts.items():
        here, problems = waivers(text, path)
        all_waivers += here
        wrong += problems
    waived = waive(found, all_waivers)
    remaining, by_settings = let_pass(waived.remaining, settings)
    everything = (*remaining, *map(Checked, (*wrong, *waived.unused)))
    return tuple(sorted(everything, key=lambda checked: checked.problem)), (*waived.ignored, *by_settings)
