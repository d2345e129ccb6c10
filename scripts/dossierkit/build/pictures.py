"""Makes the published pictures: pixels without metadata, in the sizes that pages offer.

Removed are EXIF (places, serial numbers), XMP, IPTC, comments, embedded previews, data after the end of the picture, and colour
profiles (colours are converted to sRGB). From drawings, what is not drawn is removed, and the same from pictures inside them. The orientation of EXIF is applied to the
pixels. Pictures are cached by the digest of the original and the versions of the libraries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dossierkit.cache.files import whole
from dossierkit.model.media import MediaFile, MediaSize
from dossierkit.model.plain import digest
from dossierkit.store.media import embedded, kinds, pixels, raster, svg

if TYPE_CHECKING:
    from PIL import Image

_WEBP: Mapping[str, Any] = {"quality": 75, "method": 6}
_WORKERS = 2
"""Threads; each has a whole picture in memory."""


class _WantedPicture(NamedTuple):
    """A file to be made: its path on the site, its original, and its size (None: that of the original)."""

    path: str
    original: MediaFile
    size: MediaSize | None


def published_pictures(media: Mapping[str, MediaFile], docs: Path, folder: Path) -> dict[str, Path]:
    """Make the pictures; returns the cached file of each by its path on the site. Unused files in `folder` are removed."""
    wanted = {
        picture.path: (folder / _name(picture), picture)
        for file in media.values()
        for picture in _wanted(file)
    }
    if not wanted and not folder.is_dir():
        return {}
    folder.mkdir(parents=True, exist_ok=True)
    missing: dict[str, list[tuple[Path, _WantedPicture]]] = {}
    for file, picture in dict(wanted.values()).items():  # two originals can be one picture
        if not file.is_file():
            missing.setdefault(picture.original.path, []).append((file, picture))
    with ThreadPoolExecutor(_WORKERS) as pool:
        list(pool.map(lambda item: _make(docs / item[0], item[1]), sorted(missing.items())))
    _clear(folder, {file for file, _ in wanted.values()})
    return {path: file for path, (file, _) in wanted.items()}


def _wanted(file: MediaFile) -> Iterator[_WantedPicture]:
    if file.kind in {"picture", "drawing"}:
        yield _WantedPicture(file.path, file, None)
        for size in (*file.sizes, *([file.fallback] if file.fallback else [])):
            yield _WantedPicture(size.path, file, size)


def _make(original: Path, wanted: list[tuple[Path, _WantedPicture]]) -> None:
    """Make all files of one picture, decoding it once."""
    if wanted[0][1].original.kind == "drawing":
        for file, _ in wanted:
            with whole(file) as part:
                part.write(svg.cleaned(original.read_bytes()))
        return
    with raster.opened(original) as picture:
        plain = pixels.upright(picture)
        for file, wanted_picture in wanted:
            data = (pixels.as_it_is(picture) if wanted_picture.size is None else None) or _saved(
                plain, wanted_picture
            )
            with whole(file) as part:
                part.write(data)


def _saved(plain: Image.Image, wanted_picture: _WantedPicture) -> bytes:
    from PIL import Image  # noqa: PLC0415 -- heavy

    format_ = kinds.picture_format(wanted_picture.path)
    picture = plain
    if (
        wanted_picture.size is not None
        and (wanted_picture.size.width, wanted_picture.size.height) != plain.size
    ):
        picture = plain.resize(
            (wanted_picture.size.width, wanted_picture.size.height),
            Image.Resampling.LANCZOS,
            reducing_gap=3.0,
        )
    options = _WEBP if wanted_picture.size is not None and format_ == "WEBP" else pixels.SAVED[format_]
    if format_ == "JPEG" and picture.mode not in {"RGB", "L"}:
        picture = picture.convert("RGB")
    return pixels.written(lambda out: picture.save(out, format_, **options))


def _clear(folder: Path, used: set[Path]) -> None:
    for file in folder.iterdir():
        if file not in used:
            file.unlink(missing_ok=True)


def _name(picture: _WantedPicture) -> str:
    size = f"{picture.size.width}x{picture.size.height}" if picture.size else "whole"
    ending = kinds.ending(picture.path)
    inputs = f"{_maker()} {picture.original.digest} {size} {ending} {picture.size is None}"
    return f"{digest(inputs.encode())}.{ending}"


@cache
def _maker() -> str:
    """Versions of what a picture's bytes depend on beside its original: the libraries and the modules."""
    from PIL import __version__, features  # noqa: PLC0415 -- heavy

    names = ("jpg", "zlib", "webp", "avif", "littlecms2")
    versions = (f"{name} {features.version(name)}" for name in names)
    modules = (raster.__file__, svg.__file__, pixels.__file__, embedded.__file__)
    own = (digest(Path(file).read_bytes()) for file in (__file__, *modules))
    return " ".join((__version__, *versions, *own))
