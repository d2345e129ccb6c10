"""Pictures inside drawings: addresses that start with `data:`."""

from __future__ import annotations

import base64
import binascii
import io
import re

from dossierkit.store.media import pixels, raster

_PICTURE = re.compile(r"\s*data:image/(png|jpeg|webp|gif);base64,", re.IGNORECASE)
_WHITE = re.compile(r"\s+")


class EmbeddedError(Exception):
    """The picture is too large, damaged, or written in a way that cannot be cleaned; the message says which."""


def cleaned(address: str) -> str:
    """The address of the same picture, upright and without metadata. Raises EmbeddedError."""
    found = _PICTURE.match(address)
    if not found:
        raise EmbeddedError("the picture inside it is not written as `data:image/png;base64,` or the like")
    kind = found[1].lower()
    try:
        data = base64.b64decode(_WHITE.sub("", address[found.end() :]), validate=True)
    except (binascii.Error, ValueError):
        raise EmbeddedError("the picture inside it is not written in base64") from None
    try:
        with raster.decoded(io.BytesIO(data), f"picture.{kind}") as picture:
            made = pixels.plain(picture)
    except raster.RasterError as error:
        raise EmbeddedError(f"of the picture inside it: {error}") from None
    return f"data:image/{kind};base64,{base64.b64encode(made).decode('ascii')}"
