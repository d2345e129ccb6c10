"""A wheel in an environment of its own, as a user has it: `python scripts/try_wheel.py DIST`.

Installs the wheel of DIST with this Python, makes a repository, adds an article, checks it and builds its site. Ends with
the exit code of the first step that fails.
"""

# ruff: noqa: T201 - a script that talks on the terminal

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ARTICLE = """\
Council reopens the old bridge

The Lenn Valley Council reopened the old bridge on Friday. Its chair, Ada Moreau, said that the repairs had begun in 2015.
"""


def main(dist: Path) -> int:
    (wheel,) = dist.glob("*.whl")
    with tempfile.TemporaryDirectory() as folder:
        return tried(wheel.resolve(), Path(folder))


def tried(wheel: Path, folder: Path) -> int:
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    (folder / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    dossier = str(programs / "dossier")
    steps = (
        [str(programs / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", str(wheel)],
        [dossier, "--version"],
        [dossier, "init", "site"],
        [dossier, "-C", "site", "add", "bridge.txt", "--date", "2016-05-30", "--lang", "en"],
        [dossier, "-C", "site", "check"],
        [dossier, "-C", "site", "build", "--strict"],
        [dossier, "-C", "site", "verify"],
    )
    for step in steps:
        print("$", Path(step[0]).name, *step[1:], flush=True)
        if code := subprocess.run(step, cwd=folder, check=False).returncode:  # noqa: S603 - our own arguments
            return code
    return 0 if (folder / "site" / "site" / "index.html").is_file() else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
