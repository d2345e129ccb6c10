"""`dossier init`: a new dossier repository from the files in data/init."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from dossierkit.site.strings import Strings
from dossierkit.store.files import write_all
from dossierkit.store.yamltext import quoted
from dossierkit.text.data import load
from dossierkit.text.number_of import in_code
from dossierkit.workflow.adding import own_wheel

_HIDDEN = "dot-"
_ALLOWED = frozenset({".git"})
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

    `target` may be missing, empty, or contain nothing but `.git`. `name`: the site's name, by default made from the folder's.
    `wheel`: Dossierkit's own, by default the one that it was installed from, if that still exists. `language`: of the interface.
    Raises click.UsageError before anything is written, and OSError.
    """
    folder = target.absolute()
    _refuse_taken(folder)
    title = " ".join((name or "").split()) or _title(folder.resolve().name)
    data = own_wheel.read_wheel(wheel) if wheel else own_wheel.installed()
    values = _values(title, data, Strings(language))
    shipped = _shipped(files("dossierkit") / "data" / "init")
    written = {path: _filled(text, values) for path, text in sorted(shipped)}
    if data is not None:
        written[f"wheels/{own_wheel.NAME}"] = data
    folder.parent.mkdir(parents=True, exist_ok=True)
    write_all(folder, written)
    return tuple(folder.joinpath(path) for path in sorted(written))


def _refuse_taken(folder: Path) -> None:
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise click.UsageError(f"{folder} is a file: name a new or an empty folder")
    found = sorted(entry.name for entry in folder.iterdir() if entry.name not in _ALLOWED)
    if "mkdocs.yml" in found:
        raise click.UsageError(f"{folder} holds a site already (mkdocs.yml): nothing was changed")
    if found:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        raise click.UsageError(f"{folder} is not empty ({found[0]}{more}): name a new or an empty folder")


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
