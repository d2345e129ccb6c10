"""Whether a source says what a page says already, but for the frame of its page: told, and added all the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dossierkit.store.text_likeness import body_of, marks_of, share
from dossierkit.workflow.adding.preparing import Prepared

_SAME = 0.95
_MOSTLY = 0.6


def alike(root: Path, one: Prepared, texts: Mapping[int, str]) -> tuple[str, list[int]]:
    """A note where a page has the text of a source, and the marks of its text. `texts`: pages by marks."""
    body = body_of(one.written[one.page].decode("utf-8", "replace"))
    marks = marks_of(body)
    page = next((texts[mark] for mark in marks if mark in texts), "")
    if not page:
        return "", marks
    file = root / page
    part = share(body, body_of(file.read_text(encoding="utf-8", errors="replace"))) if file.is_file() else 1.0
    if part < _MOSTLY:
        return "", marks
    what = "the same text as" if part >= _SAME else f"{part:.0%} of its text in common with"
    return f"it has {what} {page}: keep one of the two, or say in both which is which", marks
