"""Cached facsimiles: positions of quotes on the pages of originals, and pictures of these pages.

Keyed by the original's SHA-256, the request, and the programs that made them. What reads PDFs is imported only for an article
that has some.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from dossierkit.cache import sealed
from dossierkit.cache.files import ForeignFileError
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.facsimile import Box, Facsimile, FacsimileMark, Facsimiles, Quoted, picture_path
from dossierkit.model.media import Original, named_digest
from dossierkit.store.state import working_folder

_HEAD = b"dossierkit facsimiles 1\n"


def located(
    root: Path, originals: Mapping[str, Original], asked: Mapping[str, Sequence[Quoted]]
) -> Facsimiles:
    """Facsimiles of articles. `originals`: PDFs by article id; `asked`: the quotes of each."""
    pages: dict[str, tuple[Facsimile, ...]] = {}
    missing: dict[str, tuple[tuple[str, str], ...]] = {}
    for id_, quotes in asked.items():
        if id_ in originals:
            pages[id_], missing[id_] = _of_article(root, id_, originals[id_], quotes)
    return Facsimiles(pages, missing)


def page_pictures(root: Path, wanted: Iterable[Facsimile]) -> dict[str, Path]:
    """The file of each picture by its path on the site. Raises RefusedError if a page cannot be drawn."""
    folder = working_folder(root) / "facsimiles"
    files = {facsimile.path: (folder / _picture_name(facsimile), facsimile) for facsimile in wanted}
    if not files and not folder.is_dir():
        return {}
    folder.mkdir(parents=True, exist_ok=True)
    by_seed: dict[str, list[tuple[Path, Facsimile]]] = {}
    for file, facsimile in files.values():
        if not file.is_file():
            by_seed.setdefault(facsimile.seed, []).append((file, facsimile))
    if by_seed:
        _draw(root, by_seed)
    used = {file for file, _ in files.values()}
    for file in folder.glob("*.webp"):
        if file not in used:
            file.unlink(missing_ok=True)
    return {path: file for path, (file, _) in files.items()}


def _draw(root: Path, by_seed: Mapping[str, Sequence[tuple[Path, Facsimile]]]) -> None:
    from dossierkit.cache import facsimile_pages  # noqa: PLC0415 - brings what reads PDFs

    for seed, missing in sorted(by_seed.items()):
        facsimile_pages.draw((root / seed).read_bytes(), missing)


def _of_article(
    root: Path, id_: str, original: Original, quotes: Sequence[Quoted]
) -> tuple[tuple[Facsimile, ...], tuple[tuple[str, str], ...]]:
    """The facsimiles of one article, and the entries on none; cached."""
    from dossierkit.cache import facsimile_pages  # noqa: PLC0415 - brings what reads PDFs

    digest = named_digest(original.path)
    name = hashlib.sha256(id_.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    file = working_folder(root) / "facsimiles" / f"{name}.json"
    question = f"{facsimile_pages.maker()}\n{digest}\n{json.dumps(quotes)}"
    head = _HEAD + hashlib.sha256(question.encode()).hexdigest().encode() + b"\n"
    with suppress(OSError, ForeignFileError):
        return _decoded(json.loads(bytes(sealed.read(file, head))), original.seed, digest)
    try:
        found = facsimile_pages.found(root, original, quotes)
    except RefusedError as error:  # not cached: missing programs can be installed
        return (), tuple((quote.id, f"{original.seed} {error}") for quote in quotes)
    with suppress(OSError):
        sealed.write(file, head, json.dumps(found).encode("ascii"))
    return _decoded(found, original.seed, digest)


def _decoded(
    found: Mapping[str, Any], seed: str, digest: str
) -> tuple[tuple[Facsimile, ...], tuple[tuple[str, str], ...]]:
    pages = tuple(_facsimile(int(number), page, seed, digest) for number, page in found["pages"].items())
    return pages, tuple((id_, reason) for id_, reason in found["missing"])


def _facsimile(number: int, page: Mapping[str, Any], seed: str, digest: str) -> Facsimile:
    width, height = page["size"]
    marks = (
        FacsimileMark(id_, tuple(Box(*box) for box in boxes), begins) for id_, boxes, begins in page["marks"]
    )
    return Facsimile(number, picture_path(digest, number), width, height, seed, tuple(marks))


def _picture_name(facsimile: Facsimile) -> str:
    from dossierkit.cache import facsimile_pages  # noqa: PLC0415 - brings what reads PDFs

    inputs = f"{facsimile_pages.maker()} {facsimile.path} {facsimile.width}x{facsimile.height}"
    return f"{hashlib.sha256(inputs.encode()).hexdigest()[:32]}.webp"
