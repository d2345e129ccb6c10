"""`dossier update --candidates`: turns draft records that nobody edited back into names in the pages, in one change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dossierkit.evidence.plain_text import plain_text
from dossierkit.extract.propose import item_key
from dossierkit.merge.page_items import Page, open_page
from dossierkit.merge.unreviewed import undecided
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError, errors_in
from dossierkit.model.page import Content, EntityRef
from dossierkit.model.proposal import Proposal, ProposedEntity
from dossierkit.model.record import Record
from dossierkit.model.source import Article
from dossierkit.store import proposal as proposals
from dossierkit.store import record_proposal as stored
from dossierkit.store.content import load_content, record_file
from dossierkit.store.edit import EditError, Put, Remove, apply
from dossierkit.store.items import as_value, reference
from dossierkit.store.references import reidentified
from dossierkit.text.fold import fold, name_id
from dossierkit.text.match import Matcher, uncovered
from dossierkit.text.number_of import number_of
from dossierkit.workflow.named_files import article_pages
from dossierkit.workflow.proposing import Propose, Proposer
from dossierkit.workflow.repository import Input, Repository, exclusive, known_records, read_input


@dataclass(frozen=True, slots=True)
class Reverted:
    """`records`: ids of removed records; `named_elsewhere`: ids of records named elsewhere than in articles; `pages`: paths rewritten."""

    records: tuple[str, ...] = ()
    named_elsewhere: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


def conversion_hint(root: Path) -> Iterator[str]:
    """A line that suggests the conversion, if there are such records."""
    count = len(undecided(root, known_records(root)))
    if count:
        yield (
            f"{number_of(count, 'draft record')} of an older version that nobody has changed: `dossier update --candidates` turns them back into "
            "names in the pages"
        )


def revert(root: Path) -> Iterator[str]:
    """Convert, and yield messages about it. Raises DiagnosticsError as `run` does."""
    done = run(root)
    for id_ in done.named_elsewhere:
        yield f"{record_file(id_)}: kept, since more than articles names it"
    for path in done.pages:
        yield f"{path}: written"
    yield f"{number_of(len(done.records), 'draft record')} removed, {len(done.named_elsewhere)} kept"


def run(root: Path) -> Reverted:
    """Write everything or nothing. Raises DiagnosticsError if a page cannot be read or rewritten in place (D805)."""
    with exclusive(root):
        records = known_records(root)
        drafts = undecided(root, records)
        content, found = load_content(root / "content", root)
        if problems := errors_in(found):
            raise DiagnosticsError(problems)
        named = drafts & {*_named(content), *_linked(root, drafts)}
        reverted = {id_: records[id_] for id_ in sorted(drafts - named)}
        repository = Repository(root)
        left = {id_: record for id_, record in records.items() if id_ not in reverted}
        propose = Proposer(root)(left, named)
        pages = tuple(
            path
            for path in article_pages(root, ())
            if reverted and _rewritten(repository, path, reverted, propose)
        )
        for id_ in reverted:
            for path in (record_file(id_), stored.path_of(id_)):
                repository.put(path, None)
        repository.commit()
    return Reverted(tuple(reverted), tuple(sorted(named)), pages)


def _named(content: Content) -> Iterator[str]:
    """Ids of records that are named elsewhere than in articles' lists of entities."""
    for dossier in content.dossiers.values():
        yield from dossier.cast_ids
        yield from (*dossier.select.entities_any, *dossier.select.entities_all)
    for record in content.records.values():
        yield from (*(relation.to for relation in record.relations), *record.not_same_as)
    yield from (entry.event for page in content.articles.values() for entry in page.timeline)


def _linked(root: Path, ids: Iterable[str]) -> Iterator[str]:
    """Ids whose page a text links to; a fast search that may report too many."""
    texts = [
        file.read_text(encoding="utf-8", errors="replace")
        for file in sorted((root / "content").rglob("*.md"))
    ]
    yield from (
        id_ for id_ in ids if any(f"entities/{id_}.md" in text or f"({id_}.md" in text for text in texts)
    )


