"""Added pages whose proposals for records are not merged yet: the file `adding` in the state folder.

What all articles of a command say of records is merged at once, after the last of them. A command that ends before
leaves this list, and the next one goes on from it: the records come out as if nothing had come between.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from dossierkit.store.state import state_folder

FILE = "adding"


def note(root: Path, pages: Iterable[tuple[str, str]]) -> None:
    """Put (page, its proposal) at the end of the list; both are paths relative to `root`. To be called before they are written."""
    file = state_folder(root) / FILE
    lines = "".join(f"{json.dumps(pair)}\n" for pair in pages)
    with file.open("ab") as out:
        out.write(f"\n{lines}".encode("ascii"))  # a line that was cut off ends here
        out.flush()
        os.fsync(out.fileno())


def noted(root: Path) -> Iterator[tuple[str, str]]:
    """The pairs that were noted, in order and once each, of which both files are there."""
    try:
        lines = (state_folder(root) / FILE).read_bytes().splitlines()
    except FileNotFoundError:
        return
    for page, proposal in dict.fromkeys(pair for line in lines for pair in _pair(line)):
        if (root / page).is_file() and (root / proposal).is_file():
            yield page, proposal


def _pair(line: bytes) -> Iterator[tuple[str, str]]:
    with suppress(ValueError, RecursionError):
        found = json.loads(line)
        if isinstance(found, list) and len(found) == 2 and all(isinstance(one, str) for one in found):
            yield found[0], found[1]


def forget(root: Path) -> None:
    with suppress(FileNotFoundError):
        (state_folder(root) / FILE).unlink()
