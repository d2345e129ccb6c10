"""List a repository's files and links without opening any."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Literal

from dossierkit.store.inside import leads_aside, leads_out

Lead = Literal["", "inside", "out", "aside", "circle"]
"""Where a link leads: within the repository, out of it, from published files to others, or to a folder in which there are links
to folders again.
"""


@dataclass(frozen=True, slots=True)
class ScannedEntry:
    """`path`: from the root, with `/`. `name`: its last part. `folder`: whether it is one. `link`: its target, or "". `special`:
    whether it is a pipe, a socket or a device.
    """

    path: str
    name: str
    folder: bool
    link: Lead = ""
    special: bool = False


def scan(root: str, path: str, *, published: bool = False) -> Iterator[ScannedEntry]:
    """Everything at and below a path from the root, without following links. `root`: from `store.inside.real`.

    `published`: whether a build publishes what is in the folder. Names are as in the file system: invalid UTF-8 becomes lone
    surrogates.
    """
    place = os.path.join(root, *path.split("/"))  # noqa: PTH118 - many
    lead = partial(_lead, root=root, published=place if published else "")
    if os.path.lexists(place):
        folder = os.path.isdir(place)  # noqa: PTH112 - as above
        link: Lead = lead(place, folder=folder) if os.path.islink(place) else ""  # noqa: PTH114 - as above
        yield ScannedEntry(path, path.rpartition("/")[2], folder, link, not folder and _is_special(place))
        if folder and not link:
            yield from _below(place, path, lead)


def _below(place: str, path: str, lead: Callable[..., Lead]) -> Iterator[ScannedEntry]:
    with suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            here = f"{path}/{entry.name}"
            folder, link = entry.is_dir(), entry.is_symlink()
            special = not folder and not entry.is_file() and _is_special(entry.path)
            lead_to = lead(entry.path, folder=folder) if link else ""
            yield ScannedEntry(here, entry.name, folder, lead_to, special)
            if folder and not link:
                yield from _below(entry.path, here, lead)


def _is_special(place: str) -> bool:
    """Whether something is there, and neither a file nor a folder."""
    return os.path.exists(place) and not os.path.isfile(place) and not os.path.isdir(place)  # noqa: PTH110, PTH112, PTH113 - many


def _lead(place: str, *, root: str, published: str, folder: bool) -> Lead:
    if leads_out(place, root):
        return "out"
    if published and (place == published or leads_aside(place, published)):
        return "aside"
    return "circle" if folder and _links_to_folders(os.path.realpath(place)) else "inside"


def _links_to_folders(place: str) -> bool:
    """Whether a folder, or one inside it, contains a link to a folder."""
    with suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            if entry.is_dir() and (entry.is_symlink() or _links_to_folders(entry.path)):
                return True
    return False
