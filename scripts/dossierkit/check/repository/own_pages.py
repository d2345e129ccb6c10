"""Pages of the site's own: those that no builder makes, such as `content/about.md`. Every one of them is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from dossierkit.check.repository.file_names import printable
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.store import embargo, frontmatter
from dossierkit.store.content import is_page
from dossierkit.store.served import Served

_SHOWN = frozenset({"published", "new", "deprecated"})
"""What readers may see; the last two are signs that Material puts into the navigation."""
_KEY = re.compile(r"""(?<![\w-])(status|embargo|withdrawn)["']?\s*:\s*["']?([\w-]*)""", re.IGNORECASE)

Key = tuple[str, str, int, int]
"""A key of the front matter, its value, its line and column."""


def held_back(docs: Path, paths: Iterable[str], served: Served) -> Iterator[Diagnostic]:
    """D111: pages that ask to be held back where nothing is. `paths`: all files below docs_dir."""
    for path in paths:
        if served.markdown(path) and not served.reason(path) and not is_page(path):
            text = (docs / path).read_text(encoding="utf-8", errors="replace")
            shown = f"{docs.name}/{path}"
            for key, value, line, col in _keys(text, shown):
                if key != "status" or value not in _SHOWN:
                    yield Diagnostic(printable(shown), line, col, "D111", _message(key, value))


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
        if name.casefold() in {"status", "embargo", "withdrawn"} or embargo.meant(name):
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
