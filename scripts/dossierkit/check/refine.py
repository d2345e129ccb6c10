"""Narrow problems of reader and compiler to the exact value, and add a fix if there is a safe one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import yaml

from dossierkit.check.report import Checked, Fix
from dossierkit.check.rules.markup import link_offset
from dossierkit.check.sheet import body_position, node_position
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.site.redirects import RETIRED_ARTICLE
from dossierkit.store.edit_nodes import EditedPage, Path, read, values
from dossierkit.store.frontmatter import position

_INSIDE = {
    **dict.fromkeys(("D201", "D202", "D605", "D607"), "quote"),
    **dict.fromkeys(("D203", "D302", "D305"), "id"),
}
_MISSPELT = re.compile(r"the key `(?P<found>[^`]+)` means nothing here: did you mean `(?P<meant>[^`]+)`")
_CLAIMED = re.compile(r"“(?P<name>.+)” names `")
_RELATION = {"D201": "quote", "D302": "article"}
_NAMES_ID = frozenset({"D301", "D801", "D802"})
_AT_KEY: dict[str, Path] = {"D803": ("withdrawn",), "D806": ("status",), "D861": ("source", "publish")}
_NAMED = re.compile(
    r"no authority record `(?P<id>[^`]+)`: the record `(?P<record>[^`]+)` has this name, write its id"
)
_ID = re.compile(r"`([a-z0-9/-]+)`")
_DASHES = str.maketrans(dict.fromkeys("–—−‐‑", "-") | dict.fromkeys("‘’‚", "'") | dict.fromkeys("“”„«»", '"'))
_AROUND = "\"'“”„‘’«»…. \t\n"


def exact(problems: Iterable[Diagnostic], text_of: Callable[[str], str]) -> Iterator[Diagnostic]:
    """The problems at the places that `dossier check` gives. `text_of`: the text of a page by its path, or OSError."""
    opened: dict[str, EditedPage | None] = {}
    for problem in problems:
        if problem.path not in opened:
            opened[problem.path] = _opened(problem.path, text_of)
        source = opened[problem.path]
        yield refine(problem, source).problem if source else problem


def _opened(path: str, text_of: Callable[[str], str]) -> EditedPage | None:
    """The page; None if it is another file, or unreadable."""
    try:
        return read(text_of(path), path) if path.endswith(".md") else None
    except (OSError, ValueError, RecursionError, DiagnosticsError):
        return None


def refine(problem: Diagnostic, source: EditedPage, text: str = "") -> Checked:
    """`text`: the page as readers read it; it allows fixing quotes that differ only in characters."""
    if problem.code == "D109":
        return _misspelt(problem, source)
    if problem.code in {"D303", "D304"}:
        return Checked((_claimed if problem.code == "D303" else _at_link)(problem, source))
    if problem.code in _AT_KEY:
        line, col = node_position(source, _AT_KEY[problem.code])
        return Checked(replace(problem, line=line, col=col))
    if problem.code in _NAMES_ID:
        return Checked(_at_id(problem, source), _retired(problem))
    item = next((path for path in _paths(source.root) if _starts(source, path, problem)), None)
    if item is None or problem.code not in _INSIDE:
        return Checked(problem)
    inner = (_RELATION if item[0] == "relations" else _INSIDE)[problem.code]
    if isinstance(source.node(item), yaml.MappingNode):
        line, col = node_position(source, (*item, inner))
        problem = replace(problem, line=line, col=col)
    return Checked(problem, _fix(problem, source, item, text))


def _fix(problem: Diagnostic, source: EditedPage, item: Path, text: str) -> Fix | None:
    if problem.code == "D305":
        return Fix("remove", item)
    if problem.code == "D201" and item[0] == "timeline" and text:
        node = source.node((*item, "quote"))
        quote = respelt(str(node.value), text) if node is not None else ""
        return Fix("put", (*item, "quote"), quote) if quote else None
    return None


def respelt(quote: str, text: str) -> str:
    """The words of the text that equal the quote in other characters, if they occur exactly once; else "".

    Ignored are: Unicode form (NFKC), white space, kinds of dashes and quotation marks, and what surrounds a quote
    (quotation marks, dots of omission). Letters, case and word order must be equal.
    """
    wanted, _ = _plain(quote.strip(_AROUND))
    if len(wanted.split()) < 2:
        return ""
    found, origin = _plain(text)
    at = found.find(wanted)
    if at < 0 or found.find(wanted, at + 1) >= 0 or _cuts(found, at, at + len(wanted)):
        return ""
    return " ".join(text[origin[at][0] : origin[at + len(wanted) - 1][1]].split())


def _plain(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The normalised form, and for each of its characters the (start, end) in `text`."""
    chars: list[str] = []
    origin: list[tuple[int, int]] = []
    for start, cluster in _clusters(text):
        for char in unicodedata.normalize("NFKC", cluster).translate(_DASHES):
            char_or_space = " " if char.isspace() else char
            if char_or_space == " " and chars and chars[-1] == " ":
                continue
            chars.append(char_or_space)
            origin.append((start, start + len(cluster)))
    return "".join(chars), origin


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Characters with their combining marks."""
    return ((match.start(), match[0]) for match in re.finditer(r"(?s).[\u0300-\u036f]*", text))


def _cuts(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
    return before or (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def _retired(problem: Diagnostic) -> Fix | None:
    """The id of a record or an article, for one that it lists as former, or that was made from a record's name."""
    if named := _NAMED.fullmatch(problem.message):
        return Fix("reidentify", ("entities", named["id"]), named["record"])
    if problem.code != "D801":
        return None
    old, new = _ID.findall(problem.message)[:2]
    kind = "articles" if problem.message.startswith(RETIRED_ARTICLE) else "entities"
    return Fix("reidentify", (kind, old), new)


