"""Files of the cache that are written as a whole: a reader sees the one before or the new one, and failing costs time only."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def replace_file(file: Path, data: bytes) -> None:
    """Have the file hold `data`; where it cannot be written, nothing happens."""
    temporary = file.with_name(f".{os.getpid()}.{file.name}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_bytes(data)
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)
