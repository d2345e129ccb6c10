"""Consistency between pages: unknown ids, names that two records claim, relations without their quote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dossierkit.evidence.backreferences import Backreferences
from dossierkit.evidence.missing_record import missing_record
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.page import Content, DossierPage
from dossierkit.model.record import Record, Relation
from dossierkit.text.fold import fold
from dossierkit.text.quote import cut_words, fold_spaces, locate


def across(content: Content, graph: Backreferences) -> Iterator[Diagnostic]:
    """All rules that need every page."""
    for dossier in content.dossiers.values():
        yield from _dossier(dossier, content)
    yield from _aliases(content)
    yield from _events(content)
    for record in content.records.values():
        yield from _relations(record, content, graph)


def _dossier(dossier: DossierPage, content: Content) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for id_, line, col in dossier.articles:
        if not _is_article(id_, content):
            message = f"no article `{id_}`: ids are paths below content/articles/ without `.md`"
            yield Diagnostic(dossier.path, line, col, "D302", message)
        elif id_ in seen:
            yield Diagnostic(
                dossier.path, line, col, "D305", f"the article `{id_}` is listed twice: keep one"
            )
        seen.add(id_)
    for id_, line, col in dossier.cast:
        if id_ not in content.records and id_ not in content.unreadable:
            yield Diagnostic(dossier.path, line, col, "D301", missing_record(id_, content))


def _is_article(id_: str, content: Content) -> bool:
    """Whether an article has this id or had it once, or may have it: an unreadable page."""
    there = id_ in content.articles or id_ in content.unreadable
    return there or any(id_ in page.redirects for page in content.articles.values())


def _aliases(content: Content) -> Iterator[Diagnostic]:
    """A strong name must mean one record; between two drafts with only names it is merely reported."""
    claimed: dict[str, list[tuple[Record, str]]] = defaultdict(list)
    for record in content.records.values():
        if record.candidate:
            continue
        for key, text in {fold(name.text): name.text for name in record.strong_names}.items():
            claimed[key].append((record, text))
    for owners in claimed.values():
        first = owners[0][0]
        for record, text in owners[1:]:
            message = (
                f"“{text}” names `{first.id}` too: make it a weak alias of one of them, "
                "or a form of single articles (`also:`)"
            )
            severity = "warning" if first.bare and record.bare else "error"
            yield Diagnostic(record.path, 0, 0, "D303", message, severity)


def _events(content: Content) -> Iterator[Diagnostic]:
    """An entry's `event` may be a record's id, but only an event's."""
    pages = (
        page for page in content.articles.values() if not content.records.keys().isdisjoint(page.gist.words)
    )
    for page in pages:
        for entry in page.timeline:
            record = content.records.get(entry.event)
            if record is not None and record.type != "event":
                message = (
                    f"`event: {entry.event}` is the id of a {record.type}, not of an event: use another word"
                )
                yield Diagnostic(page.path, entry.line, entry.col, "D313", message)


def _relations(record: Record, content: Content, graph: Backreferences) -> Iterator[Diagnostic]:
    for relation in record.relations:
        where = (record.path, relation.line, relation.col)
        if relation.to not in content.records and relation.to not in content.unreadable:
            yield Diagnostic(*where, "D301", missing_record(relation.to, content))
        if relation.article and not _is_article(relation.article, content):
            yield Diagnostic(*where, "D302", f"no article `{relation.article}`: correct the id")
        article = graph.articles.get(relation.article)
        if relation.quote and article and (message := uncited(relation, article.layer.text)):
            yield Diagnostic(*where, "D201", message)


def uncited(relation: Relation, text: str) -> str:
    """What is wrong with the quote of a relation, which must occur once in the text of its article; empty if nothing is."""
    folded = fold_spaces(text)
    count = len(locate(folded, relation.quote))
    if count == 1:
        return ""
    said = f"the quote “{relation.quote}” "
    if count:
        return f"{said}occurs {count} times in `{relation.article}`: add words around it until it occurs once"
    if whole := cut_words(folded, relation.quote):
        return f"{said}cuts a word, a compound or a number of `{relation.article}`, which has “{whole}”: copy it whole"
    return f"{said}does not occur in `{relation.article}`: copy its words exactly from there"
