"""The notes of a release from CHANGELOG.md: `python scripts/release_notes.py v0.1.0`, or without a tag what is unreleased.

With a tag it ends with 1 where the tag, the version of pyproject.toml and a dated section of the changelog are not one.
"""

# ruff: noqa: T201 - a script that talks on the terminal

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_SECTION = re.compile(
    r"^## \[([^\]]+)\](?: - (\d{4}-\d{2}-\d{2}))?\n(.*?)(?=^## \[|\Z)", re.MULTILINE | re.DOTALL
)


class ReleaseError(Exception):
    """What stands in the way of this release, and what to do."""


def notes(changelog: str, version: str, tag: str = "") -> str:
    """The section of the changelog that a release is described by, without its heading. Raises ReleaseError."""
    sections = {name: (date, text.strip()) for name, date, text in _SECTION.findall(changelog)}
    if not tag:
        return sections["Unreleased"][1]
    if tag != f"v{version}":
        raise ReleaseError(
            f"the tag is {tag}, pyproject.toml says {version}: tag v{version}, or change the version first"
        )
    if version not in sections:
        raise ReleaseError(
            f"CHANGELOG.md has no section [{version}]: rename [Unreleased], and begin a new one above it"
        )
    date, text = sections[version]
    if not date:
        raise ReleaseError(
            f"the section [{version}] of CHANGELOG.md has no date: expected `## [{version}] - YYYY-MM-DD`"
        )
    return text


def main(arguments: list[str]) -> int:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    try:
        print(notes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version, *arguments[:1]))
    except ReleaseError as error:
        print(f"release: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
