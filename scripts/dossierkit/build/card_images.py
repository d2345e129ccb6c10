"""Renders the SVG of cards (pictures for shared links) to PNG; cached by content and by version of the renderer."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from functools import cache, partial
from importlib.resources import as_file, files
from pathlib import Path

from dossierkit.cache import files as kept
from dossierkit.model.plain import digest, digest_of
from dossierkit.site.interface import Unit, Written
from dossierkit.store.state import working_folder

_FONTS = files("dossierkit") / "data" / "cards"
_WEIGHTS = ("dossier-card-400.ttf", "dossier-card-600.ttf")


def cards(composed: Mapping[str, Callable[[], str]], root: Path) -> Written:
    """The units that write the cards. `composed`: a function for the SVG of each, by path on the site. `root`: the repository.

    Cached pictures of other paths are removed.
    """
    folder = working_folder(root) / "cards"
    if composed:
        keep_only(folder, composed)
    units = (Unit((path,), partial(_files, folder, path, compose)) for path, compose in composed.items())
    return Written(tuple(units))


def draw_ahead(composed: Mapping[str, Callable[[], str]], root: Path) -> None:
    """Put the cards into the cache, where the units of `cards` find them."""
    folder = working_folder(root) / "cards"
    for path, compose in composed.items():
        picture(folder, path, compose())


def picture(folder: Path, path: str, svg: str) -> bytes:
    """The card at a path as PNG, from the cache if it was drawn from the same SVG."""
    file, head = folder / digest_of(path), f"dossierkit card {digest_of(f'{_drawer()} {svg}')}\n".encode()
    with suppress(OSError, kept.ForeignFileError):
        return bytes(kept.read(file, head))
    png = _draw(svg)
    with suppress(OSError):  # without a cache it is drawn the next time too
        kept.write(file, head, png)
    return png


def keep_only(folder: Path, paths: Collection[str]) -> None:
    """Remove cached pictures of other paths."""
    names = set(map(digest_of, paths))
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208 - a look at every build
            if name not in names:
                (folder / name).unlink(missing_ok=True)


def _files(folder: Path, path: str, compose: Callable[[], str]) -> Iterable[tuple[str, bytes]]:
    yield path, picture(folder, path, compose())


def _draw(svg: str) -> bytes:
    import resvg_py  # noqa: PLC0415 -- heavy

    with as_file(_FONTS) as shipped:
        fonts = [str(shipped / name) for name in _WEIGHTS]
        return resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts)


@cache
def _drawer() -> str:
    """Versions of what a card's pixels depend on beside its SVG: the renderer and the fonts."""
    import resvg_py  # noqa: PLC0415 -- heavy

    fonts = (digest((_FONTS / name).read_bytes()) for name in _WEIGHTS)
    return " ".join((resvg_py.__version__, *fonts))
