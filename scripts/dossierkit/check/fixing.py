"""Apply fixes to a page's text; all other bytes stay."""

from __future__ import annotations

from collections.abc import Iterable

from dossierkit.check.report import Fix
from dossierkit.model.diagnostic import DiagnosticsError, errors_in
from dossierkit.store.edit import EditError, Put, Remove, apply
from dossierkit.store.edit_nodes import EditedPage, Splice, read
from dossierkit.store.reader import FrontMatterReader
from dossierkit.store.references import reidentified, with_article_id
from dossierkit.store.schema import KINDS
from dossierkit.store.yamltext import quoted


def with_fixes(text: str, fixes: Iterable[Fix], path: str = "", kind: str = "") -> tuple[str, int]:
    """The page after the fixes, and the number applied.

    Fixes that would change anything else are left out, and so are those that cause an error (`kind`: the page's kind,
    for its keys): the value of a misspelt key may be invalid for the right one.
    """
    made = 0
    for fix in sorted(dict.fromkeys(fixes), key=_order, reverse=True):
        try:
            fixed = _fixed(text, fix, path, kind)
            worse = fix.kind == "rename" and _errors(fixed, path, kind) > _errors(text, path, kind)
        except (EditError, DiagnosticsError):
            continue
        if not worse:
            text, made = fixed, made + 1
    return text, made


def _errors(text: str, path: str, kind: str) -> int:
    reader = FrontMatterReader(path)
    reader.mapping(read(text, path).root, KINDS.get(kind, ()))
    return len(errors_in(reader.problems))


def _order(fix: Fix) -> tuple[tuple[str, int, str], ...]:
    """Sort fixes from the end of the page, so that positions stay valid; removals last in their list.

    Changed ids come last, because the second of two items with one id is removed.
    """
    if fix.kind == "reidentify":
        return ()
    step = tuple(("", one, "") if isinstance(one, int) else (one, 0, "") for one in fix.path)
    return (*step, ("", 0, fix.kind))


def _fixed(text: str, fix: Fix, path: str, kind: str) -> str:
    if fix.kind == "reidentify":
        what, old = map(str, fix.path)
        if what == "articles":
            return with_article_id(text, kind, old, fix.value, path)
        return reidentified(text, kind, {old: fix.value}, path)
    if fix.kind == "put":
        return apply(text, [Put(fix.path, fix.value)], path)
    if fix.kind == "remove":
        return apply(text, [Remove(fix.path)], path)
    source = read(text, path)
    return source.splice([_splice(source, fix)])


def _splice(source: EditedPage, fix: Fix) -> Splice:
    node = source.key(fix.path) if fix.kind == "rename" else source.node(fix.path)
    if node is None:
        raise EditError("there is nothing to correct")
    start, end = node.start_mark.index, source.end(node)
    return Splice(start, end, fix.value if fix.kind == "rename" else quoted(str(node.value)))
