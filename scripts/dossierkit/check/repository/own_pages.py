"""Pages of the site's own: those that no builder makes, such as `content/about.md`. Every one of them is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from dossierkit.evidence.nesting import too_deep
from dossierkit.evidence.visibility import LEADS
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.store import frontmatter, reader
from dossierkit.store.content import is_page
from dossierkit.store.served import Served
from dossierkit.store.yaml_aliases import MOST_VALUES, overgrown
from dossierkit.text.printable import printable

_SHOWN = frozenset({"published", "new", "deprecated"})
"""What readers may see; the last two are signs that Material puts into the navigation."""
_KEY = re.compile(r"""(?<![\w-])(status|embargo|withdrawn)["']?\s*:\s*["']?([\w-]*)""", re.IGNORECASE)

_DEEP = (
    "lists, quotations or open brackets nest too deeply here for the site to be built: put a backslash before brackets that are meant "
    "as such, or part the text"
)

Key = tuple[str, str, int, int]
"""A key of the front matter, its value, its line and column."""


def own_page_problems(docs: Path, paths: Iterable[str], served: Served) -> Iterator[Diagnostic]:
    """The problems of pages that an engine reads as they are. `paths`: all files below docs_dir."""
    listed = frozenset(paths)
    for path in sorted(listed):
        if served.markdown(path) and not served.reason(path) and not is_page(path):
            text = (docs / path).read_text(encoding="utf-8", errors="replace")
            shown = f"{docs.name}/{path}"
            yield from _held_back(text, shown)
            yield from _nested(text, shown)
            yield from _overgrown(text, shown)
            yield from _replaced(path, listed, shown)


def _held_back(text: str, path: str) -> Iterator[Diagnostic]:
    """D111: a page asks to be held back where nothing is."""
    for key, value, line, col in _keys(text, path):
        if key != "status" or value not in _SHOWN:
            yield Diagnostic(printable(path), line, col, "D111", _message(key, value))


def _nested(text: str, path: str) -> Iterator[Diagnostic]:
    """D126: a text on which the engine would fail, or for which it would need minutes."""
    at = too_deep(text)
    if at is not None:
        before = text[:at]
        line, col = before.count("\n") + 1, at - before.rfind("\n")
        yield Diagnostic(printable(path), line, col, "D126", _DEEP)


def _overgrown(text: str, path: str) -> Iterator[Diagnostic]:
    """D102: front matter that would fill the memory of whatever goes through its values."""
    if overgrown(text):
        message = f"the aliases (`*name`) of the front matter stand for more than {MOST_VALUES:,} values: write the values themselves"
        yield Diagnostic(printable(path), 2, 1, "D102", message)


def _replaced(path: str, listed: frozenset[str], shown: str) -> Iterator[Diagnostic]:
    """D113: a page with the address of one that the site makes, which would be built in its place."""
    stem = path.rpartition(".")[0]
    # MkDocs takes it for the index of its folder if there is none.
    readme = PurePosixPath(stem).name == "README"
    made = f"{stem.removesuffix('README')}index.md" if readme else f"{stem}/index.md"
    if made in LEADS and not (readme and made in listed):
        message = (
            f"the site makes {made} at the same address, and this page would not be built: rename it to {made} to have its text "
            "above what the site adds; or give it another name"
        )
        yield Diagnostic(printable(shown), 0, 0, "D113", message)


def _message(key: str, value: str) -> str:
    asked = f"status: {printable(value)}" if key == "status" else f"{key}:"
    return (
        f"`{asked}` holds nothing back here, only in articles/, entities/ and dossiers/: move the page out of docs_dir, or "
        "remove the line to publish it"
    )


def _keys(text: str, path: str) -> Iterator[Key]:
    """Of `status`, `embargo` and `withdrawn`, those that the front matter has, in whatever form an engine reads it."""
    try:
        pairs = frontmatter.parse(text, path).root.value
    except DiagnosticsError:
        yield from _found(text)
        return
    for key, value in pairs:
        name = str(key.value).strip()
        if name.casefold() in {"status", "embargo", "withdrawn"} or reader.means_embargo(name):
            written = value.value if isinstance(value.value, str) else "..."
            yield name.casefold(), written, *frontmatter.position(key)


def _found(text: str) -> Iterator[Key]:
    """Of front matter that is not closed, is no YAML, or has no `---` around it, as MkDocs also reads it."""
    lines = text.removeprefix("\ufeff").splitlines()
    fenced = bool(lines) and lines[0].startswith("---")
    for number, line in enumerate(lines[fenced:], 1 + fenced):
        if line.startswith(("---", "...")) or not (fenced or ":" in line):
            return
        for match in _KEY.finditer(line):
            yield match[1].casefold(), match[2], number, match.start() + 1
