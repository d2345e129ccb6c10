"""Pages that were added while the records for what they name are still to be drafted: `.dossier/adding`.

Records are drafted from all articles of a command at once, after the last of them. A command that ends before
leaves this list, and the next one goes on from it: the records come out as if nothing had come between.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

FILE = ".dossier/adding"


def note(root: Path, pages: Iterable[tuple[str, str]]) -> None:
    """Put (page, its proposal) at the end of the list; both are paths relative to `root`. To be called before they are written."""
    file = root / FILE
    file.parent.mkdir(exist_ok=True)
    lines = "".join(f"{json.dumps(pair)}\n" for pair in pages)
    with file.open("ab") as out:
        out.write(f"\n{lines}".encode("ascii"))  # a line that was cut off ends here
        out.flush()
        os.fsync(out.fileno())


def noted(root: Path) -> Iterator[tuple[str, str]]:
    """The pairs that were noted, in order and once each, of which both files are there."""
    try:
        lines = (root / FILE).read_bytes().splitlines()
    except FileNotFoundError:
        return
    for page, proposal in dict.fromkeys(pair for line in lines for pair in _pair(line)):
        if (root / page).is_file() and (root / proposal).is_file():
            yield page, proposal


def _pair(line: bytes) -> Iterator[tuple[str, str]]:
    with suppress(ValueError):
        page, proposal = json.loads(line)
        yield page, proposal


def forget(root: Path) -> None:
    with suppress(FileNotFoundError):
        (root / FILE).unlink()
