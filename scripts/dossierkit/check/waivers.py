"""Exceptions in a page's front matter with their reason: `# dossier: ignore D203 -- reason`.

The comment is on the line meant or the line above; if a list item begins there, the whole item is meant. `# dossier:
ignore-file D703 -- reason` means the page. Claims without evidence (D201, D202, D203) are ignored only one by one,
with a reason that readers are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from dossierkit.check.codes import CODE, GATE, codes
from dossierkit.check.report import Checked, Ignored
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.store.edit_nodes import EditedPage, comments, read

_COMMENT = re.compile(r"#\s*dossier:\s*ignore(?P<whole>-file)?(?P<rest>.*)")
_REST = re.compile(rf"\s++(?P<codes>{CODE}(?>(?:\s*+,\s*+{CODE})*))\s*+(?:--\s*+(?P<reason>.*\S))?\s*+")
_LEAST = 10  # letters and digits in a reason


@dataclass(frozen=True, slots=True)
class Waiver:
    """`codes` are ignored on lines `first` to `last`, both included. `line`, `col`: of the comment."""

    path: str
    line: int
    col: int
    codes: tuple[str, ...]
    reason: str
    first: int
    last: int

    def covers(self, problem: Diagnostic) -> bool:
        inside = self.first <= problem.line <= self.last
        return problem.path == self.path and problem.code in self.codes and inside


def evidence_waivers(text: str, path: str = "") -> Mapping[int, str]:
    """Reasons for claims without evidence, by every line that they cover.

    For the page to show: an entry or entity whose `line` is a key here may lack its quote or mention. Only well-formed
    waivers with a reason count. Pure; an unreadable page has none.
    """
    found, _ = waivers(text, path)
    lines: dict[int, str] = {}
    for waiver in found:
        if GATE.intersection(waiver.codes):
            lines.update(dict.fromkeys(range(waiver.first, waiver.last + 1), waiver.reason))
    return lines


def has_waivers(text: str) -> bool:
    """Whether a page may have waivers, by a quick look."""
    return "dossier:" in text


def waivers(text: str, path: str) -> tuple[tuple[Waiver, ...], tuple[Diagnostic, ...]]:
    """The waivers of a page, and invalid ones (D130)."""
    if not has_waivers(text):
        return (), ()
    try:
        source = read(text, path)
    except DiagnosticsError:
        return (), ()
    valid: list[Waiver] = []
    problems: list[Diagnostic] = []
    for start, end in comments(source.head):
        match = _COMMENT.match(source.head[start:end])
        if match:
            read_one = _waiver(match, source, start, path)
            (problems if isinstance(read_one, Diagnostic) else valid).append(read_one)  # type: ignore[arg-type]  # each to its own list
    return tuple(valid), tuple(problems)


def _waiver(match: re.Match[str], source: EditedPage, start: int, path: str) -> Waiver | Diagnostic:
    line = source.head.count("\n", 0, start) + 1
    col = start - source.line_start(start) + 1
    rest = _REST.fullmatch(match["rest"])
    listed = tuple(re.findall(CODE, rest["codes"])) if rest else ()
    reason = (rest["reason"] or "") if rest else ""
    wrong = _wrong(listed, reason, whole=bool(match["whole"]))
    if wrong:
        return Diagnostic(path, line, col, "D130", wrong)
    first, last = (1, 10**9) if match["whole"] else _lines(source, start, line)
    return Waiver(path, line, col, listed, reason, first, last)


def _wrong(listed: tuple[str, ...], reason: str, *, whole: bool) -> str:
    if not listed:
        return "expected `# dossier: ignore D203 -- reason`, with one or more codes"
    unknown = [code for code in listed if code not in codes()]
    if unknown:
        return f"there is no rule {unknown[0]}: correct the code"
    gate = [code for code in listed if code in GATE]
    if gate and whole:
        return f"{gate[0]} is never ignored for a whole page: put the comment at the claim itself"
    if gate and not enough(reason):
        return f"{gate[0]} is not ignored without a reason, which readers are shown: `# dossier: ignore {gate[0]} -- why`"
    return ""


def enough(reason: str) -> bool:
    """Whether a reason has enough letters."""
    return sum(char.isalnum() for char in reason) >= _LEAST


def _lines(source: EditedPage, start: int, line: int) -> tuple[int, int]:
    """The lines that a comment covers: its own, or those of the next node below; whole list items."""
    own = source.head[source.line_start(start) : start].strip()
    if not own:
        after = source.head[source.line_end(start) :]
        skipped = re.match(r"(?:[ \t]*(?:#[^\n]*)?\n)*", after)
        line += 1 + (skipped[0].count("\n") if skipped else 0)
    for item in _items(source.root):
        if item.start_mark.line + 1 == line:
            return line, source.head.count("\n", 0, source.end(item)) + 1
    return line, line


def _items(node: yaml.Node) -> Iterator[yaml.Node]:
    """Items of block lists, outer ones first. Items of a flow list share their line."""
    if isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _items(value)
    elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
        for item in node.value:
            yield item
            yield from _items(item)


class Waived(NamedTuple):
    """`remaining` problems, `ignored` ones, and a problem D131 for each `unused` code of a waiver."""

    remaining: tuple[Checked, ...]
    ignored: tuple[Ignored, ...]
    unused: tuple[Diagnostic, ...]


def waive(found: Iterable[Checked], given: Iterable[Waiver]) -> Waived:
    """Apply the waivers of all pages."""
    listed = tuple(given)
    used: set[tuple[int, str]] = set()
    remaining: list[Checked] = []
    ignored: list[Ignored] = []
    for checked in found:
        number = next((at for at, waiver in enumerate(listed) if waiver.covers(checked.problem)), None)
        if number is None:
            remaining.append(checked)
        else:
            used.add((number, checked.problem.code))
            ignored.append(Ignored(checked, listed[number].reason))
    return Waived(tuple(remaining), tuple(ignored), tuple(_unused(listed, used)))


def _unused(listed: tuple[Waiver, ...], used: set[tuple[int, str]]) -> Iterator[Diagnostic]:
    for number, waiver in enumerate(listed):
        for code in waiver.codes:
            if (number, code) not in used:
                message = f"there is no {code} here to ignore: take the code out"
                yield Diagnostic(waiver.path, waiver.line, waiver.col, "D131", message, "warning")
