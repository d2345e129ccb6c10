"""Rules that need all pages. Findings include the path of their page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from dossierkit.check.report import Finding, Fix
from dossierkit.check.rules.entries import in_future
from dossierkit.check.rules.provenance import Seeds, source
from dossierkit.evidence import visibility
from dossierkit.evidence.missing_record import bearers_of, missing_record
from dossierkit.model.decision import Decision
from dossierkit.model.page import PUBLIC, ArticlePage, Content, DossierPage, EntityRef
from dossierkit.store.edit_nodes import Path
from dossierkit.text.fold import fold
from dossierkit.text.identifier import canonical
from dossierkit.text.links import leading_to

Found = Iterator[tuple[str, Finding]]
Leads = Iterable[tuple[str, str, str]]


def across(content: Content, everything: Content, leads: Leads, seeds: Seeds, today: date) -> Found:
    """Findings that need more than one page.

    `content`: what is checked. `everything`: with withdrawn pages. `leads`: of each of the site's own pages, its path in
    docs_dir, its path in the repository and its Markdown.
    """
    members = {dossier.id: tuple(dossier_members(dossier, content)) for dossier in content.dossiers.values()}
    yield from _dangling(content)
    yield from _withdrawn(content, everything)
    yield from _links_to_withdrawn(content, everything, leads)
    yield from _same_identifiers(content)
    yield from _drafts_listed(content)
    yield from _several_types(content, everything.decisions)
    yield from _unused(content, members)
    yield from _single_source(content, members)
    yield from _sources(everything, seeds)
    yield from _shared_sources(everything)
    for page in content.articles.values():
        if message := in_future(page.date, today):
            yield page.path, Finding("D205", message, ("date",))


def dossier_members(dossier: DossierPage, content: Content) -> Iterator[ArticlePage]:
    """Articles that a dossier lists, then those of its rule."""
    listed = set(dossier.article_ids)
    yield from (content.articles[id_] for id_ in sorted(listed) if id_ in content.articles)
    if not dossier.select.empty:
        rest = (page for page in content.articles.values() if page.id not in listed)
        yield from (
            page for page in rest if dossier.select.takes(page, frozenset(ref.id for ref in page.entities))
        )


def _dangling(content: Content) -> Found:
    """D301: unknown ids in entries, in rules and in `not_same_as`, which the compiler accepts."""
    for path, at, id_ in _ids(content):
        if id_ not in content.records and id_ not in content.unreadable:
            bearing = bearers_of(id_, content)
            fix = Fix("put", at, bearing[0]) if len(bearing) == 1 else None
            yield path, Finding("D301", missing_record(id_, content), at, fix=fix)


def _ids(content: Content) -> Iterator[tuple[str, Path, str]]:
    for page in content.articles.values():
        for number, entry in enumerate(page.timeline):
            for place, id_ in enumerate(entry.entities):
                yield page.path, ("timeline", number, "entities", place), id_
    for dossier in content.dossiers.values():
        for key in ("entities_any", "entities_all"):
            for place, id_ in enumerate(getattr(dossier.select, key)):
                yield dossier.path, ("select", key, place), id_
    for record in content.records.values():
        for place, id_ in enumerate(record.not_same_as):
            yield record.path, ("not_same_as", place), id_


def _listed_ids(content: Content) -> Iterator[tuple[str, Path, str]]:
    """Ids of records in the lists that the compiler checks itself."""
    for page in content.articles.values():
        yield from ((page.path, ("entities", at, "id"), ref.id) for at, ref in enumerate(page.entities))
    for dossier in content.dossiers.values():
        yield from ((dossier.path, ("cast", at, "id"), id_) for at, id_ in enumerate(dossier.cast_ids))
    for record in content.records.values():
        yield from (
            (record.path, ("relations", at, "to"), relation.to)
            for at, relation in enumerate(record.relations)
        )


def _listed_articles(content: Content) -> Iterator[tuple[str, Path, str]]:
    for dossier in content.dossiers.values():
        for at, id_ in enumerate(dossier.article_ids):
            yield dossier.path, ("articles", at, "id"), id_
    for record in content.records.values():
        for at, relation in enumerate(record.relations):
            yield record.path, ("relations", at, "article"), relation.article


def _withdrawn(content: Content, everything: Content) -> Found:
    """D306: ids of withdrawn pages."""
    for pages, uses in (
        (everything.records, (*_listed_ids(content), *_ids(content))),
        (everything.articles, _listed_articles(content)),
    ):
        for path, at, id_ in uses:
            page = pages.get(id_)
            if page is not None and page.status == "withdrawn":
                message = f"`{id_}` was withdrawn: take it out, or name what replaces it"
                yield path, Finding("D306", message, at)


def _links_to_withdrawn(content: Content, everything: Content, leads: Leads) -> Found:
    """D306: links in a text to pages that are gone."""
    withdrawn = {path for path, page in visibility.pages_of(everything) if page.status == "withdrawn"}
    if not withdrawn:
        return
    texts = [(path, page.path, page.body) for path, page in visibility.pages_of(content)]
    for path, file, body in (*texts, *leads):
        for address, to in leading_to(body, path, withdrawn):
            message = (
                f"the text links to `{to}`, which was withdrawn: take the link out, or lead it elsewhere"
            )
            yield file, Finding("D306", message, offset=address.start)


def _same_identifiers(content: Content) -> Found:
    """D307: one identifier in two records."""
    owners: dict[str, str] = {}
    for record in content.records.values():
        for number, identifier in enumerate(record.same_as):
            first = owners.setdefault(canonical(identifier), record.id)
            if first != record.id:
                message = f"`{identifier}` identifies `{first}` too: merge the two records, or correct one"
                yield record.path, Finding("D307", message, ("same_as", number))


def _names(content: Content, *, draft: bool) -> set[str]:
    """The ids of the records that drafts name, or that other articles do."""
    pages = (page for page in content.articles.values() if (page.status == "draft") == draft)
    return {id_ for page in pages for id_ in (*page.gist.sidebar, *page.gist.about)}


def _several_types(content: Content, decisions: Iterable[Decision]) -> Found:
    """D315: a name without a record to which articles give several types; drafts alone are not reported."""
    found: defaultdict[str, list[tuple[ArticlePage, int, EntityRef]]] = defaultdict(list)
    for page in content.articles.values():
        for at, ref in enumerate(page.entities):
            record = content.records.get(ref.id)
            if ref.name and (record is None or record.candidate):
                found[fold(ref.name)].append((page, at, ref))
    types = {fold(one.name): one.type for one in decisions if one.kind == "other_type"}
    for name, items in found.items():
        counts = Counter(ref.type for _, _, ref in items)
        decided = name in types or any(page.status in PUBLIC for page, _, _ in items)
        if len(counts) < 2 or not decided:
            continue
        usual = types.get(name) or min(counts, key=lambda type_: (-counts[type_], type_))
        for page, at, ref in items:
            if ref.type != usual:
                message = (
                    f"“{ref.name}” is of type {ref.type} here and of type {usual} elsewhere, so it is listed as two: give it one type in "
                    "every article at the desk, or write a record for each"
                )
                yield page.path, Finding("D315", message, ("entities", at, "type"))


def _drafts_listed(content: Content) -> Found:
    """D310: a public dossier lists an article that is not public, or a person whom only such articles name."""
    drafts, others = _names(content, draft=True), _names(content, draft=False)
    for dossier in content.dossiers.values():
        for number, id_ in enumerate(dossier.article_ids):
            page = content.articles.get(id_)
            if page and page.status == "draft" and dossier.status in PUBLIC:
                message = f"`{id_}` is a draft, which readers will not see: review it, or take it out"
                yield dossier.path, Finding("D310", message, ("articles", number))
        yield from _cast_of_drafts(dossier, drafts - others)


def _cast_of_drafts(dossier: DossierPage, drafts: Collection[str]) -> Found:
    for number, id_ in enumerate(dossier.cast_ids):
        if id_ in drafts and dossier.status in PUBLIC:
            message = f"only drafts name `{id_}`, so readers will not see it in the cast: review them, or take it out"
            yield dossier.path, Finding("D310", message, ("cast", number))


def _unused(content: Content, members: Mapping[str, tuple[ArticlePage, ...]]) -> Found:
    """D311: records that nothing names. D312: articles in no dossier, if there are dossiers."""
    named = {ref.id for page in content.articles.values() for ref in page.entities}
    named |= {id_ for dossier in content.dossiers.values() for id_ in dossier.cast_ids}
    named |= {relation.to for record in content.records.values() for relation in record.relations}
    for record in content.records.values():
        if record.id not in named:
            yield record.path, Finding("D311", f"nothing names `{record.id}`", ("title",))
    inside = {page.id for pages in members.values() for page in pages}
    for page in content.articles.values() if members else ():
        if page.id not in inside:
            yield page.path, Finding("D312", "the article is in no dossier", ("title",))


def _single_source(content: Content, members: Mapping[str, tuple[ArticlePage, ...]]) -> Found:
    """D706: entries of a dossier that no article of another publisher confirms (same dates, a common entity)."""
    for id_, pages in members.items():
        alone, total = _alone(pages)
        if alone:
            shown = "; ".join(f"“{text}”" for text in alone[:3])
            message = f"{len(alone)} of {total} dated claims rest on one publisher alone, such as {shown}"
            yield content.dossiers[id_].path, Finding("D706", message, ("title",))


def _alone(pages: tuple[ArticlePage, ...]) -> tuple[list[str], int]:
    publishers: dict[tuple[str, str], set[str]] = defaultdict(set)
    claims = [(page, entry) for page in pages for entry in page.timeline if entry.date]
    for page, entry in claims:
        for ref in page.entities:
            publishers[entry.date, ref.id].add(page.source.publisher)
    alone = [
        entry.text
        for page, entry in claims
        if all(len(publishers[entry.date, ref.id]) < 2 for ref in page.entities)
    ]
    return alone, len(claims)


def _sources(everything: Content, seeds: Seeds) -> Found:
    """D601 to D604, of withdrawn pages too: their sources stay in seeds/ until somebody removes them."""
    for page in everything.articles.values():
        yield from ((page.path, finding) for finding in source(page.source, seeds))
    used = Counter(file for page in everything.articles.values() for file in page.source.files)
    for path in sorted(seeds.digests):
        if (
            path not in used
            and not path.endswith((".yml", ".md.txt", ".gitkeep", ".tsr"))
            and not path.endswith("README.md")
        ):
            yield path, Finding("D604", "no page names this source: add it, or delete it")


def _shared_sources(everything: Content) -> Found:
    """D621: a page of a source that another page has already, withdrawn or not."""
    first: dict[str, str] = {}
    for page in sorted(everything.articles.values(), key=lambda page: page.path):
        file = page.source.file
        if file and first.setdefault(file, page.path) != page.path:
            message = f"{file} is the source of {first[file]} too: keep one of the pages, or what it reports counts twice"
            yield page.path, Finding("D621", message, ("source", "file"))
