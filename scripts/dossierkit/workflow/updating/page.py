"""Updates one page: makes its proposal again from the source and merges it. Independent of all other pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from dossierkit.cache import extractions
from dossierkit.evidence.candidates.leads import ids_by_name
from dossierkit.extract.propose import item_key
from dossierkit.ingest.reader import MOST_BYTES
from dossierkit.merge.fields import merge_fields
from dossierkit.merge.page import PageMerge, merge_page
from dossierkit.merge.page_items import ENTITIES, FIELDS, Page, open_page, with_record_id
from dossierkit.merge.record import RecordMerge
from dossierkit.merge.types import with_types
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import Conflict, Proposal, ProposedEntity, RecordOffer
from dossierkit.model.record import Record
from dossierkit.parallel.fence import Loss, lost, problems_of
from dossierkit.store import proposal as proposals
from dossierkit.store import record_proposal as stored
from dossierkit.store.commit import digest
from dossierkit.store.content import id_of
from dossierkit.store.edit import EditError
from dossierkit.store.references import reidentified
from dossierkit.store.seeds import SUGGESTED, beside
from dossierkit.workflow.proposing import Propose, Proposer, ProposingContext, settings_files
from dossierkit.workflow.records import record_offers
from dossierkit.workflow.repository import Input, Repository, decided_notes, read_input

MakePropose = Callable[[Mapping[str, Record]], Propose]
# The source in the front matter. A path that is quoted or escaped in another way is not matched, and its page is merged in this
# process.
_SEED = re.compile(rb"""\bfile:[ \t]*["']?(seeds/(?!\.\.)[^\s"',}#]+)""")
Offers = tuple[tuple[str, RecordOffer], ...]


@dataclass(frozen=True, slots=True)
class UpdateContext(ProposingContext):
    """The inputs shared by all pages of one round. `pending`: changes that are not on disk yet; `led`: ids made from names -> the id
    of the record that has the name. `types`: by folded name, the types that people decided for every article.
    """

    pending: Mapping[str, bytes | None]
    led: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)

    def files(self) -> dict[str, bytes]:
        """The files of the repository that every merge may read, by path."""
        offered = map(stored.path_of, stored.ids(self.root))
        return settings_files(self.root) | {path: (self.root / path).read_bytes() for path in offered}


