"""The wheel from which a new repository installs Dossierkit: its name, its bytes, and its dependencies with hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import click

from dossierkit import __version__

NAME = f"dossierkit-{__version__}-py3-none-any.whl"
_WITHOUT = """
# The hash of this wheel is missing, and pip refuses it until it is there. Put the wheel into wheels/, run
#   python -m pip hash wheels/*.whl
# and write the --hash=... that it prints behind the line above."""


def read_wheel(file: Path) -> bytes:
    """The bytes of the named wheel. Raises click.UsageError and OSError."""
    if file.name != NAME:
        raise click.UsageError(
            f"{file} is not {NAME}: name the wheel of this version, or run `init` of the wheel's"
        )
    return file.read_bytes()


def installed() -> bytes | None:
    """The bytes of the wheel that this Dossierkit was installed from; None if it was installed from elsewhere, or the wheel is
    gone or changed.

    pip records the origin: https://packaging.python.org/en/latest/specifications/direct-url/.
    """
    origin = _origin()
    address = urlsplit(str(origin.get("url", "")))
    file = Path(url2pathname(address.path))
    if address.scheme != "file" or file.name != NAME or not file.is_file():
        return None
    data, archive = file.read_bytes(), origin.get("archive_info") or {}
    expected = (archive.get("hashes") or {}).get("sha256") or archive.get("hash", "").removeprefix("sha256=")
    return data if expected == hashlib.sha256(data).hexdigest() else None


def _origin() -> Mapping[str, Any]:
    try:
        text = distribution("dossierkit").read_text("direct_url.json")
    except PackageNotFoundError:
        return {}
    found = json.loads(text or "{}")
    return found if isinstance(found, dict) else {}


def requirement(data: bytes | None) -> str:
    """The line of requirements.txt that installs the wheel, with its hash, or a comment on how to get the hash."""
    line = f"./wheels/{NAME}"
    return f"{line}{_WITHOUT}" if data is None else f"{line} --hash=sha256:{hashlib.sha256(data).hexdigest()}"


def locked() -> str:
    """Dossierkit's dependencies, with versions and hashes, in the form that pip reads."""
    return (files("dossierkit") / "data" / "locked.txt").read_text(encoding="utf-8")
