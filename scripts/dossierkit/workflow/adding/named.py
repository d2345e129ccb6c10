"""From the arguments of the command line to files: folders, patterns, a list on standard input."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dossierkit.ingest.formats import HTML
from dossierkit.ingest.place import Place, place
from dossierkit.text.data import load
from dossierkit.text.number_of import number_of, some

STDIN = "-"
_PATTERN = frozenset("*?[")
_ASIDE = (".yml", ".yaml")  # endings of the curator's files, which are beside a source
_MOST_KINDS = 12
_NEVER = frozenset({"Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class NamedFiles:
    """`files`: each once, in the order in which they are named; files of a folder in the order of their names.

    `in_folders`: those found in a folder. `passed_over`: a line for each folder with files that are no articles by their name: how
    many, by kind.
    """

    files: tuple[Place, ...]
    in_folders: frozenset[Place]
    passed_over: tuple[str, ...]


def named(texts: Iterable[str], listed: Path | None = None) -> NamedFiles:
    """The files that the arguments mean. `listed`: a file with more names, one per line."""
    files: list[Place] = []
    in_folders: set[Place] = set()
    passed_over: list[str] = []
    for text in _names(texts, listed):
        at = place(text)
        if isinstance(at, Path) and at.is_dir():
            kinds = {file: _of_another_system(at, file) for file in _visible(at)}
            inside = [file for file, kind in kinds.items() if not kind]
            files += inside
            in_folders.update(inside)
            passed_over += _passed_over(text, Counter(filter(None, kinds.values())))
        else:
            files += _matching(at) if isinstance(at, Path) and _is_pattern(at) else [at]
    return NamedFiles(tuple(dict.fromkeys(files)), frozenset(in_folders), tuple(passed_over))


def without(sources: Iterable[Place], *tables: Path | None) -> tuple[Place, ...]:
    """The sources without metadata tables, which are often in the same folder."""
    excluded = {table.resolve() for table in tables if table is not None}
    return tuple(
        source for source in sources if not isinstance(source, Path) or source.resolve() not in excluded
    )


def _names(texts: Iterable[str], listed: Path | None) -> Iterator[str]:
    """The arguments, with the lines of standard input in place of `STDIN`, then the lines of the list."""
    for text in texts:
        if text == STDIN:
            yield from filter(str.strip, sys.stdin.read().replace("\0", "\n").splitlines())
        else:
            yield text
    lines = listed.read_text(encoding="utf-8-sig", errors="replace").splitlines() if listed else []
    yield from (text for line in lines if (text := line.strip()) and not text.startswith("#"))


def _visible(folder: Path) -> Iterator[Path]:
    """The files below a folder, sorted, without hidden files and files that are never meant."""
    for file in sorted(folder.rglob("*")):
        below = file.relative_to(folder)
        hidden = any(part.startswith((".", "~$")) for part in below.parts) or file.name in _NEVER
        if file.is_file() and not (file.is_symlink() or hidden or file.suffix.lower() in _ASIDE):
            yield file


def _of_another_system(folder: Path, file: Path) -> str:
    """The kind of a file that holds no article, such as a picture of a page ("`.jpg`") or a template; "" for all others."""
    known = load("othersystems")
    for holder in file.parents[: len(file.relative_to(folder).parts) - 1]:
        if holder.name.lower() in known["folders"]:
            return f"in `{holder.name}/`"
        if _beside_page(holder):
            return "of saved pages"
    if file.name.partition(".")[0] in known["names"]:
        return f"`{file.name}`"
    suffix = file.suffix.lower()
    return f"`{suffix}`" if suffix in known["suffixes"] else ""


@cache
def _beside_page(folder: Path) -> bool:
    """Whether a browser saved the parts of a page in this folder: `talks_files` beside `talks.html`."""
    endings = (one for one in load("othersystems")["saved"] if folder.name.endswith(one))
    pages = (folder.name.removesuffix(ending) for ending in endings)
    return any(folder.with_name(page + suffix).is_file() for page in pages for suffix in HTML)


def _passed_over(folder: str, kinds: Counter[str]) -> Iterator[str]:
    if kinds:
        listed = [f"{count} {kind}" for kind, count in sorted(kinds.items())]
        yield f"{folder}: {number_of(kinds.total(), 'file')} passed over, which by their names hold no articles: {some(listed, _MOST_KINDS)}"


def _is_pattern(path: Path) -> bool:
    return bool(_PATTERN & set(str(path))) and not path.exists()


def _matching(pattern: Path) -> list[Path]:
    """The files that match a pattern which no shell expanded; the pattern itself if there are none, so that it is reported."""
    fixed = next(number for number, part in enumerate(pattern.parts) if _PATTERN & set(part))
    base = Path(*pattern.parts[:fixed])
    found = sorted(path for path in base.glob(str(pattern.relative_to(base))) if path.is_file())
    return found or [pattern]