def _rewritten(repository: Repository, path: str, reverted: Mapping[str, Record], propose: Propose) -> bool:
    page = open_page(path, repository.page(path), plain_text)
    given = read_input(repository, path)
    found = propose(_article(given)).entities if given else ()
    refs = {id_: _by_name(page, record, found) for id_, record in reverted.items()}
    new = {id_: ref.id for id_, ref in refs.items()}
    try:
        text = reidentified(_with_names(page, refs), "articles", new, path)
    except EditError as error:
        message = f"the page names draft records and cannot be rewritten in place ({error}): edit it by hand"
        raise DiagnosticsError([Diagnostic(path, 0, 0, "D805", message)]) from None
    if given and repository.read(given.suggested) is not None:
        fresh = {entity.entity: entity for entity in found}
        repository.write(given.suggested, proposals.dump(_remembered(given.last, refs, fresh)))
    return repository.write(path, text)


def _article(given: Input) -> Article:
    page = given.page.article
    lang = page.lang or given.article.lang
    return replace(given.article, title=page.title, published=page.date or None, lang=lang)


def _by_name(page: Page, record: Record, found: Iterable[ProposedEntity]) -> EntityRef:
    """The present proposal of the entity, if it has one of the record's names; otherwise a reference by the record's title."""
    names = set(map(fold, record.names))
    full = fold(record.title)
    alike = [entity for entity in found if not entity.known and entity.type == record.type]
    for wanted in ({full}, names):
        for entity in alike:
            if wanted & {fold(form) for form in (entity.name, *entity.also)}:
                return reference(entity)
    return _titled(page, record)


def _with_names(page: Page, refs: Mapping[str, EntityRef]) -> str:
    """The page's text with names in place of the records' ids. Raises EditError."""
    text = page.text
    there: set[str] = set()
    out = []
    for entity in page.entities:
        if not isinstance(entity.item, EntityRef) or entity.item.id not in refs:
            continue
        ref = refs[entity.item.id]
        if ref.id in there:
            out.append(entity.path)
            continue
        there.add(ref.id)
        also = dict.fromkeys((*ref.also, *entity.item.also))
        text = apply(text, [Put(entity.path, as_value(replace(ref, also=tuple(also))))])
    for path in sorted(out, reverse=True):
        text = apply(text, [Remove(path)])
    return text


def _titled(page: Page, record: Record) -> EntityRef:
    """A reference by the record's title, with those other names that the text uses."""
    names = (one.text for one in (*record.aliases, *record.weak_aliases))
    used = (name for name in names if Matcher([(name, 0)]).find(page.readable))
    id_ = name_id(record.title, record.type)
    return EntityRef(id_, uncovered(used, [record.title]), name=record.title, type=record.type)


def _remembered(
    last: Proposal, refs: Mapping[str, EntityRef], fresh: Mapping[str, ProposedEntity]
) -> Proposal:
    """The last proposal, as if it had proposed names instead of the records."""
    keys = {
        entity.key: item_key("entity", refs[entity.entity].id)
        for entity in last.entities
        if entity.entity in refs
    }
    entities: dict[str, ProposedEntity] = {}
    for one in last.entities:
        ref = refs.get(one.entity)
        if ref is None:
            entities.setdefault(one.entity, one)
        else:
            by_name = replace(
                one, key=keys[one.key], entity=ref.id, name=ref.name, known=False, also=ref.also
            )
            entities.setdefault(ref.id, fresh.get(ref.id, by_name))

    def led(id_: str) -> str:
        return refs[id_].id if id_ in refs else id_

    timeline = tuple(replace(entry, entities=tuple(map(led, entry.entities))) for entry in last.timeline)
    rejected = tuple(replace(one, entity=led(one.entity)) for one in last.rejected)
    accepted = tuple(sorted(keys.get(key, key) for key in last.accepted))
    return replace(
        last, entities=tuple(entities.values()), timeline=timeline, rejected=rejected, accepted=accepted
    )
