"""Runs git, always in the same way: what only reads starts no program that a repository's configuration names.

Off are the monitor of files (`core.fsmonitor`), hooks, the pager, checks of signatures, and optional writes to the index, after
which a hook would run. Calls for `log` and `diff` also say `--no-ext-diff --no-textconv`. A filter (`filter.NAME.clean`) cannot be
switched off: `git status` needs it to compare a file that `.gitattributes` gives to it.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_SETTINGS = ("core.fsmonitor=false", "core.quotePath=false", "log.showSignature=false")
_READING = ("--no-optional-locks", "-c", f"core.hooksPath={os.devnull}")
NO_PROGRAMS = ("--no-ext-diff", "--no-textconv")
MISSING = 127
"""The exit code, as of a shell, if there is no git."""


def command(root: Path, *arguments: str, own: bool = False) -> list[str]:
    """The command line for git in the repository at `root`. `own`: an action of the user, for which hooks run."""
    settings = (part for setting in _SETTINGS for part in ("-c", setting))
    return ["git", "--no-pager", *settings, *(() if own else _READING), "-C", str(root), *arguments]


def git(
    root: Path, *arguments: str, stdin: bytes = b"", own: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """Run git. `own`: see `command`. Without git, the exit code is `MISSING`, and standard error says so."""
    line = command(root, *arguments, own=own)
    try:
        return subprocess.run(line, input=stdin, capture_output=True, check=False)  # noqa: S603 -- our own arguments
    except OSError:
        return subprocess.CompletedProcess(line, MISSING, b"", b"git is not installed")
