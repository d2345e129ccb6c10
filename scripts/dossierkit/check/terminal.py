"""Reports for people: `file:line:col: CODE message`, with the source line below."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dossierkit.check.report import Report
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.text.printable import printable, signs

if TYPE_CHECKING:
    from rich.text import Text

_WIDTH = 110  # width of the excerpt of a source line
_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}


def plain_lines(report: Report) -> Iterator[str]:
    """Without colours, for files and pipes."""
    for checked in report.found:
        yield printable(str(checked.problem))
        yield from _shown(checked.problem, report)


def coloured(report: Report) -> Iterator[Text]:
    """With colours, for a terminal; source text is never interpreted as markup."""
    from rich.text import Text  # noqa: PLC0415 -- heavy

    for checked in report.found:
        problem = checked.problem
        line = Text()
        line.append(f"{printable(problem.path)}:{problem.line}:{problem.col}: ", style="bold")
        line.append(problem.code, style=_STYLES[problem.severity])
        line.append(f" {printable(problem.message)}")
        yield line
        for shown in _shown(problem, report):
            yield Text(shown, style="dim")


def _shown(problem: Diagnostic, report: Report) -> Iterator[str]:
    """The line, cut to the width around the column, and a mark below the column."""
    line = report.line(problem)
    if not line.strip() or problem.col < 1:
        return
    start = max(0, min(problem.col - 1 - _WIDTH // 3, len(line) - _WIDTH))
    cut = signs(line[start : start + _WIDTH].replace("\t", " "))
    before = "…" if start else ""
    after = "…" if start + _WIDTH < len(line) else ""
    yield f"    {before}{cut}{after}"
    yield " " * (4 + len(before) + _cells(cut[: problem.col - 1 - start])) + "^"


def _cells(text: str) -> int:
    """Terminal columns of a text."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)
