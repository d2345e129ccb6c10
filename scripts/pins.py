"""Writes what Dossierkit needs to run, of the locked requirements, into the package: `dossier init` hands it on.

`--check` says whether the file is stale. Run by `make lock` after `requirements.txt` was written.
"""

# ruff: noqa: T201 - a script that talks on the terminal

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "scripts" / "dossierkit" / "data" / "locked.txt"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Pin:
    """A requirement with its hashes as it stands in the file, and the names of those that ask for it.

    One package has several where its version depends on Python's.
    """

    name: str
    text: str
    parents: frozenset[str]


def needed(pins: Sequence[Pin], roots: Iterable[str]) -> frozenset[str]:
    """The names of what `roots` ask for, and what these ask for."""
    found = frozenset(roots)
    while more := {pin.name for pin in pins if pin.name not in found and pin.parents & found}:
        found |= more
    return found


def pins_of(text: str) -> list[Pin]:
    """From what `uv pip compile --generate-hashes` writes, in its order."""
    return [_pin(block) for block in re.split(r"^(?=[^\s#])", text, flags=re.MULTILINE)[1:]]


def _pin(block: str) -> Pin:
    lines = block.splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    notes = (line.strip("# ").removeprefix("via").strip() for line in lines if line.lstrip().startswith("#"))
    return Pin(_name(block), text, frozenset(_name(note) for note in notes if note))


def _name(requirement: str) -> str:
    found = _NAME.match(requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def wanted_extras(names: Iterable[str]) -> dict[str, str]:
    """The extras that a package of `names` asks another for, by the name of the other and as the asker spells them.

    What is installed says so.
    """
    wanted = [Requirement(line) for name in sorted(names) for line in _requires(name)]
    chosen = [
        one for one in wanted if one.extras and (one.marker is None or one.marker.evaluate({"extra": ""}))
    ]
    return {_name(one.name): ",".join(sorted(one.extras)) for one in chosen}


def _requires(name: str) -> list[str]:
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:  # one for another Python or another system
        return []


def written() -> str:
    """What the file is to hold.

    A package that another asks for with an extra stands there twice, with the extra too: pip before 24 holds no other
    pin for one whose extra has a `_` in its name, and refuses it as soon as there is a newer version.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = pins_of((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    roots = [_name(one) for one in project["dependencies"]]
    if missing := sorted({*roots} - {pin.name for pin in pins}):
        raise SystemExit(f"requirements.txt lacks {', '.join(missing)}: run `make lock`")
    names = needed(pins, roots)
    extras = wanted_extras(names)
    return "".join(_lines(pin, extras.get(pin.name)) for pin in pins if pin.name in names)


def _lines(pin: Pin, extras: str | None) -> str:
    again = pin.text.replace("==", f"[{extras}]==", 1) if extras else ""
    return "".join(f"{text}\n" for text in (pin.text, again) if text)


def main(arguments: Sequence[str]) -> int:
    """Write the file, or with `--check` say whether it is stale."""
    text = written()
    if OUT.is_file() and OUT.read_text(encoding="utf-8") == text:
        return 0
    if "--check" in arguments:
        print(f"{OUT.relative_to(ROOT)}: stale: run `python scripts/pins.py`")
        return 1
    OUT.write_text(text, encoding="utf-8", newline="\n")
    print(f"{OUT.relative_to(ROOT)}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
