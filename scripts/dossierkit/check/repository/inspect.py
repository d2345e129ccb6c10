"""All checks of a repository's files, before any is read as a page."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from dossierkit.check.repository import file_names
from dossierkit.check.repository.scan import ScannedEntry, scan
from dossierkit.check.repository.site_folder import CONFIGURATION, unfit
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.store import conflicts
from dossierkit.store.content import is_page
from dossierkit.store.git import git, in_git, refusal
from dossierkit.store.inside import SEEDS, leads_out, real
from dossierkit.store.served import leftover
from dossierkit.store.yaml_remedy import remedy
from dossierkit.text.data import LOADER, load
from dossierkit.text.number_of import number_of
from dossierkit.text.printable import printable

_TEXT = (".md", ".yml", ".yaml", ".html", ".xml", ".css", ".js", ".json", ".geojson", ".csv", ".svg", ".txt")
_LONGEST = 5 * 10**6
"""Bytes; a longer file is data that nobody merges by hand."""


@dataclass(frozen=True, slots=True)
class RepositoryLayout:
    """Folders of a repository: `docs` and `themes` as configured, `site` of the build."""

    root: Path
    docs: Path
    themes: Sequence[Path] = ()
    site: Path | None = None


def configuration(root: Path) -> tuple[Diagnostic, ...]:
    """Problems of mkdocs.yml as a file, before it is parsed."""
    file = root / CONFIGURATION
    if leads_out(file, real(root)):
        return (_out(CONFIGURATION),)
    text = file.read_text(encoding="utf-8", errors="replace")
    if left := conflicts.problems(text, CONFIGURATION):
        return left
    try:
        yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line, col, what = remedy(error, text)
        message = f"the file is not YAML: {error.problem or error.context}; {what}"
        return (Diagnostic(CONFIGURATION, line, col, "D145", message),)
    except yaml.YAMLError:
        pass  # MkDocs says it
    return ()


def inspect(layout: RepositoryLayout, *, editing: bool = False) -> tuple[Diagnostic, ...]:
    """Every problem, sorted.

    `editing`: for a preview; temporary files of editors are then accepted, and seeds/, git and the folder of the site are not examined.

    Pages of articles, records and dossiers are not opened: their reader looks for conflict markers too.
    """
    root = real(layout.root)
    outside = tuple(_configured_outside(layout, root))
    docs, themes = _from_root(layout.docs, root), [_from_root(theme, root) for theme in layout.themes]
    folders = [one for one in dict.fromkeys([docs, *themes, *([] if editing else [SEEDS])]) if one]
    entries = {one: tuple(scan(root, one, published=one != SEEDS)) for one in folders}
    every = tuple(dict.fromkeys(entry for some in entries.values() for entry in some))
    known = None if editing else tracked(layout.root)
    site = _from_root(layout.site, root) if layout.site else ""
    occupied = (layout.docs, layout.root / SEEDS, layout.root / "templates", *layout.themes)
    problems = [
        *outside,
        *(unfit(layout.site, layout.root, occupied) if layout.site and not editing else ()),
        *_links(every),
        *(_special(printable(entry.path)) for entry in every if entry.special),
        *_leftovers(every, docs, known, editing=editing),
        *file_names.unusable(every),
        *file_names.same(every),
        *derived_files(known or (), site),
        *(unread(layout.root) if known is None and not editing else ()),
        *_conflicts(root, docs, entries),
    ]
    return tuple(sorted(set(problems)))


def _configured_outside(layout: RepositoryLayout, root: str) -> Iterator[Diagnostic]:
    named = (("docs_dir", layout.docs), *(("theme.custom_dir", theme) for theme in layout.themes))
    for name, folder in named:
        if not _from_root(folder, root):
            message = f"`{name}` is {printable(str(folder))}, which is not a folder in the repository: move it there"
            yield Diagnostic(CONFIGURATION, 0, 0, "D901", message)


def _from_root(folder: Path, root: str) -> str:
    """The path of a folder from the root, with `/`; "" for the root itself, or if it is not below it."""
    place = Path(os.path.abspath(folder))  # noqa: PTH100 - `resolve` would follow the folder itself
    try:
        path = (place.parent.resolve() / place.name).relative_to(root).as_posix()
    except ValueError:
        return ""
    return "" if path == "." else path


def _links(entries: Iterable[ScannedEntry]) -> Iterator[Diagnostic]:
    for entry in entries:
        if entry.link == "out":
            yield _out(printable(entry.path))
        elif entry.link == "aside":
            message = "this link would publish what readers may not see: put the file itself here, or remove the link"
            yield Diagnostic(printable(entry.path), 0, 0, "D901", message)
        elif entry.link == "circle":
            message = "this link leads to a folder that holds links to folders, which can go in circles: link to files"
            yield Diagnostic(printable(entry.path), 0, 0, "D901", message)


def _out(path: str) -> Diagnostic:
    message = "this link leads out of the repository: put the file itself here, or remove the link"
    return Diagnostic(path, 0, 0, "D901", message)


def _special(path: str) -> Diagnostic:
    message = "this is a pipe, a socket or a device, and reading it may never end: remove it"
    return Diagnostic(path, 0, 0, "D910", message)


def _leftovers(
    entries: Iterable[ScannedEntry], docs: str, known: Collection[str] | None, *, editing: bool
) -> Iterator[Diagnostic]:
    """D902 among pages, D903 elsewhere. Temporary files of programs and systems count if git tracks them."""
    for entry in entries:
        kind = leftover(entry.name)
        in_git = known is not None and entry.path in known
        if not kind or (kind == "system" and not in_git) or (kind == "open" and editing):
            continue
        what = {
            "backup": "a backup",
            "open": "a file of a program that has another open",
            "system": "a file of a system",
        }
        message = f"{what[kind]}, which {'git tracks' if in_git else 'is no part of the site'}: remove it"
        if docs and entry.path.startswith(f"{docs}/"):
            mild = editing or (kind != "backup" and not in_git)
            yield Diagnostic(printable(entry.path), 0, 0, "D902", message, "warning" if mild else "error")
        else:
            yield Diagnostic(printable(entry.path), 0, 0, "D903", message, "warning")


def _conflicts(root: str, docs: str, entries: dict[str, tuple[ScannedEntry, ...]]) -> Iterator[Diagnostic]:
    for folder, found in entries.items():
        endings = (".yml",) if folder == SEEDS else _TEXT
        for entry in found:
            if not entry.name.endswith(endings) or entry.folder or entry.special or entry.link == "out":
                continue
            if not _page(entry, docs):
                yield from _markers(root, entry.path)


def _page(entry: ScannedEntry, docs: str) -> bool:
    """Whether `store.content` reads it as a page."""
    return entry.path.startswith(f"{docs}/") and is_page(entry.path.removeprefix(f"{docs}/"))


def _markers(root: str, path: str) -> Iterator[Diagnostic]:
    try:
        with open(os.path.join(root, path), "rb", buffering=0) as file:  # noqa: PTH118, PTH123 - many
            data = file.read() if os.fstat(file.fileno()).st_size <= _LONGEST else b""
    except OSError:
        return
    if b"<<<<<<<" in data or b">>>>>>>" in data:
        yield from conflicts.problems(data.decode("utf-8", "replace"), printable(path))


def tracked(root: Path) -> frozenset[str] | None:
    """Paths from the root of all files that git tracks; None without git or a repository, or if git refuses it."""
    if not in_git(root):
        return None
    done = git(root, "ls-files", "-z", "--cached")
    if done.returncode:
        return None
    return frozenset(done.stdout.decode("utf-8", "surrogateescape").split("\0")) - {""}


def unread(root: Path) -> Iterator[Diagnostic]:
    """D909 if there is a repository of git, and git does not read it."""
    if reason := refusal(root):
        message = f"git does not read this repository, so that its history is unknown: {reason}"
        yield Diagnostic(".", 0, 0, "D909", message, "warning")


def derived_files(paths: Iterable[str], site: str) -> Iterator[Diagnostic]:
    """D905: derived files that are tracked, by folder. `site`: folder of the built site from the root, or ""."""
    folders: Counter[str] = Counter()
    for place, number in Counter(path.rpartition("/")[0] for path in paths).items():
        if folder := _derived(place, site):
            folders[folder] += number
    for folder, number in sorted(folders.items()):
        message = (
            f"git tracks {number_of(number, 'file')} of this folder, which is made anew on each machine: run "
            f"`git rm -r --cached {printable(folder)}` and add `/{printable(folder)}/` to .gitignore"
        )
        yield Diagnostic(printable(folder), 0, 0, "D905", message)


def _derived(path: str, site: str) -> str:
    """The folder of derived files that contains or is this folder, or ""."""
    if site and f"{path}/".startswith(f"{site}/"):
        return site
    parts = path.split("/")
    if parts[0] in _folders("root"):
        return parts[0]
    for number, part in enumerate(parts, 1):
        if part in _folders("anywhere"):
            return "/".join(parts[:number])
    return ""


def _folders(where: str) -> Collection[str]:
    found: Collection[str] = load("machinestate")[where]
    return found
