"""The pixels of raster pictures, without anything else that a file may contain."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from dossierkit.store.media import raster

if TYPE_CHECKING:
    from PIL import Image

_KEPT = ("transparency", "duration", "loop", "disposal", "background")
"""The additional data of a picture that changes how it looks."""
SAVED: Mapping[str, Mapping[str, Any]] = {
    "JPEG": {"quality": 85, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85, "method": 4},
    "GIF": {},
    "AVIF": {"quality": 75, "speed": 6},
}
"""Options of Pillow, by format."""


def plain(picture: Image.Image) -> bytes:
    """The picture in its own format, upright and without metadata."""
    format_ = str(picture.format)
    if made := as_it_is(picture):
        return made
    upright_ = upright(picture)
    if format_ == "JPEG" and upright_.mode not in {"RGB", "L"}:
        upright_ = upright_.convert("RGB")
    return written(lambda out: upright_.save(out, format_, **SAVED[format_]))


def upright(picture: Image.Image) -> Image.Image:
    """The first frame, upright and in sRGB, without metadata."""
    from PIL import ImageOps  # noqa: PLC0415 -- heavy

    coloured = _srgb(ImageOps.exif_transpose(picture))
    see_through = coloured.mode in {"RGBA", "LA", "PA"} or "transparency" in coloured.info
    mode = "RGBA" if see_through else "L" if coloured.mode in {"L", "1"} else "RGB"
    plain = coloured.convert(mode)
    plain.info = {}
    return plain


def _srgb(picture: Image.Image) -> Image.Image:
    """The picture converted to sRGB, if it has a colour profile."""
    from PIL import ImageCms  # noqa: PLC0415 -- heavy

    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA", "L", "CMYK"}:
        return picture
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):  # an unusable profile
        return picture
    return converted or picture


def as_it_is(picture: Image.Image) -> bytes | None:
    """The picture with its own pixels, palette or frames; None if it must be rotated or its colours converted."""
    format_, options = str(picture.format), dict(SAVED[str(picture.format)])
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
    return written(lambda out: picture.save(out, format_, comment=b"", exif=b"", **options))


def written(save: Callable[[io.BytesIO], None]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()
