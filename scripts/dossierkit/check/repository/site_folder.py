"""The folder that a build writes its site to: where it must not be, and what it may contain before."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.store.inside import real
from dossierkit.store.site_manifest import PATH
from dossierkit.text.printable import printable

CONFIGURATION = "mkdocs.yml"


def unfit(site: Path, root: Path, occupied: Iterable[Path]) -> Iterator[Diagnostic]:
    """Why a build must not write to the folder `site`, which it empties first (D512). `occupied`: folders of the repository.

    A folder with the manifest of a site is one that a build made. In others there may be hidden files, which builds leave alone.
    """
    place, top = real(site), real(root)
    shown = printable(str(site))
    if reason := _taken(place, top, [real(folder) for folder in occupied]):
        yield _problem(
            f"`site_dir` is {shown}, which {reason}: a build would empty it. Name a folder of its own"
        )
    elif not os.path.isfile(os.path.join(place, PATH)) and (found := _found(place)):  # noqa: PTH113, PTH118 - `real` gives text
        yield _problem(
            f"`site_dir` is {shown}, which has {printable(found)} and no {PATH}, so no build made it: a build would empty it. "
            "Name another folder, or look at what is there and remove it"
        )


def _taken(place: str, top: str, occupied: Iterable[str]) -> str:
    if ".git" in (part.casefold() for part in PurePath(place).parts):
        return "is in a folder of git"
    if _in(top, place):
        return "is the repository or contains it"
    other = next((folder for folder in occupied if _in(folder, place) or _in(place, folder)), "")
    return f"is, contains or is in {printable(os.path.relpath(other, top))}/" if other else ""


def _in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))  # noqa: PTH118 - as above


def _found(place: str) -> str:
    """The first name in a folder that is not hidden; of a file, its own; empty if there is none."""
    if not os.path.isdir(place):  # noqa: PTH112 - as above
        return os.path.basename(place) if os.path.lexists(place) else ""  # noqa: PTH119 - as above
    return min((name for name in os.listdir(place) if not name.startswith(".")), default="")  # noqa: PTH208 - as above


def _problem(message: str) -> Diagnostic:
    return Diagnostic(CONFIGURATION, 0, 0, "D512", message)
