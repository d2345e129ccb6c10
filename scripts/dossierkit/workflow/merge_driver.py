"""Git's merge driver for proposal files, and its installation: git accepts a driver only from the clone's configuration."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.store.git import FAILED, MISSING, git
from dossierkit.store.inside import SEEDS
from dossierkit.store.utf8 import decoded

NAME = "dossier"
"""The driver's name in `.gitattributes`."""


def run(base: Path, ours: Path, theirs: Path, path: str) -> bool:
    """Merge three versions of the file at `path` into `ours`. Returns False, with nothing written, if one is unreadable."""
    from dossierkit.merge.branches import merged_text  # noqa: PLC0415 -- heavy

    try:
        versions = (decoded(file.read_bytes(), path) for file in (base, ours, theirs))
        texts = (text.replace("\r\n", "\n") for text in versions)
        ours.write_bytes(merged_text(path, *texts).encode())
    except DiagnosticsError:
        return False
    return True


def install(root: Path) -> None:
    """Configure the clone at `root` to merge proposals. Raises click.UsageError.

    If the program is missing later, git leaves conflict markers as it does without a driver.
    """
    own = f"{shlex.quote(Path(sys.executable).as_posix())} -m dossierkit merge-driver %O %A %B %P"
    _configure(root, "name", "proposals of dossier")
    _configure(root, "driver", f"{own} || git merge-file -q %A %O %B")


def hint(root: Path) -> Iterator[str]:
    """Messages if the repository wants its proposals merged and this clone has no driver, and if git converts line endings in sources.

    No message in CI, where nobody merges or adds.
    """
    attributes = root / ".gitattributes"
    if not os.environ.get("CI") and _converts(root):
        yield (
            "git converts line endings of sources in this clone (core.autocrlf): write the line `/seeds/** -text` into .gitattributes "
            "before you add any"
        )
    if (
        os.environ.get("CI")
        or not attributes.is_file()
        or f"merge={NAME}".encode() not in attributes.read_bytes()
    ):
        return
    done = git(root, "rev-parse", "--git-common-dir")
    try:
        folder = root / os.fsdecode(done.stdout.strip())
        config = (folder / "config").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    if not done.returncode and f'[merge "{NAME}"]' not in config:
        yield "this clone leaves conflict markers in proposals when git merges: run `dossier merge-driver --install` once"


def _converts(root: Path) -> bool:
    """Whether git would store or check out a source with other line endings than it has."""
    if git(root, "config", "--get", "core.autocrlf").stdout.strip().lower() not in {b"true", b"input"}:
        return False
    return git(root, "check-attr", "-z", "text", "--", f"{SEEDS}/x.txt").stdout.endswith(b"\0unspecified\0")


def _configure(root: Path, key: str, value: str) -> None:
    done = git(root, "config", "--local", f"merge.{NAME}.{key}", value)
    if done.returncode in (MISSING, FAILED):
        raise click.UsageError(done.stderr.decode("utf-8", "replace"))
    if done.returncode:
        raise click.UsageError(f"{root} is in no git repository: run `git init` there first")
