"""Files that changed and are no page, proposal or decision: named, not compared, so that a reviewer knows of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from dossierkit.store.decisions import PATH as DECISIONS
from dossierkit.store.imported import IMPORTED
from dossierkit.store.page_parser import READERS
from dossierkit.store.seeds import SUGGESTED

SEEDS = "seeds/"
PACKS = "seeds/packs/"
_BESIDE = (".yml", ".tsr")
"""Endings of what is beside sources: notes, proposals, memories of imports, time stamps."""


@dataclass(frozen=True, slots=True)
class OtherFiles:
    """`settings`: outside of content/ and seeds/, where files are that change every page or run programs. `content`: the rest.
    `sources`: those of `content` that are sources which the base has, and which nobody edits.
    """

    settings: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


NONE = OtherFiles()


def others(changed: Iterable[str], new: Collection[str], docs: str) -> OtherFiles:
    """Of the paths that changed, those that a comparison of pages does not read. `docs`: the folder of pages; `new`: paths that
    the base lacks. Sources that were added, with their notes, are left out: the pages made from them are compared.
    """
    added = {_stem(path) for path in new if path.startswith(SEEDS) and not path.endswith(".yml")}
    left = [path for path in changed if not _is_compared(path, docs)]
    inside = (f"{docs}/", SEEDS)
    return OtherFiles(
        tuple(path for path in left if not path.startswith(inside)),
        tuple(path for path in left if path.startswith(inside) and not _is_added(path, new, added)),
        tuple(path for path in left if path not in new and _is_source(path)),
    )


def _is_source(path: str) -> bool:
    """Whether a file may be a source: not a note beside one, a pack, or the memory of an import."""
    return path.startswith(SEEDS) and not path.startswith(PACKS) and not path.endswith(_BESIDE)


def _is_added(path: str, new: Collection[str], added: Collection[str]) -> bool:
    """Whether it is a new source, the notes beside one, or the memory of an import. A pack is none: its names are recognised in
    every article.
    """
    is_source = path.startswith(SEEDS) and not path.startswith(PACKS) and _stem(path) in added
    return path in new and (is_source or path.endswith(IMPORTED))


def _stem(path: str) -> str:
    return str(PurePosixPath(path).with_suffix(""))


def _is_compared(path: str, docs: str) -> bool:
    if path.startswith(SEEDS):
        return path.endswith(SUGGESTED) or path == DECISIONS
    kind, _, rest = path.removeprefix(f"{docs}/").partition("/")
    return path.startswith(f"{docs}/") and kind in READERS and rest.endswith(".md") and rest != "index.md"
