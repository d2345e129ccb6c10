"""Files below docs_dir that are not published, reported once for each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from dossierkit.check.repository import file_names
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.store.served import Served
from dossierkit.text.printable import printable


def unserved(paths: Iterable[str], served: Served, docs: str) -> Iterator[Diagnostic]:
    """D908. `paths`: all files below docs_dir; `docs`: its path from the root.

    Hidden files, backups, and names with errors are not reported.
    """
    kinds: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        reason = served.reason(path)
        if reason == "page":
            message = "this is Markdown that no page is made of: rename it so that it ends in `.md`, or move it away"
            yield Diagnostic(printable(f"{docs}/{path}"), 0, 0, "D908", message, "warning")
        elif reason == "kind" and not file_names.reason(name := path.rpartition("/")[2]):
            ending = name.rpartition(".")[2].lower()
            kinds[f"*.{ending}" if "." in name else name].append(path)
    for pattern, found in sorted(kinds.items()):
        yield _of_kind(pattern, sorted(found), docs)


def _of_kind(pattern: str, paths: list[str], docs: str) -> Diagnostic:
    others = f" (and {len(paths) - 1} more like it)" if len(paths) > 1 else ""
    message = (
        f"this file{others} is not copied to the site: move it out of {docs}/, or put `{printable(pattern)}` into the "
        "list `extra: dossier: files:` of mkdocs.yml"
    )
    return Diagnostic(printable(f"{docs}/{paths[0]}"), 0, 0, "D908", message, "warning")
