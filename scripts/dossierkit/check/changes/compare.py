"""Compare two snapshots in meaning; formatting, order of keys and comments do not count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, zip_longest
from operator import attrgetter
from typing import Any

from dossierkit.check.changes.decisions import decisions, for_all, record_decisions
from dossierkit.check.changes.kinds import Change, fields_of, listed
from dossierkit.check.changes.other_keys import extra_keys, other_keys
from dossierkit.check.changes.snapshot import Snapshot
from dossierkit.check.waivers import waivers
from dossierkit.evidence.candidates.identity import identity
from dossierkit.merge.body import common_ends
from dossierkit.merge.match import Rule, pair
from dossierkit.merge.pairing import quoted
from dossierkit.model.page import PUBLIC, ArticlePage, DossierPage, TimelineEntry
from dossierkit.model.record import Name, Record, Relation
from dossierkit.store import schema
from dossierkit.store.decisions import PATH as DECISIONS
from dossierkit.store.schema import ENTRY, names, single
from dossierkit.text.number_of import some
from dossierkit.text.quote import fold_spaces

ReadText = Callable[[str], str]
_ARTICLE, _SOURCE = single(schema.ARTICLE), single(schema.SOURCE)
_RECORD, _DOSSIER = (*single(schema.RECORD), "location"), (*single(schema.DOSSIER), "select")
_COMPARED = frozenset(
    "source tags entities timeline articles cast select aliases weak_aliases same_as not_same_as relations location".split()
)
_Page = ArticlePage | Record | DossierPage
_Pair = tuple[TimelineEntry, TimelineEntry]
_ARTICLES_NAMED = 3


@dataclass(frozen=True, slots=True)
class PageChanges:
    """`kind`: articles | entities | dossiers. `state`: new | deleted | changed | unreadable."""

    path: str
    kind: str
    title: str
    state: str
    changes: tuple[Change, ...] = ()


def compare(base: Snapshot, head: Snapshot, read: ReadText) -> tuple[PageChanges, ...]:
    """Decisions for the whole site, then every page whose meaning changed: dossiers, articles, records.

    `read`: Markdown -> text.
    """
    given = given_names(base, head)
    pages = (
        *_pages(
            "dossiers", base.content.dossiers, head.content.dossiers, lambda a, b: _dossier(a, b, base, head)
        ),
        *_pages(
            "articles",
            base.content.articles,
            head.content.articles,
            lambda a, b: _article(a, b, base, head, read),
        ),
        *_pages(
            "entities",
            base.content.records,
            head.content.records,
            lambda a, b: chain(_record(a, b, base, head), given.get(b.id, ()) if b else ()),
        ),
    )
    decided = tuple(for_all(base, head))
    whole = (
        (PageChanges(DECISIONS, "", "decisions for the whole site", "changed", decided),) if decided else ()
    )
    broken = tuple(
        PageChanges(path, "", path, "unreadable") for path in head.unreadable if path not in base.unreadable
    )
    return (*broken, *whole, *(page for page in pages if page.path not in head.unreadable))


def _pages(
    kind: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    changes: Callable[[Any, Any], Iterator[Change]],
) -> Iterator[PageChanges]:
    for id_ in sorted(before.keys() | after.keys()):
        old, new = before.get(id_), after.get(id_)
        page: Any = new if new is not None else old
        state = "new" if old is None else "deleted" if new is None else "changed"
        found = tuple(changes(old, new))
        if found or state != "changed":
            yield PageChanges(page.path, kind, page.title, state, found)


def _article(
    old: ArticlePage | None, new: ArticlePage | None, base: Snapshot, head: Snapshot, read: ReadText
) -> Iterator[Change]:
    if new is None:
        return
    unchanged = _is_same(old, new, base, head)
    if unchanged and base.proposed(new) == head.proposed(new):
        return
    if not unchanged:
        yield from fields_of(old, new, _ARTICLE)
        yield from fields_of(old and old.source, new.source, _SOURCE, "source.")
        yield from other_keys(old and old.source, new.source, schema.SOURCE, (), "source.")
        yield from other_keys(old, new, schema.ARTICLE, _COMPARED)
        yield from extra_keys(old, new)
        yield from listed("tag", old.tags if old else (), new.tags)
        yield from _entities(old, new, base, head)
        yield from entries(old, new, read)
        yield from _exceptions(old, new, base, head)
        if old is None and new.status in PUBLIC and not new.source.file:
            yield Change("source", "missing")
        if old:
            yield from _text_changes(old.body, new.body)
    yield from decisions(old, new, base, head)


def _is_same(
    old: ArticlePage | Record | None, new: ArticlePage | Record, base: Snapshot, head: Snapshot
) -> bool:
    """Whether a page has the same text in both."""
    return old is not None and base.texts[old.path] == head.texts[new.path]


def _exceptions(old: _Page | None, new: _Page, base: Snapshot, head: Snapshot) -> Iterator[Change]:
    """Exceptions from rules, with their reasons: with one, a claim needs no quote."""
    before = _excepted(old.path, base) if old else ()
    yield from listed("exception", before, _excepted(new.path, head))


def _excepted(path: str, snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(
        f"{', '.join(one.codes)}: {one.reason or 'no reason given'}"
        for one in waivers(snapshot.texts[path], path)[0]
    )


def _entities(old: ArticlePage | None, new: ArticlePage, base: Snapshot, head: Snapshot) -> Iterator[Change]:
    before = {ref.id: ref for ref in old.entities} if old else {}
    after = {ref.id: ref for ref in new.entities}
    for id_ in (*after, *(id_ for id_ in before if id_ not in after)):
        record = head.content.records.get(id_) or base.content.records.get(id_)
        ref = after.get(id_) or before[id_]
        name, kind = (record.title, record.type) if record else (ref.name or id_, ref.type)
        if id_ not in before:
            fresh = id_ in head.content.records and id_ not in base.content.records
            yield Change("entity", "added", name, type=kind, id=id_, fresh=fresh)
            yield from listed("form", (), ref.also if old else (), of=name)
        elif id_ not in after:
            yield Change("entity", "removed", name, type=kind, id=id_)
        else:
            yield from listed("form", before[id_].also, after[id_].also, of=name)


def _record(old: Record | None, new: Record | None, base: Snapshot, head: Snapshot) -> Iterator[Change]:
    if new is None or _is_same(old, new, base, head):
        return
    yield from fields_of(old, new, _RECORD)
    names = ("alias", "weak alias", "identifier", "not the same as")
    for what, key in zip(names, ("aliases", "weak_aliases", "same_as", "not_same_as"), strict=True):
        before, after = ([_text(item) for item in getattr(page, key)] if page else [] for page in (old, new))
        yield from listed(what, before, after)
    yield from listed("tag", old.tags if old else (), new.tags)
    yield from other_keys(old, new, schema.RECORD, _COMPARED)
    yield from extra_keys(old, new)
    yield from _relations(_by_claim(old), _by_claim(new))
    yield from _exceptions(old, new, base, head)
    yield from record_decisions(old, new, base, head)
    if old:
        yield from _text_changes(old.body, new.body)


def _by_claim(record: Record | None) -> dict[tuple[str, str, str], Relation]:
    return (
        {(relation.type, relation.to, relation.date): relation for relation in record.relations}
        if record
        else {}
    )


def _relations(
    before: Mapping[tuple[str, str, str], Relation], after: Mapping[tuple[str, str, str], Relation]
) -> Iterator[Change]:
    for claim in dict.fromkeys((*after, *before)):
        was, now = before.get(claim), after.get(claim)
        relation = now or was
        if relation is not None and (
            was is None or now is None or (was.quote, was.article) != (now.quote, now.article)
        ):
            how = "added" if was is None else "removed" if now is None else "changed"
            yield Change(
                "relation", how, f"{relation.type} {relation.to}", date=relation.date, quote=relation.quote
            )


def _text(item: Name | str) -> str:
    return item if isinstance(item, str) else item.text


def _dossier(
    old: DossierPage | None, new: DossierPage | None, base: Snapshot, head: Snapshot
) -> Iterator[Change]:
    if new is None:
        return
    yield from fields_of(old, new, _DOSSIER)
    yield from listed("article", old.article_ids if old else (), new.article_ids)
    yield from listed("cast", old.cast_ids if old else (), new.cast_ids)
    yield from listed("tag", old.tags if old else (), new.tags)
    yield from other_keys(old, new, schema.DOSSIER, _COMPARED)
    yield from extra_keys(old, new)
    yield from _exceptions(old, new, base, head)
    if old:
        yield from _text_changes(old.body, new.body)


_AROUND = 3
"""Words shown at each side of those that changed."""
_SHOWN = 30
"""Words shown of a longer passage."""


def _text_changes(before: str, after: str) -> Iterator[Change]:
    """A change for each line that differs: `before` and `after` are its words there, empty for a line that is new or gone."""
    was, now = before.splitlines(), after.splitlines()
    for what, start, end, first, last in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        lines = list(zip_longest(was[start:end], now[first:last], fillvalue=""))
        found = [_parts(old.split(), new.split()) for old, new in lines if old.split() != new.split()]
        yield from (Change("text", "changed", before=old, after=new) for old, new in found)


def _parts(was: Sequence[str], now: Sequence[str]) -> tuple[str, str]:
    """The words that differ, with some around them."""
    start, end = common_ends(was, now)
    return _shown(was, start, end), _shown(now, start, end)


def _shown(words: Sequence[str], start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(words), len(words) - end + _AROUND)
    shown = words[first:last]
    cut = [*shown[: _SHOWN // 2], "…", *shown[-(_SHOWN // 2) :]] if len(shown) > _SHOWN else shown
    return " ".join([*["…"][: bool(first)], *cut, *["…"][: last < len(words)]])


def entries(old: ArticlePage | None, new: ArticlePage, read: Callable[[str], str]) -> Iterator[Change]:
    """Entries added, changed and removed, and confirmed ones whose quote was lost. `read`: Markdown -> text."""
    before = list(old.timeline) if old else []
    pairs, removed, added = paired(before, list(new.timeline))
    yield from (_change("added", entry) for entry in added)
    yield from (change for was, now in pairs for change in _edited(was, now))
    yield from (_change("removed", entry) for entry in removed)
    if old is not None:
        yield from _lost(old, new, pairs, read)


def paired(
    before: list[TimelineEntry], after: list[TimelineEntry]
) -> tuple[list[_Pair], list[TimelineEntry], list[TimelineEntry]]:
    """Pairs of equal entries (by quote and date, else by quote, else by text), and the unpaired."""
    pairs = pair(after, before, [_same("quote", "date"), _same("quote"), _same("text")])
    rest = [entry for at, entry in enumerate(before) if at not in pairs.values()]
    come = [entry for at, entry in enumerate(after) if at not in pairs]
    return [(before[pairs[at]], after[at]) for at in sorted(pairs)], rest, come


def _same(*fields: str) -> Rule:
    values = attrgetter(*fields)
    return lambda a, b: bool(values(a) == values(b))


def _change(how: str, entry: TimelineEntry) -> Change:
    return Change("event", how, entry.text, date=entry.date, quote=entry.quote)


def _edited(was: TimelineEntry, now: TimelineEntry) -> Iterator[Change]:
    for field in names(ENTRY):
        before, after = was.stated(field), now.stated(field)
        if before != after:
            then, here = map(_said, (before, after))
            quote = "" if field == "quote" else now.quote
            yield Change("event", "changed", now.text, field, then, here, now.date, quote)


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)


def _lost(
    old: ArticlePage, new: ArticlePage, pairs: list[_Pair], read: Callable[[str], str]
) -> Iterator[Change]:
    if new.status not in PUBLIC:
        return
    then, now = fold_spaces(read(old.body)), fold_spaces(read(new.body))
    for was, entry in pairs:
        if quoted(then, was) and not quoted(now, entry):
            yield _change("lost", entry)


def given_names(base: Snapshot, head: Snapshot) -> Mapping[str, Sequence[Change]]:
    """By id of a record, the names that mean it now and did not before, in articles that readers see and saw with that name.

    A record that was renamed or merged has its old ids' names as before.
    """
    if _deciding(base) == _deciding(head):
        return {}
    before, after = _meant(base), _meant(head)
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for article, id_, name in _names(head, base):
        record = head.content.records.get(after.get(id_, id_))
        was = before.get(id_, id_)
        if record is not None and was != record.id and was not in record.redirects:
            found[record.id, name].append(article)
    changes: defaultdict[str, list[Change]] = defaultdict(list)
    for (record_id, name), articles in found.items():
        changes[record_id].append(
            Change("name", "given", name, field=some(articles, _ARTICLES_NAMED), id=record_id)
        )
    return changes


def _deciding(snapshot: Snapshot) -> object:
    records = snapshot.content.records.values()
    return {record.path: snapshot.texts[record.path] for record in records}, snapshot.decisions


def _meant(snapshot: Snapshot) -> Mapping[str, str]:
    named = [page.gist.named for page in snapshot.content.articles.values()]
    return identity(named, snapshot.content.records.values(), snapshot.decisions or ())


def _names(head: Snapshot, base: Snapshot) -> Iterator[tuple[str, str, str]]:
    """The article, the id and the words of each name without a record that both have."""
    for page in head.content.articles.values():
        old = base.content.articles.get(page.id)
        known = {naming.id for naming in old.gist.named} if old and page.status in PUBLIC else ()
        yield from ((page.id, one.id, one.name) for one in page.gist.named if one.id in known)
