"""Run PDFium in a child process, with limits on time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from dossierkit.ingest.formats import required
from dossierkit.ingest.refusal import RefusedError

MOST_SECONDS = 120
_REFUSED = {
    "encrypted": "is encrypted: save it without a password",
    "damaged": "is not a PDF that can be read: it is damaged or cut off; get it again",
    "memory": "needs more memory than a document should: print it to a new PDF and add that",
}


def asked(what: dict[str, Any], data: bytes, seconds: float = MOST_SECONDS) -> dict[str, Any]:
    """The answer of `facsimile_child` to a request about a PDF. Raises RefusedError."""
    required("pypdfium2", "pdf")
    found = run(
        "dossierkit.ingest.pdf.facsimile_child", json.dumps(what).encode("ascii") + b"\n" + data, seconds
    )
    refuse(found)
    return found


def opened(data: bytes) -> dict[str, Any]:
    """The contents of a PDF, from the child process. Raises RefusedError."""
    required("pypdfium2", "pdf")
    found = run("dossierkit.ingest.pdf.child", data, MOST_SECONDS)
    refuse(found)
    return found


def refuse(found: dict[str, Any]) -> None:
    """Raise RefusedError if a child process refused the PDF."""
    refused = found.get("refused")
    if refused == "long":
        raise RefusedError(
            f"has {found['pages']:,} pages or more text than an article: split it into the parts that are cited"
        )
    if refused:
        raise RefusedError(_REFUSED.get(str(refused), _REFUSED["damaged"]))


def run(module: str, data: bytes, seconds: float) -> dict[str, Any]:
    """The JSON output of a module of this package, run on these bytes. Raises RefusedError."""
    command = [sys.executable, "-I", "-m", module] if sys.flags.isolated else [sys.executable, "-m", module]
    with subprocess.Popen(  # noqa: S603 -- a module of our own
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        try:
            out, _ = child.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise RefusedError(
                f"took more than {seconds:g} seconds to open: print it to a new PDF and add that"
            ) from None
        finally:
            child.kill()
    try:
        found = json.loads(out)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise RefusedError(
            "cannot be read: the library that reads PDF broke off on it; print it to a new PDF and add that"
        )
    return found
