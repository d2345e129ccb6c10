"""`dossier init`: a new dossier repository from the files in data/init."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from dossierkit.site.strings import Strings
from dossierkit.store.commit import abandoned
from dossierkit.store.files import write_all
from dossierkit.store.yamltext import quoted
from dossierkit.text.data import load
from dossierkit.text.number_of import in_code
from dossierkit.workflow import own_wheel

_HIDDEN = "dot-"
_ALLOWED = frozenset({".git"})
_OF_A_REPOSITORY = frozenset({"content", "seeds", "templates"})
_LAST = "mkdocs.yml"  # as long as it is missing, what is there is no repository
_REST = (
    ". It has parts of files that an interrupted `dossier init` left: run that again with the same options to finish it, or "
    "delete the folder"
)
_MARK = re.compile("@[A-Z_]+@")
_WORDS = {
    "@HOME@": "home",
    "@FIRST@": "first_dossier",
    "@ABOUT@": "about_menu",
    "@TO_DARK@": "to_dark",
    "@TO_LIGHT@": "to_light",
}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#&])")


def run(
    target: Path, *, name: str | None, wheel: Path | None = None, language: str = "en"
) -> tuple[Path, ...]:
    """Write a new repository into `target`, completely or not at all, and return the files written.

    `target` may be missing, empty, or contain nothing but `.git` and what an `init` with the same values wrote before it was
    killed. `name`: the site's name, by default made from the folder's.
    `wheel`: Dossierkit's own, by default the one that it was installed from, if that still exists. `language`: of the interface.
    Raises click.UsageError before anything is written, and OSError.
    """
    folder = target.absolute()
    _refuse_other(folder)
    title = " ".join((name or "").split()) or _title(folder.resolve().name)
    data = own_wheel.read_wheel(wheel) if wheel else own_wheel.installed()
    values = _values(title, data, Strings(language))
    shipped = _shipped(files("dossierkit") / "data" / "init")
    written = {path: _filled(text, values) for path, text in sorted(shipped)}
    if data is not None:
        written[f"wheels/{own_wheel.NAME}"] = data
    _refuse_taken(folder, written)
    folder.parent.mkdir(parents=True, exist_ok=True)
    write_all(folder, dict(sorted(written.items(), key=lambda item: item[0] == _LAST)))
    for part in filter(abandoned, _files(folder)):
        part.unlink(missing_ok=True)
    return tuple(folder.joinpath(path) for path in sorted(written))


def _refuse_other(folder: Path) -> None:
    """Raises click.UsageError for what is no folder, and for a repository."""
    if (folder.exists() or folder.is_symlink()) and not folder.is_dir():
        raise click.UsageError(f"{folder} is a file: name a new or an empty folder")
    if os.path.lexists(folder / _LAST):
        raise click.UsageError(
            f"{folder} holds a site already ({_LAST}): nothing was changed. To have dossiers in a site of MkDocs, move its pages to content/, and write "
            "`docs_dir: content` and, under `plugins`, `- dossier` (docs/how-to/add-to-an-mkdocs-site.md)"
        )
    above = next((one for one in folder.parents if os.path.lexists(one / _LAST)), folder)
    if above != folder and folder.relative_to(above).parts[0] in _OF_A_REPOSITORY:
        raise click.UsageError(
            f"{folder} is in the dossier repository {above}, which would read it as its own: name a folder outside of it"
        )


def _refuse_taken(folder: Path, written: Mapping[str, bytes]) -> None:
    """Raises click.UsageError for a folder with anything but what is written there, and parts of it that a killed `init` left."""
    others = [name for name in _entries(folder) if not _is_ours(folder, name, written)]
    if others:
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        rest = _REST if any(map(abandoned, _files(folder))) else ""
        raise click.UsageError(
            f"{folder} is not empty ({others[0]}{more}): name a new or an empty folder{rest}"
        )


def _entries(folder: Path) -> list[str]:
    listed = folder.iterdir() if folder.is_dir() else ()
    return sorted(entry.name for entry in listed if entry.name not in _ALLOWED)


def _is_ours(folder: Path, name: str, written: Mapping[str, bytes]) -> bool:
    if folder.joinpath(name).is_dir() and not any(path.startswith(f"{name}/") for path in written):
        return False
    return all(
        abandoned(file) or _has(file, written.get(file.relative_to(folder).as_posix()))
        for file in _files(folder, name)
    )


def _files(folder: Path, name: str = "") -> Iterator[Path]:
    """The files of an entry, or of all but git's."""
    for one in (name,) if name else _entries(folder):
        at = folder / one
        if at.is_dir() and not at.is_symlink():
            yield from (file for file in at.rglob("*") if file.is_symlink() or not file.is_dir())
        else:
            yield at


def _has(file: Path, data: bytes | None) -> bool:
    return not file.is_symlink() and file.is_file() and file.read_bytes() == data


def _shipped(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Paths and texts of the shipped files; `dot-` stands for a leading point, which packaging tools may skip."""
    for entry in folder.iterdir():
        path = prefix + re.sub(rf"^{_HIDDEN}", ".", entry.name)
        if entry.is_dir():
            yield from _shipped(entry, f"{path}/")
        else:
            yield path, entry.read_text(encoding="utf-8")


def _values(title: str, wheel: bytes | None, strings: Strings) -> dict[str, str]:
    return {
        **{mark: strings(key) for mark, key in _WORDS.items()},
        "@LANGUAGE@": strings.lang,
        "@SITE_NAME@": quoted(title),
        "@TITLE@": _MARKDOWN.sub(r"\\\1", title),
        "@WHEEL@": own_wheel.requirement(wheel),
        "@LOCKED@": own_wheel.locked().rstrip("\n"),
        "@PAGES@": in_code(f"{name}.html" for name in load("indexpages")),
    }


def _filled(text: str, values: Mapping[str, str]) -> bytes:
    return _MARK.sub(lambda match: values.get(match[0], match[0]), text).encode()


def _title(folder: str) -> str:
    """A title from the folder's name: `syria-talks_2016` -> "Syria talks 2016"."""
    words = " ".join(re.split(r"[-_\s]+", folder)).strip()
    return words[:1].upper() + words[1:] or "Dossier"
