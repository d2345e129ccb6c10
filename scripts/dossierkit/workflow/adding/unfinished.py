"""Added pages whose names are not yet merged into records: the file `adding` in the state folder.

The names of all articles of a command are merged into records at once, after the last article. A command that is interrupted
leaves this list, and the next one continues from it, with the same records as result.
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
    """Append pairs of (page, its proposal), paths relative to `root`; to be called before these files are written."""
    file = state_folder(root) / FILE
    lines = "".join(f"{json.dumps(pair)}\n" for pair in pages)
    with file.open("ab") as out:
        out.write(f"\n{lines}".encode("ascii"))  # the first line break ends a line that was cut off
        out.flush()
        os.fsync(out.fileno())


def noted(root: Path) -> Iterator[tuple[str, str]]:
    """The noted pairs whose files both exist, in order and once each."""
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
