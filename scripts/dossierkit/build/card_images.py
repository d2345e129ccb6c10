"""SVG -> PNG for the cards of pages: drawn once, kept in the cache folder by what they show, and by what draws them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from importlib.resources import as_file, files
from pathlib import Path

from dossierkit.store.state import working_folder

_FONTS = files("dossierkit") / "data" / "cards"
_WEIGHTS = ("dossier-card-400.ttf", "dossier-card-600.ttf")


def kept(root: Path) -> Path:
    """The folder for the cards of the repository at `root`."""
    return working_folder(root) / "cards"


def pictures(cards: Mapping[str, str], folder: Path) -> dict[str, Path]:
    """The file of each card by its path on the site; `folder` is where they lie, and none that is not used."""
    if not cards:
        return {}
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {folder / f"{_digest(svg)}.png": svg for svg in cards.values()}
    missing = {file: svg for file, svg in wanted.items() if not file.is_file()}
    with as_file(_FONTS) as shipped, ThreadPoolExecutor() as pool:
        fonts = [str(shipped / name) for name in _WEIGHTS]
        for file, png in zip(missing, pool.map(partial(_draw, fonts), missing.values()), strict=True):
            _put(file, png)
    for file in folder.glob("*.png"):
        if file not in wanted:
            file.unlink(missing_ok=True)
    return {path: folder / f"{_digest(svg)}.png" for path, svg in cards.items()}


def _draw(fonts: list[str], svg: str) -> bytes:
    import resvg_py  # noqa: PLC0415 -- heavy

    return resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts)


def _put(file: Path, png: bytes) -> None:
    """Written beside its place first, so that a build that is stopped leaves no half of a picture."""
    part = file.with_suffix(".part")
    part.write_bytes(png)
    part.replace(file)


def _digest(svg: str) -> str:
    return hashlib.sha256(f"{_drawer()}\n{svg}".encode()).hexdigest()[:32]


@cache
def _drawer() -> str:
    """What the same SVG could look different with: the renderer and the fonts."""
    import resvg_py  # noqa: PLC0415 -- heavy

    fonts = (hashlib.sha256((_FONTS / name).read_bytes()).hexdigest() for name in _WEIGHTS)
    return " ".join((resvg_py.__version__, *fonts))
