"""What git has under its care, asked once."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from dossierkit.check.repository.file_names import printable
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.text.data import load


def tracked(root: Path) -> frozenset[str] | None:
    """The paths from the root of all files that git tracks there; None where git cannot tell."""
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(root), "ls-files", "-z", "--cached"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own arguments
    except OSError:
        return None
    if done.returncode:
        return None
    return frozenset(done.stdout.decode("utf-8", "surrogateescape").split("\0")) - {""}


def machine_state(paths: Iterable[str], site: str) -> Iterator[Diagnostic]:
    """D905: derived files that are tracked, by folder. `site`: the folder of the built site from the root, or empty."""
    folders: Counter[str] = Counter()
    for place, number in Counter(path.rpartition("/")[0] for path in paths).items():
        if folder := _derived(place, site):
            folders[folder] += number
    for folder, number in sorted(folders.items()):
        files = f"{number} file{'s' * (number != 1)}"
        message = (
            f"git tracks {files} of this folder, which is made anew on each machine: run "
            f"`git rm -r --cached {printable(folder)}` and add `/{printable(folder)}/` to .gitignore"
        )
        yield Diagnostic(printable(folder), 0, 0, "D905", message)


def _derived(path: str, site: str) -> str:
    """The folder of derived files that a folder is, or lies in; empty for none."""
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
