"""What is on disk for a package and for all that it needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9._-]+")


def closure(names: Iterable[str]) -> dict[str, Distribution]:
    """The installed distributions that the named ones need, themselves included; extras are left out."""
    found: dict[str, Distribution] = {}
    waiting = list(names)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:  # needed on another system, or by another Python
            continue
        for need in found[name].requires or ():
            match = _NAME.match(need)
            if match and "extra ==" not in need:
                waiting.append(match.group())
    return found


def closure_bytes(names: Iterable[str]) -> int:
    """Bytes of all files of the named distributions and of what they need, without compiled caches."""
    return sum(
        Path(str(file.locate())).stat().st_size
        for one in closure(names).values()
        for file in one.files or ()
        if file.suffix != ".pyc" and Path(str(file.locate())).is_file()
    )


def folder_bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc")
