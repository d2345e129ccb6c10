"""`dossier init`: a new dossier repository from the files in data/init."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import click

from dossierkit import __version__
from dossierkit.site.strings import Strings
from dossierkit.store.commit import abandoned
from dossierkit.store.files import write_all
from dossierkit.store.yamltext import quoted
from dossierkit.text.data import load
from dossierkit.text.number_of import in_code

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
    "@LEAD_COMMENT@": "start.lead",
    "@HOME_COMMENT@": "start.home",
}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#&])")
WHEEL_NAME = f"dossierkit-{__version__}-py3-none-any.whl"
_WITHOUT = """
# The hash of this wheel is missing, and pip refuses it until it is there. Put the wheel into wheels/, run
#   python -m pip hash wheels/*.whl
# and write the --hash=... that it prints behind the line above."""


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
    data = read_wheel(wheel) if wheel else installed()
    values = _values(title, data, Strings(language))
    shipped = _shipped(files("dossierkit") / "data" / "init")
    written = {path: _filled(text, values) for path, text in sorted(shipped)}
    if data is not None:
        written[f"wheels/{WHEEL_NAME}"] = data
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
        own = {path.partition("/")[0] for path in written}  # other folders may hold all that somebody has
        kept = (name for name in _entries(folder) if name in own or not folder.joinpath(name).is_dir())
        parts = (file for name in kept for file in _files(folder, name))
        rest = _REST if any(map(abandoned, parts)) else ""
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
        "@WHEEL@": requirement(wheel),
        "@LOCKED@": locked().rstrip("\n"),
        "@PAGES@": in_code(f"{name}.html" for name in load("indexpages")),
    }


def _filled(text: str, values: Mapping[str, str]) -> bytes:
    return _MARK.sub(lambda match: values.get(match[0], match[0]), text).encode()


def _title(folder: str) -> str:
    """A title from the folder's name: `syria-talks_2016` -> "Syria talks 2016"."""
    words = " ".join(re.split(r"[-_\s]+", folder)).strip()
    return words[:1].upper() + words[1:] or "Dossier"


def read_wheel(file: Path) -> bytes:
    """The bytes of the named wheel. Raises click.UsageError and OSError."""
    if file.name != WHEEL_NAME:
        raise click.UsageError(
            f"{file} is not {WHEEL_NAME}: name the wheel of this version, or run `init` of the wheel's"
        )
    return file.read_bytes()


def installed() -> bytes | None:
    """The bytes of the wheel that this Dossierkit was installed from; None if it was installed from elsewhere, or the wheel is
    gone or changed.

    pip records the origin: https://packaging.python.org/en/latest/specifications/direct-url/.
    """
    origin = _origin()
    address = urlsplit(str(origin.get("url", "")))
    file = Path(url2pathname(address.path))
    if address.scheme != "file" or file.name != WHEEL_NAME or not file.is_file():
        return None
    data, archive = file.read_bytes(), origin.get("archive_info") or {}
    expected = (archive.get("hashes") or {}).get("sha256") or archive.get("hash", "").removeprefix("sha256=")
    return data if expected == hashlib.sha256(data).hexdigest() else None


def _origin() -> Mapping[str, Any]:
    try:
        text = distribution("dossierkit").read_text("direct_url.json")
    except PackageNotFoundError:
        return {}
    found = json.loads(text or "{}")
    return found if isinstance(found, dict) else {}


def requirement(data: bytes | None) -> str:
    """The line of requirements.txt that installs the wheel, with its hash, or a comment on how to get the hash."""
    line = f"./wheels/{WHEEL_NAME}"
    return f"{line}{_WITHOUT}" if data is None else f"{line} --hash=sha256:{hashlib.sha256(data).hexdigest()}"


def locked() -> str:
    """Dossierkit's dependencies, with versions and hashes, in the form that pip reads."""
    return (files("dossierkit") / "data" / "locked.txt").read_text(encoding="utf-8")