@dataclass(frozen=True, slots=True)
class Task:
    """A page to merge. `files`: its inputs, for a worker without the repository; `found`: cached extractions."""

    path: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    found: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UpdateOutcome:
    """What an update did to one page or record, in words. `written`: whether any file has new bytes."""

    page: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    written: bool = False
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, page: str, merged: PageMerge | RecordMerge, notes: Iterable[str] = ()) -> UpdateOutcome:
        """The outcome of a merge, before anything is written."""
        added, removed, changed = map(tuple, (merged.added, merged.removed, merged.changed))
        return cls(page, added, removed, changed, tuple(merged.conflicts), notes=tuple(notes))


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of a page's update: new texts by path, offers for records, and what changed, with nothing written yet.

    `named`: ids of the entities in the page, decided or waiting. `used`: the files of the extraction cache that were used.
    `digests`: the digest of each file that was read, for `store.commit.commit`. `problems`: why the page was left unchanged.
    """

    path: str
    texts: tuple[tuple[str, str], ...] = ()
    offers: Offers = ()
    outcome: UpdateOutcome | None = None
    named: tuple[str, ...] = ()
    used: frozenset[str] = frozenset()
    digests: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()


def task_of(root: Path, path: str, found: Iterable[str]) -> Task:
    """A page with all readable files that merging it reads. `found`: names of files in the extraction cache."""
    page = _bytes(root, path)
    seed = _SEED.search(page or b"")
    paths = [path, *(_beside(seed[1].decode("utf-8", "replace")) if seed else ())]
    files = {one: data for one in paths if (data := _bytes(root, one)) is not None}
    return Task(path, files, extractions.cached(extractions.folder_of(root), found))


def _beside(seed: str) -> tuple[str, ...]:
    return seed, beside(seed, ".yml"), beside(seed, SUGGESTED)


def _bytes(root: Path, path: str) -> bytes | None:
    file = root / path
    try:
        return file.read_bytes() if file.stat().st_size <= MOST_BYTES else None
    except (OSError, ValueError):
        return None


def merger(context: UpdateContext, make: MakePropose | None = None) -> Callable[[Task], Merged]:
    """The function that merges a page. It reads the repository and writes nothing but the extraction cache."""
    own = Proposer(context.root, context.findings)
    propose = make(context.records) if make else own(context.records, context.undecided)

    def work(task: Task) -> Merged:
        if make:
            return _with_errors(context, task, propose)
        own.findings.used.clear()
        own.findings.brought = task.found
        return replace(_with_errors(context, task, propose), used=frozenset(own.findings.used))

    return work


def _with_errors(context: UpdateContext, task: Task, propose: Propose) -> Merged:
    try:
        return _merged(context, task, propose)
    except Exception as error:  # noqa: BLE001 -- any error concerns this page only
        return Merged(task.path, problems=problems_of(task.path, error))


def without_result(task: Task, loss: Loss) -> Merged:
    """The result for a page that took too long, or whose process ended."""
    return Merged(task.path, problems=(lost(task.path, loss),))


def _merged(context: UpdateContext, task: Task, propose: Propose) -> Merged:
    path = task.path
    repository = Repository(context.root)
    repository.digests = {path: digest(data) for path, data in task.files.items()}
    repository.pending |= {**task.files, **context.pending}
    given = read_input(repository, path)
    if given is None:
        return Merged(path)
    merged = merge_input(given, propose, context)
    named = _named(given.page, merged, context)
    decided = decided_notes(repository, merged.proposal.notes, given.last.notes)
    notes = (*given.notes, *decided, *_place(path, merged))
    return Merged(
        path,
        ((path, merged.text), (given.suggested, proposals.dump(merged.proposal))),
        tuple(record_offers.offers_of(repository, named, merged.proposal, given.last, context.records)),
        UpdateOutcome.of(path, merged, notes),
        tuple(ref.id for ref in named.refs),
        digests=repository.digests,
    )


def _place(path: str, merged: PageMerge) -> Iterator[str]:
    """A suggestion to move an article whose date is now known out of the folder of undated articles."""
    id_ = id_of(path)
    dated = next((one for one in merged.changed if one.startswith("date: ")), "")
    year = dated.rpartition(" -> ")[2][:4]
    if id_.startswith("undated/") and year.isdecimal():
        yield f"its address still says that it has no date: `dossier rename {id_} {year}/{id_.partition('/')[2]}`"


def _named(before: Page, merged: PageMerge, context: UpdateContext) -> record_offers.NamedEntities:
    """The entities that the page names, for offers to their records after all pages are merged."""
    page = before if merged.text == before.text else open_page(before.path, merged.text)
    items = (with_record_id(entity.item, context.led) for entity in page.entities)
    return record_offers.NamedEntities(
        page.article.id, tuple(item for item in items if isinstance(item, EntityRef))
    )


def _led(given: Input, led: Mapping[str, str]) -> Input:
    """The input with ids of records in place of ids made from names that the records have."""
    page = given.page
    if not page.confirmed and (text := reidentified(page.text, "articles", led, page.path)) != page.text:
        page = replace(open_page(page.path, text), readable=page.readable)
    page_entities = tuple(
        replace(page_item, item=with_record_id(page_item.item, led)) for page_item in page.entities
    )
    last = given.last
    timeline = tuple(replace(one, entities=_ids(one.entities, led)) for one in last.timeline)
    entities = tuple(_still_named(last.entities, given.page, led))
    rejected = tuple(replace(one, entity=led.get(one.entity, one.entity)) for one in last.rejected)
    conflicts = tuple(
        replace(conflict, page=led.get(conflict.page, conflict.page))
        if conflict.field == ENTITIES
        else conflict
        for conflict in last.conflicts
    )
    last = replace(last, entities=entities, timeline=timeline, rejected=rejected, conflicts=conflicts)
    return replace(given, page=replace(page, entities=page_entities), last=_accepted(last))


def _still_named(
    entities: Iterable[ProposedEntity], page: Page, led: Mapping[str, str]
) -> Iterator[ProposedEntity]:
    """The entities of the last proposal under today's ids. One whose record no longer has a name of the page to itself has the id
    of that name, since nobody took the name out.
    """
    named = {
        page_item.id
        for page_item in page.entities
        if isinstance(page_item.item, EntityRef) and page_item.item.name
    }
    ids = {led.get(page_item.id, page_item.id) for page_item in page.entities}
    for entity in entities:
        id_ = led.get(entity.entity, entity.entity)
        names = (made for made in _made_from_names(entity) if made in named) if id_ not in ids else ()
        yield replace(entity, entity=next((led.get(made, made) for made in names), id_))


def _made_from_names(entity: ProposedEntity) -> Iterator[str]:
    for form in (entity.name, *entity.forms):
        yield from ids_by_name(form, entity.type)


def _accepted(last: Proposal) -> Proposal:
    """The last proposal, in which a name that was accepted on one branch is accepted as the record that another branch wrote."""
    unknown = {*last.accepted}.difference(last.keys)
    keys = {
        entity.key
        for entity in (last.entities if unknown else ())
        if any(item_key("entity", id_) in unknown for id_ in _made_from_names(entity))
    }
    return replace(last, accepted=tuple(sorted({*last.accepted, *keys}))) if keys else last


def _ids(ids: Iterable[str], led: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(led.get(id_, id_) for id_ in ids))


def _replaced_ids(before: Page, after: Page, led: Mapping[str, str]) -> Iterator[str]:
    """Which ids replaced which in the entries, in words."""
    was, now = (
        {id_ for one in page.timeline for id_ in getattr(one.item, "entities", ())}
        for page in (before, after)
    )
    yield from (f"{id_} -> {led[id_]}" for id_ in sorted(was - now) if id_ in led)


def _turned_down(last: Proposal, new: Proposal) -> Proposal:
    """The last proposal, in which what was rejected under the id of an older version's draft record is rejected by name too."""
    rejected = {one.entity: one for one in last.rejected if one.entity}
    again = (
        replace(rejected[old], key=entity.key, entity=entity.entity)
        for entity in new.entities
        if entity.entity not in rejected
        for old in record_offers.ids_of(entity)
        if old in rejected
    )
    return replace(last, rejected=(*last.rejected, *again))


