"""Git as tests use it: by nobody's name, without what the machine or its user has set."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
_WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")


def git(root: Path, *words: str, when: str = "", code: int = 0) -> str:
    """What `git WORDS` prints in a folder, where it ends with this code. `when`: the date of what it commits."""
    dates = {f"GIT_{who}_DATE": when for who in ("AUTHOR", "COMMITTER") if when}
    done = subprocess.run(
        ["git", *_WHO, *words],
        cwd=root,
        env={**os.environ, **_ALONE, **dates},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout.rstrip("\n")
