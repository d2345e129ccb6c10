"""Published pictures: pixels without metadata, in the sizes that pages offer.

What a file says beside them stays behind: EXIF with its places and serial numbers, XMP, IPTC, comments, previews, colour
profiles (the colours are converted to sRGB), and what cameras hang behind the picture. Which way is up is made so.
Each is kept in the cache folder by the digest of its original and by what made it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dossierkit.cache.files import whole
from dossierkit.model.media import FOLDER, MediaFile, MediaSize
from dossierkit.model.plain import digest
from dossierkit.store.media import kinds, raster
from dossierkit.store.state import working_folder

if TYPE_CHECKING:
    from PIL import Image

_KEPT = ("transparency", "duration", "loop", "disposal", "background")
"""What of a picture's additions makes it look as it does."""
_WEBP: Mapping[str, Any] = {"quality": 80, "method": 4}
_SAVED: Mapping[str, Mapping[str, Any]] = {
    "JPEG": {"quality": 85, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85, "method": 4},
    "GIF": {},
    "AVIF": {"quality": 75, "speed": 6},
}
_WORKERS = 2
"""Each holds a whole picture in memory."""


class _WantedPicture(NamedTuple):
    """A file to be made: its path on the site, its original, and the size, None for that of the original."""

    path: str
    original: MediaFile
    size: MediaSize | None


def kept(root: Path) -> Path:
    """The folder of cached pictures of the repository at `root`."""
    return working_folder(root) / "pictures"


def prepared(media: Mapping[str, MediaFile], docs: Path, folder: Path) -> dict[str, Path]:
    """The file of each picture by its path on the site; `folder` is where they lie, and none that is not used."""
    wanted = {one.path: (folder / _name(one), one) for file in media.values() for one in _wanted(file)}
    if not wanted and not folder.is_dir():
        return {}
    folder.mkdir(parents=True, exist_ok=True)
    missing: dict[str, list[tuple[Path, _WantedPicture]]] = {}
    for file, one in dict(wanted.values()).items():  # two originals can be one picture
        if not file.is_file():
            missing.setdefault(one.original.path, []).append((file, one))
    with ThreadPoolExecutor(_WORKERS) as pool:
        list(pool.map(lambda item: _make(docs / item[0], item[1]), sorted(missing.items())))
    _clear(folder, {file for file, _ in wanted.values()})
    return {path: file for path, (file, _) in wanted.items()}


def left_out(paths: Iterable[str], media: Mapping[str, MediaFile]) -> frozenset[str]:
    """Of the paths below content/ those of media that no page shows to readers."""
    own = (path for path in paths if path.startswith(FOLDER) and not path.endswith(".md"))
    return frozenset(path for path in own if path not in media)


def _wanted(file: MediaFile) -> Iterator[_WantedPicture]:
    if file.kind == "picture":
        yield _WantedPicture(file.path, file, None)
        for size in (*file.sizes, *([file.fallback] if file.fallback else [])):
            yield _WantedPicture(size.path, file, size)


def _make(original: Path, wanted: list[tuple[Path, _WantedPicture]]) -> None:
    """All files of one picture, which is decoded once."""
    with raster.opened(original) as picture:
        plain = _upright(picture)
        for file, one in wanted:
            data = (_as_it_is(picture) if one.size is None else None) or _saved(plain, one)
            with whole(file) as part:
                part.write(data)


def _saved(plain: Image.Image, one: _WantedPicture) -> bytes:
    from PIL import Image  # noqa: PLC0415 -- heavy

    format_ = kinds.picture_format(one.path)
    picture = plain
    if one.size is not None and (one.size.width, one.size.height) != plain.size:
        picture = plain.resize((one.size.width, one.size.height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    options = _WEBP if one.size is not None and format_ == "WEBP" else _SAVED[format_]
    if format_ == "JPEG" and picture.mode not in {"RGB", "L"}:
        picture = picture.convert("RGB")
    return _bytes(lambda out: picture.save(out, format_, **options))


def _upright(picture: Image.Image) -> Image.Image:
    """The first frame, the right way up, in sRGB, without anything beside its pixels."""
    from PIL import ImageOps  # noqa: PLC0415 -- heavy

    coloured = _srgb(ImageOps.exif_transpose(picture))
    see_through = coloured.mode in {"RGBA", "LA", "PA"} or "transparency" in coloured.info
    mode = "RGBA" if see_through else "L" if coloured.mode in {"L", "1"} else "RGB"
    plain = coloured.convert(mode)
    plain.info = {}
    return plain


def _srgb(picture: Image.Image) -> Image.Image:
    """With its colours as sRGB has them, where it says what they are."""
    from PIL import ImageCms  # noqa: PLC0415 -- heavy

    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA", "L", "CMYK"}:
        return picture
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):  # a profile that says nothing
        return picture
    return converted or picture


def _as_it_is(picture: Image.Image) -> bytes | None:
    """With its own pixels, palette or frames; None where it must be turned or its colours changed."""
    format_, options = str(picture.format), dict(_SAVED[str(picture.format)])
    turned = picture.getexif().get(raster.ORIENTATION, 1) != 1
    if getattr(picture, "n_frames", 1) > 1:
        options = {"save_all": True}
        picture.seek(0)
    elif turned or picture.info.get("icc_profile"):
        return None
    elif format_ == "JPEG" and picture.mode in {"L", "RGB"}:
        options["quality"] = "keep"
    elif format_ not in {"PNG", "GIF"}:
        return None
    picture.info = {name: picture.info[name] for name in _KEPT if name in picture.info}
    return _bytes(lambda out: picture.save(out, format_, comment=b"", exif=b"", **options))


def _bytes(save: Callable[[io.BytesIO], None]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def _clear(folder: Path, used: set[Path]) -> None:
    for file in folder.iterdir():
        if file not in used:
            file.unlink(missing_ok=True)


def _name(one: _WantedPicture) -> str:
    size = f"{one.size.width}x{one.size.height}" if one.size else "whole"
    ending = kinds.ending(one.path)
    inputs = f"{_maker()} {one.original.digest} {size} {ending} {one.size is None}"
    return f"{digest(inputs.encode())}.{ending}"


@cache
def _maker() -> str:
    """What the same original could come out different with: the libraries, and how they are told to save."""
    from PIL import __version__, features  # noqa: PLC0415 -- heavy

    names = ("jpg", "zlib", "webp", "avif", "littlecms2")
    versions = (f"{name} {features.version(name)}" for name in names)
    own = (digest(Path(file).read_bytes()) for file in (__file__, raster.__file__))
    return " ".join((__version__, *versions, *own))
