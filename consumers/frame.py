"""What a program module is given and what it gives back. Needs nothing but Python, so that any program's environment can load it."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
ADDRESS = "https://dossier.example/x/"
"""Where both sites say that they stand."""


class Row(NamedTuple):
    """What a program made of something. With `least`, `got` may be more than `wanted`; both are numbers then.

    `note`: a reason where a difference is one between standards, in a sentence.
    """

    program: str
    version: str
    asked: str
    wanted: float | str
    got: float | str
    least: bool = False
    note: str = ""

    @property
    def fine(self) -> bool:
        if self.least:
            return float(self.got) >= float(self.wanted)
        return self.wanted == self.got


@dataclass(frozen=True, slots=True)
class Built:
    """A dossier that was built. `name`: demo or hostile. `root`: its repository, `site`: its pages, `work`: an empty folder to write to."""

    name: str
    root: Path
    site: Path
    work: Path

    @property
    def exports(self) -> Path:
        """What the site offers of its data: the same bytes that `dossier export` writes."""
        return self.site / "data"

    @property
    def okf(self) -> Path:
        """The bundle that `dossier export okf` wrote: no site offers it."""
        return self.root / "exported" / "okf"

    @property
    def provenance(self) -> Path:
        """What `dossier export prov` wrote: no site offers it."""
        return self.root / "exported" / "provenance.json"

    def text(self, name: str) -> str:
        """One of the exports."""
        return (self.exports / name).read_text(encoding="utf-8")

    def json(self, name: str) -> Any:  # noqa: ANN401 - as it comes
        return json.loads(self.text(name))

    def lines(self, name: str) -> list[Any]:
        """One that has an object a line."""
        return [json.loads(line) for line in self.text(name).splitlines()]


def run(
    *command: object, stdin: str | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """A program with what it printed; never an exception for its exit code."""
    return subprocess.run(
        [str(part) for part in command],
        input=stdin,
        cwd=cwd or HERE,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def node(script: str, *arguments: object) -> Any:  # noqa: ANN401 - as it comes
    """What the script beside the modules printed, read as JSON. It finds what package.json asks for."""
    done = run("node", HERE / "programs" / script, *arguments)
    if done.returncode:
        raise RuntimeError(f"{script}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


def python_version(package: str) -> str:
    return metadata.version(package)


def node_version(package: str) -> str:
    found = HERE / "node_modules" / package / "package.json"
    return str(json.loads(found.read_text(encoding="utf-8"))["version"])
