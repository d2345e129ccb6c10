"""Whether a source says what a page says already, but for the frame of its page: told, and added all the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dossierkit.store.text_likeness import Paragraphs, body_of, marks_of, paragraphs_of, shares
from dossierkit.workflow.adding.preparing import Prepared

_SAME = 0.95
_MOSTLY = 0.6


class Texts:
    """Those of pages: of which there are some with which longest paragraphs, and in memory those that this command has yet to write."""

    def __init__(self, root: Path, marks: Mapping[int, str]) -> None:
        self._root, self._marks = root, dict(marks)
        self._coming: dict[str, Paragraphs] = {}

    def take(self, one: Prepared) -> str:
        """Add the text of a source; a note where a page that is there, or was taken before, has the same or a part of it."""
        text = paragraphs_of(body_of(one.written[one.page].decode("utf-8", "replace")))
        marks = marks_of(text)
        pages = dict.fromkeys(self._marks[mark] for mark in marks if mark in self._marks)
        found = [(*shares(text, other), page) for page in pages if (other := self._of(page))]
        best = max(found, key=lambda each: (each[0] + each[1], each[2]), default=None)
        self._coming[one.page] = text
        for mark in marks:
            self._marks.setdefault(mark, one.page)
        return _told(*best) if best else ""

    def _of(self, page: str) -> Paragraphs | None:
        if page in self._coming:
            return self._coming[page]
        file = self._root / page
        return (
            paragraphs_of(body_of(file.read_text(encoding="utf-8", errors="replace")))
            if file.is_file()
            else None
        )


def _told(here: float, there: float, page: str) -> str:
    """What is said of a source of whose text that part stands in a page, and that part of the page's in it."""
    if min(here, there) >= _SAME:
        return f"it has the same text as {page}: keep one of the two, or say in both which is which"
    if here >= _SAME:
        return f"all its text stands in {page} too, which says more: keep that one, or say in both which is which"
    if there >= _SAME:
        return f"it has all the text of {page}, and more: keep one of the two, or say in both which is which"
    if min(here, there) >= _MOSTLY:
        return f"it has {here:.0%} of its text in common with {page}: keep one of the two, or say in both which is which"
    return ""
