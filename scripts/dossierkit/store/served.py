"""Which files of docs_dir are copied to the site: those of listed kinds, and no others; and what programs leave beside files."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase, translate
from functools import cache
from typing import Literal

from dossierkit.store.inside import leads_aside, leads_out
from dossierkit.store.schema import KINDS
from dossierkit.text.data import load

Reason = Literal["", "hidden", "leftover", "page", "kind"]
"""Why a file is not copied to the site: its name or a folder's begins with a dot, a program left it behind, it is a page that
only Dossierkit may make, or its kind is not listed. Empty for a file that is copied.
"""


@dataclass(frozen=True, slots=True)
class Served:
    """`patterns`: the site's own additions (`extra.dossier.files`), for names or paths below docs_dir."""

    patterns: tuple[str, ...] = ()

    def reason(self, path: str) -> Reason:
        """Why the file at a path below docs_dir is left out; empty if it is copied, or is a page of the engine's own."""
        parts = path.split("/")
        if any(part.startswith(".") for part in parts):
            return "hidden"
        if leftover(parts[-1]):
            return "leftover"
        ending = _ending(parts[-1])
        if ending in _listed("markdown"):
            return "" if _markdown(parts) else "page"
        return "" if self._kind(path, parts[-1], ending) else "kind"

    def markdown(self, path: str) -> bool:
        """Whether an engine could make a page of the file."""
        return _ending(path.rpartition("/")[2]) in _listed("markdown")

    def _kind(self, path: str, name: str, ending: str) -> bool:
        if ending in _listed("endings") or name in _listed("names"):
            return True
        return any(fnmatchcase(one, pattern) for pattern in self.patterns for one in (name, path))

    def theme(self, path: str) -> bool:
        """Whether an engine may get the file at a path below the site's own theme folder."""
        parts = path.split("/")
        if leftover(parts[-1]) or any(part.startswith(".") for part in parts):
            return False
        return self._kind(path, parts[-1], _ending(parts[-1])) or _ending(parts[-1]) in _listed("theme")


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _markdown(parts: list[str]) -> bool:
    """Whether MkDocs makes a page of it, and may: below articles/, entities/ and dossiers/ only `.md` is read."""
    as_written = parts[-1].rpartition(".")[2]
    ours = len(parts) > 1 and parts[0] in KINDS
    return as_written == "md" if ours else as_written in _listed("markdown")


@cache
def _listed(name: str) -> Collection[str]:
    return frozenset(load("served")[name])


def regular(folder: str, root: str, path: str = "", *, docs: str = "", linked: bool = False) -> Iterator[str]:
    """The paths of all files below a folder, whose own path is `path`; links are followed within the repository at `root`.

    Of two nested links to folders, the second is not followed, since such links can form cycles. `linked`: whether the folder
    was reached through a link. `docs`: docs_dir, if the folder is in it: then links to files that are not published by
    themselves are left out too.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            link = entry.is_symlink()
            aside = link and (leads_aside(entry.path, docs) if docs else leads_out(entry.path, root))
            if aside or (link and linked and entry.is_dir()):
                continue
            if entry.is_dir():
                below = f"{path}{entry.name}/"
                yield from regular(entry.path, root, below, docs=docs, linked=linked or link)
            elif entry.is_file():
                yield f"{path}{entry.name}"


Kind = Literal["", "backup", "open", "system"]
_PLAIN = re.compile(r"[a-z0-9-]+(?:\.suggested)?\.(?:md|yml|txt|html)\Z")
_KINDS: tuple[Kind, ...] = ("system", "open", "backup")


def leftover(name: str) -> Kind:
    """The kind of a file by its name, from data/leftovers.yml; empty for all other files."""
    match = None if _PLAIN.match(name) else _pattern().match(name)  # most names
    return next(kind for kind in _KINDS if match[kind]) if match else ""


@cache
def _pattern() -> re.Pattern[str]:
    listed = load("leftovers")
    kinds = (f"(?P<{kind}>{'|'.join(map(translate, listed[kind]))})" for kind in _KINDS)
    return re.compile("|".join(kinds), re.IGNORECASE)
