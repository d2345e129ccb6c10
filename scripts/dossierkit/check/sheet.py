"""A page as rules see it: its model, its YAML nodes and, for articles, its text with evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from dossierkit.check.codes import severity
from dossierkit.check.report import Checked, Finding
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import ArticlePage
from dossierkit.model.record import Record
from dossierkit.store.edit_nodes import EditedPage, EditError, Path, values
from dossierkit.store.frontmatter import position


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """A page of any kind (`kind`: articles | entities | dossiers, the keys of the schema)."""

    path: str
    kind: str
    source: EditedPage
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def origin(self) -> Mapping[str, Any]:
        """What the page says of its source, under `source`; empty if that is no mapping."""
        note = self.values.get("source")
        return note if isinstance(note, dict) else {}


@dataclass(frozen=True, slots=True)
class CheckedArticle:
    """`text`: as readers read it (`evidence.layer.Layer`). `records`: those that the page names and that are not withdrawn."""

    sheet: CheckedPage
    page: ArticlePage
    evidence: Evidence
    records: Mapping[str, Record]

    @property
    def text(self) -> str:
        return self.evidence.layer.text

    def in_body(self, start: int, end: int) -> int:
        """Offset in the page's Markdown of the words at `text[start:end]`; 0 if they are written differently there."""
        words, at = self.text[start:end], -1
        for _ in range(self.text.count(words, 0, start) + 1):
            at = self.page.body.find(words, at + 1)
            if at < 0:
                return 0
        return at


def sheet(path: str, kind: str, source: EditedPage) -> CheckedPage:
    """Open a page. Raises DiagnosticsError (D102) if its front matter is nested too deeply."""
    try:
        return CheckedPage(path, kind, source, values(source.root))
    except RecursionError:
        message = "the front matter is nested too deeply to be read: flatten it"
        raise DiagnosticsError([Diagnostic(path, 2, 1, "D102", message)]) from None


def placed(finding: Finding, page: CheckedPage) -> Checked:
    """The finding with its line and column (from 1)."""
    line, col = _position(finding, page)
    problem = Diagnostic(page.path, line, col, finding.code, finding.message, severity(finding.code))
    return Checked(problem, finding.fix)


def _position(finding: Finding, page: CheckedPage) -> tuple[int, int]:
    if finding.offset >= 0:
        return body_position(page.source, finding.offset)
    return node_position(page.source, finding.at, on_key=finding.on_key) if finding.at else (1, 1)


def body_position(source: EditedPage, offset: int) -> tuple[int, int]:
    """Line and column of a place in the body."""
    first = source.text.count("\n") - source.body.count("\n") + 1
    before = source.body[:offset]
    return first + before.count("\n"), len(before) - (before.rfind("\n") + 1) + 1


def node_position(source: EditedPage, path: Path, *, on_key: bool = False) -> tuple[int, int]:
    """Line and column of the node at a path, or of its nearest existing ancestor."""
    while path:
        node = _key(source, path) if on_key and isinstance(path[-1], str) else source.node(path)
        if node is not None:
            return position(node)
        path = path[:-1]
    return 1, 1


def _key(source: EditedPage, path: Path) -> yaml.Node | None:
    try:
        return source.key(path)
    except EditError:
        return None
