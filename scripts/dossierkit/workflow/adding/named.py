"""From the arguments of the command line to files: folders, patterns, a list on standard input."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from dossierkit.ingest.formats import HTML
from dossierkit.ingest.place import Place, Url, place
from dossierkit.text.data import load
from dossierkit.text.number_of import number_of, some

STDIN = "-"
_PATTERN = frozenset("*?[")
_ASIDE = (".yml", ".yaml")  # endings of the curator's files, which are beside a source
_MOST_KINDS = 12
_NEVER = frozenset({"Thumbs.db", "desktop.ini"})


def in_folders(texts: Iterable[str]) -> frozenset[Place]:
    """Those files of `named` that were found in a folder."""
    folders = (
        Path(text)
        for text in texts
        if text != STDIN and not isinstance(place(text), Url) and Path(text).is_dir()
    )
    return frozenset(file for folder in folders for file in _inside(folder))


def named(texts: Iterable[str], listed: Path | None = None) -> tuple[Place, ...]:
    """The files, each once, in the order in which they are named; files of a folder in the order of their names.

    `listed`: a file with more names, one per line.
    """
    lines = listed.read_text(encoding="utf-8-sig", errors="replace").splitlines() if listed else []
    more = (line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))
    found = (one for text in (*texts, *more) for one in _meant(text))
    return tuple(dict.fromkeys(found))


def without(sources: Iterable[Place], *tables: Path | None) -> tuple[Place, ...]:
    """The sources without metadata tables, which are often in the same folder."""
    excluded = {table.resolve() for table in tables if table is not None}
    return tuple(
        source for source in sources if not isinstance(source, Path) or source.resolve() not in excluded
    )


def _meant(text: str) -> Iterator[Place]:
    if text == STDIN:
        for line in sys.stdin.read().replace("\0", "\n").splitlines():
            if line.strip():
                yield from _meant(line)
        return
    addressed, at = place(text), Path(text)
    if isinstance(addressed, Url):
        yield addressed
    elif at.is_dir():
        yield from _inside(at)
    elif _PATTERN & set(text) and not at.exists():
        yield from _matching(at)
    else:
        yield at


def _inside(folder: Path) -> Iterator[Path]:
    """The files below a folder, sorted, without those that by their name are not sources."""
    return (file for file in _visible(folder) if not _of_another_system(folder, file))


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


def passed_over(texts: Iterable[str]) -> Iterator[str]:
    """A line for each named folder with files that are no articles by their name: how many, by kind."""
    for text in texts:
        folder = Path(text)
        if text == STDIN or isinstance(place(text), Url) or not folder.is_dir():
            continue
        kinds = Counter(kind for file in _visible(folder) if (kind := _of_another_system(folder, file)))
        if kinds:
            listed = [f"{count} {kind}" for kind, count in sorted(kinds.items())]
            yield f"{text}: {number_of(kinds.total(), 'file')} passed over, which by their names hold no articles: {some(listed, _MOST_KINDS)}"


def _matching(pattern: Path) -> Iterator[Path]:
    """The files that match a pattern which no shell expanded; the pattern itself if there are none, so that it is reported."""
    fixed = next(number for number, part in enumerate(pattern.parts) if _PATTERN & set(part))
    base = Path(*pattern.parts[:fixed])
    found = sorted(path for path in base.glob(str(pattern.relative_to(base))) if path.is_file())
    yield from found or [pattern]
