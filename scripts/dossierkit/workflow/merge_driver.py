"""Git's merge driver for files of proposals, and how a clone gets it: git takes a driver from its configuration only."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from dossierkit.model.diagnostic import DiagnosticsError

NAME = "dossier"
"""As `.gitattributes` names it."""


class NoRepositoryError(Exception):
    """There is no git, or no repository of git's; the message says which."""


def run(base: Path, ours: Path, theirs: Path, path: str) -> bool:
    """Merge the three versions of the file at `path` into that of `ours`. False, and nothing written, where one cannot be read."""
    from dossierkit.merge.branches import merged_text  # noqa: PLC0415 -- heavy

    texts = (
        file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n") for file in (base, ours, theirs)
    )
    try:
        ours.write_bytes(merged_text(path, *texts).encode())
    except DiagnosticsError:
        return False
    return True


def install(root: Path) -> None:
    """Tell the clone at `root` how to merge proposals. Raises NoRepositoryError.

    Where the program is not found any more, git leaves conflict markers as it does without a driver.
    """
    own = f"{shlex.quote(Path(sys.executable).as_posix())} -m dossierkit merge-driver %O %A %B %P"
    _configure(root, "name", "proposals of dossier")
    _configure(root, "driver", f"{own} || git merge-file -q %A %O %B")


def _configure(root: Path, key: str, value: str) -> None:
    command = ["git", "-C", str(root), "config", "--local", f"merge.{NAME}.{key}", value]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own arguments
    except FileNotFoundError:
        raise NoRepositoryError("git is not installed") from None
    if done.returncode:
        raise NoRepositoryError(f"{root} is in no git repository: run `git init` there first")
