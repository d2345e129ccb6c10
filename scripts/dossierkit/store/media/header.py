"""Width and height as the first bytes of a picture say them, before any library makes room for it.

PNG: ISO/IEC 15948, 11.2.2. GIF89a, section 18. WebP: RFC 9649, sections 2.5 to 2.7.
"""

from __future__ import annotations

from struct import unpack_from

LENGTH = 32
"""Bytes that are enough."""


def announced(data: bytes) -> tuple[int, int] | None:
    """None for JPEG and AVIF, whose size stands further behind: libraries read it before they make room."""
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