def _misspelt(problem: Diagnostic, source: EditedPage) -> Checked:
    match = _MISSPELT.match(problem.message)
    for path in _keys(source.root):
        line, col = node_position(source, path, on_key=True)
        if match and path[-1] == match["found"] and (line, col) == (problem.line, problem.col):
            return Checked(problem, Fix("rename", path, match["meant"]))
    return Checked(problem)


def _claimed(problem: Diagnostic, source: EditedPage) -> Diagnostic:
    """Position of a name that two records have, in this record."""
    match = _CLAIMED.match(problem.message)
    listed = values(source.root)
    aliases = listed.get("aliases") if isinstance(listed.get("aliases"), list) else []
    for number, alias in enumerate(aliases or []):
        inner: Path = ("name",) if isinstance(alias, dict) else ()
        if match and match["name"] == (alias.get("name") if isinstance(alias, dict) else alias):
            line, col = node_position(source, ("aliases", number, *inner))
            return replace(problem, line=line, col=col)
    line, col = node_position(source, ("title",))
    return replace(problem, line=line, col=col)


def _at_link(problem: Diagnostic, source: EditedPage) -> Diagnostic:
    address = problem.message.removeprefix("the link `").rpartition("` leads to")[0]
    line, col = body_position(source, link_offset(source.body, address))
    return replace(problem, line=line, col=col)


def _at_id(problem: Diagnostic, source: EditedPage) -> Diagnostic:
    """Position of the first id in the message: in the item that the problem points at, else anywhere."""
    named = _ID.search(problem.message)
    found = [node for node in _scalars(source.root) if named and node.value == named[1]]
    at = [position(node) for node in found]
    line, col = next(
        (place for place in at if place >= (problem.line, problem.col)), (problem.line, problem.col)
    )
    return replace(problem, line=line, col=col)


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """Scalar values in text order, without keys."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _scalars(value)


def _starts(source: EditedPage, path: Path, problem: Diagnostic) -> bool:
    return node_position(source, path) == (problem.line, problem.col)


def _paths(root: yaml.MappingNode) -> Iterator[Path]:
    """Paths of the items of the page's lists."""
    for key, node in root.value:
        if isinstance(node, yaml.SequenceNode):
            yield from ((str(key.value), number) for number in range(len(node.value)))


def _keys(node: yaml.Node, above: Path = ()) -> Iterator[Path]:
    """Paths of all keys at any depth."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*above, str(key.value))
            yield from _keys(value, (*above, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _keys(value, (*above, number))
