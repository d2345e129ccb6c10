"""Raster pictures: opened within limits, and examined."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from struct import unpack_from
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from dossierkit.store.media import kinds

if TYPE_CHECKING:
    from PIL import Image

_TURNED = frozenset({5, 6, 7, 8})
"""Values of EXIF's orientation that exchange width and height."""
ORIENTATION = 0x0112
_SEE_THROUGH = frozenset({"RGBA", "LA", "PA"})
_HEADER = 32
"""The bytes of a file that are enough to read its size."""


class RasterError(Exception):
    """A picture is refused. `code`: of the problem; the message says what was found and what was expected."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Raster(NamedTuple):
    """`width` and `height` of the upright picture. `moving`: whether it has several frames."""

    width: int
    height: int
    see_through: bool
    moving: bool


def examine(file: Path) -> Raster:
    """Examine a picture. It is decoded once, so that damage is found. Raises RasterError."""
    with opened(file) as picture:
        turned = picture.getexif().get(ORIENTATION) in _TURNED
        width, height = picture.size[::-1] if turned else picture.size
        see_through = picture.mode in _SEE_THROUGH or "transparency" in picture.info
        return Raster(width, height, see_through, getattr(picture, "n_frames", 1) > 1)


@contextmanager
def opened(file: Path) -> Iterator[Image.Image]:
    """The picture, with its first frame decoded. Raises RasterError if it is too large, damaged, or not what its name says."""
    with file.open("rb") as source, decoded(source, file.name) as picture:
        yield picture


@contextmanager
def decoded(source: BinaryIO, name: str) -> Iterator[Image.Image]:
    """The same from the bytes of a file. `name`: with the ending of its kind. Raises RasterError."""
    from PIL import Image  # noqa: PLC0415 -- heavy

    wanted = kinds.picture_format(name)
    if size := _announced(source.read(_HEADER)):
        _bounded(*size)
    source.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # warnings about large pictures, which are refused below
        try:
            picture = Image.open(source, formats=(wanted,))
            _bounded(*picture.size, getattr(picture, "n_frames", 1))
            picture.load()
        except RasterError:
            raise
        except Exception as error:  # noqa: BLE001 - any error of a decoder
            raise RasterError("D853", _broken(wanted, error)) from None
        yield picture


def _broken(wanted: str, error: Exception) -> str:
    from PIL import UnidentifiedImageError  # noqa: PLC0415 -- heavy

    if isinstance(error, UnidentifiedImageError):
        return f"this is no {wanted} picture, as its name says: save it again, and name it by its kind"
    return (
        f"this {wanted} picture cannot be decoded ({type(error).__name__}): save it again from the original"
    )


def _bounded(width: int, height: int, frames: int = 1) -> None:
    """Raises RasterError for a picture that is too large."""
    most, side = kinds.limit("pixels"), kinds.limit("side")
    if width * height > most or max(width, height) > side or width * height * frames > kinds.limit("frames"):
        size = f"{width} × {height} pixels" + (f" in {frames} frames" if frames > 1 else "")
        message = (
            f"this picture has {size}: expected at most {most:,} in all and {side:,} to a side; scale it down"
        )
        raise RasterError("D854", message)


def _announced(data: bytes) -> tuple[int, int] | None:
    """Width and height from the first bytes, before any library allocates memory for the picture.

    PNG: ISO/IEC 15948, 11.2.2. GIF89a, section 18. WebP: RFC 9649, 2.5 to 2.7. None for JPEG and AVIF, whose size is later in
    the file: libraries read it before they allocate memory.
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = unpack_from(">II", data, 16)
        return width, height
    if data[:6] in {b"GIF87a", b"GIF89a"} and len(data) >= 10:
        width, height = unpack_from("<HH", data, 6)
        return width, height
    return _webp(data) if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) >= 30 else None


def _webp(data: bytes) -> tuple[int, int] | None:
    match data[12:16]:
        case b"VP8 ":
            width, height = unpack_from("<HH", data, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            (bits,) = unpack_from("<I", data, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return None
