"""A repository with media, and files that do harm: each is made here, by the libraries that cameras and attackers use too."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms
from PIL.TiffImagePlugin import IFDRational

GPS = {
    1: "N",
    2: (IFDRational(36), IFDRational(12), IFDRational(9)),
    3: "E",
    4: (IFDRational(37), IFDRational(9), IFDRational(40)),
}
SECRET = b"Serial-4711-Qz"
"""Stands in every kind of addition that a picture can have."""


def picture(width=1200, height=800, mode="RGB"):
    """One that is red at the top left, so that it can be told which way is up."""
    made = Image.new(mode, (width, height), "#3a5f7d")
    made.paste("#c02020", (0, 0, width // 4, height // 4))
    return made


def photograph(format_="JPEG", orientation=6, **size):
    """As a telephone makes it: turned, with place, serial number, owner, XMP, profile and comment."""
    made = picture(**size)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F], exif[0x013B] = SECRET.decode(), SECRET.decode()
    exif.get_ifd(0x8825).update(GPS)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
    options = {"exif": exif.tobytes(), "icc_profile": profile}
    if format_ in {"JPEG", "WEBP"}:
        options["xmp"] = xmp
    if format_ == "JPEG":
        options["comment"] = SECRET
    if format_ == "AVIF":
        options["xmp"] = xmp
    out = io.BytesIO()
    made.save(out, format_, **options)
    return out.getvalue() + (SECRET if format_ == "JPEG" else b"")


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width=60_000, height=60_000):
    """A few kilobytes of PNG that unfold to gigabytes."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = zlib.compress(b"\0" * (width // 8 + 1) * 40)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


@pytest.fixture
def media(repository):
    """`media(path, data)` writes a file below content/."""

    def write(path, data):
        target = repository.content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return target

    return write