def merge_input(given: Input, propose: Propose, context: UpdateContext) -> PageMerge:
    """Propose anew for a page and merge. Raises DiagnosticsError (D502).

    Names in the page and in the last proposal count as the records that have them now.
    """
    before = given.page
    try:
        typed = with_types(given.page, given.last, context.types, proposed_only=True)
        given = _led(replace(given, page=typed.page, last=typed.last), context.led)
    except EditError as error:
        raise uneditable(before, error) from None
    last = dict(given.last.page)
    fields = merge_fields(given.page, last, given.fields, given.stated, given.last.conflicts)
    article = replace(
        given.article,
        title=fields.values["title"],
        published=fields.values["date"] or None,
        lang=fields.values["lang"] or given.article.lang,
    )
    here = {entity.id for entity in given.page.entities}
    proposal = record_offers.without(
        propose(article), context.removed_records, here | {entity.entity for entity in given.last.entities}
    )
    known = _turned_down(given.last, proposal)
    try:
        merged = merge_page(given.page, known, proposal, fields, context.records)
        found = _turned_down(replace(known, rejected=merged.proposal.rejected), proposal)
        if found.rejected != merged.proposal.rejected:  # what this update found to be rejected
            merged = merge_page(given.page, found, proposal, fields, context.records)
    except EditError as error:
        raise uneditable(before, error) from None
    changed = (
        *(f"{item.name}: type: {item.type} -> {type_}" for item, type_ in typed.changed),
        *_replaced_ids(before, given.page, context.led),
        *merged.changed,
    )
    proposal = replace(merged.proposal, page=tuple(_front_matter(given)))
    return replace(merged, proposal=proposal, changed=changed)


def uneditable(page: Page, error: EditError) -> DiagnosticsError:
    message = f"the page was left as it is: {error}. Change it by hand, then run this again"
    return DiagnosticsError([Diagnostic(page.path, 0, 0, "D502", message)])


def _front_matter(given: Input) -> Iterator[tuple[str, str]]:
    """The values that source and curator give, or gave last, for the page's own keys.

    A value that led to a conflict and is no longer given is forgotten: if it is given again, the editor is asked again.
    """
    last = dict(given.last.page)
    asked = {conflict.field for conflict in given.last.conflicts if not conflict.key}
    for name in FIELDS:
        value = given.fields[name] or ("" if name in asked else last.get(name, ""))
        if value:
            yield name, value
