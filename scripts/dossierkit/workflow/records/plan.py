"""Changes of authority records: planned in memory, checked for their effect on every article, then written together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from dossierkit.evidence import consistency, visibility
from dossierkit.evidence.backreferences import connect
from dossierkit.evidence.body_html import renderer
from dossierkit.evidence.candidates.leads import led
from dossierkit.evidence.gathering import Evidence, gather
from dossierkit.evidence.layer import layer
from dossierkit.evidence.visibility import article_path, entity_path
from dossierkit.merge.record import decided, open_record, union
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError, errors_in
from dossierkit.model.message import Message
from dossierkit.model.page import ArticlePage, Content, ContentPage, EntityRef
from dossierkit.site import redirects
from dossierkit.store import content as pages
from dossierkit.store import page_parser
from dossierkit.store import record_proposal as stored
from dossierkit.store.content import is_page, record_file
from dossierkit.store.edit import EditError, Put, apply
from dossierkit.store.items import as_value
from dossierkit.store.reader import ID
from dossierkit.store.references import reidentified, relinked
from dossierkit.workflow.named_files import meant
from dossierkit.workflow.records.record_offers import last_for_record
from dossierkit.workflow.repository import Repository, exclusive
from dossierkit.workflow.say import say

_FIELDS = {"articles": "articles", "entities": "records", "dossiers": "dossiers"}

Texts = Mapping[str, str]
Ids = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RecordPlan:
    """Planned changes. `texts`: pages by their path below content/; `removed`: pages to remove.

    `ids`: by article ("": every article), old ids -> new ids of entities; `about`: the ids concerned. `notes`: about automatic
    decisions; `problems`: reasons against the plan.
    """

    texts: Texts
    ids: Mapping[str, Ids]
    about: frozenset[str]
    removed: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


class RequestError(click.UsageError):
    """A change that cannot be made as it was asked for. `reason`: why, which the desk translates."""

    def __init__(self, template: str, **values: object) -> None:
        self.reason = Message(template, values)
        super().__init__(str(self.reason))


class RepositoryPages:
    """The repository's pages. Raises DiagnosticsError if one cannot be read, since no change can be planned then."""

    def __init__(self, repository: Repository) -> None:
        self.repository, root = repository, repository.root
        folder = root / "content"
        self.texts: dict[str, str] = {}
        for file in sorted(folder.rglob("*.md")):
            with suppress(UnicodeDecodeError):  # pages are reported below; other files name no record
                path = file.relative_to(folder).as_posix()
                self.texts[path] = (self.repository.read(f"content/{path}") or b"").decode("utf-8")
        self.content, problems = pages.load_content(folder, root)
        if errors := errors_in(problems):
            raise DiagnosticsError(errors)

    @cached_property
    def _led(self) -> dict[str, str]:
        return led(self.content.records)

    def with_ids(self, article: str) -> tuple[str, ArticlePage]:
        """The text of an article with names replaced by the ids of records that have them, and its page. Raises EditError."""
        page, path = self.content.articles[article], article_path(article)
        led = self._led
        edits = [
            Put(("entities", number), as_value(EntityRef(led[ref.id], ref.also)))
            for number, ref in enumerate(page.entities)
            if ref.name and ref.id in led
        ]
        if not edits:
            return self.texts[path], page
        text = apply(self.texts[path], edits, page.path)
        return text, page_parser.article(article, page.path, text.replace("\r\n", "\n"))[0]

    def record(self, id_: str) -> None:
        """Raises RequestError if the record does not exist."""
        if id_ in self.content.records:
            return
        for record in self.content.records.values():
            if id_ in record.redirects:
                raise RequestError("`{id}` is a retired id: the record is `{now}` now", id=id_, now=record.id)
        raise RequestError(
            "no authority record `{id}`: {meant}name a file below content/entities/, without `.md`",
            id=id_,
            meant=meant(id_, self.content.records),
        )

    def free(self, id_: str, *, but: str = "") -> None:
        """Raises RequestError if an id cannot be given to a record. `but`: a record that may have it as a redirect."""
        if not ID.match(id_):
            raise RequestError("`{id}` is not an id: use lower-case a-z, 0-9 and single hyphens", id=id_)
        if entity_path(id_) in self.texts:
            raise RequestError("the record `{id}` exists already", id=id_)
        refuse_retired(self.content.records.values(), id_, but=but)

    def renamed(self, ids: Ids) -> dict[str, str]:
        """The pages that name the ids, with the new ids. Raises DiagnosticsError with all pages that cannot be edited."""
        moved = {entity_path(old): entity_path(new) for old, new in ids.items()}
        changed: dict[str, str] = {}
        problems: list[Diagnostic] = []
        for path, text in self.texts.items():
            kind = path.partition("/")[0]
            try:
                new = reidentified(text, kind, ids, path) if is_page(path) else text
            except EditError as error:
                message = f"the page names `{', '.join(ids)}` and cannot be rewritten in place ({error}): edit it by hand"
                problems.append(Diagnostic(f"content/{path}", 0, 0, "D805", message))
                continue
            new = relinked(new, path, moved)
            if new != text:
                changed[path] = new
        if problems:
            raise DiagnosticsError(problems)
        return changed

    def put(self, texts: Texts, removed: Iterable[str]) -> None:
        """Add pages, and the removal of others, to the pending changes."""
        for path, text in texts.items():
            self.repository.write(f"content/{path}", text)
        for path in removed:
            self.repository.put(f"content/{path}", None)

    def commit(self) -> None:
        """Write what is pending, all or none, and print what was done. Raises ChangedOnDiskError."""
        self.repository.commit()
        for path, data in sorted(self.repository.pending.items()):
            say(f"{path}: {'removed' if data is None else 'written'}")

    def after(self, plan: RecordPlan) -> Content:
        """The content after the plan. Raises DiagnosticsError if a page would not be readable."""
        by_kind: dict[str, dict[str, Any]] = {
            kind: dict(getattr(self.content, field)) for kind, field in _FIELDS.items()
        }
        for path in plan.removed:
            by_kind[path.partition("/")[0]].pop(page_id(path), None)
        for path, text in plan.texts.items():
            if is_page(path):
                kind, id_ = path.partition("/")[0], page_id(path)
                normalised = text.replace("\r\n", "\n")
                by_kind[kind][id_] = page_parser.READERS[kind](id_, f"content/{path}", normalised)[0]
        articles, records, dossiers = (dict(sorted(by_kind[kind].items())) for kind in _FIELDS)
        return replace(self.content, articles=articles, records=records, dossiers=dossiers)


def page_id(path: str) -> str:
    """The id of the page at a path below content/."""
    return path.partition("/")[2].removesuffix(".md")


@contextmanager
def editing(path: str) -> Iterator[None]:
    """Turn an EditError into a DiagnosticsError (D805) that names the page."""
    try:
        yield
    except EditError as error:
        message = f"the page cannot be rewritten in place ({error}): edit it by hand"
        raise DiagnosticsError([Diagnostic(path, 0, 0, "D805", message)]) from None


Planned = Callable[[RepositoryPages], RecordPlan]


def checked(pages: RepositoryPages, id_: str, planned: Planned) -> RecordPlan:
    """Plan a change of the record `id_`, add it to the pending changes, and return it with all that speaks against it.

    Raises click.UsageError if there is no such record, and DiagnosticsError (D805) if a page cannot be edited.
    """
    pages.record(id_)
    with editing(pages.content.records[id_].path):
        plan = planned(pages)
    plan = replace(plan, problems=(*plan.problems, *_worse(pages, plan)))
    _remember(pages.repository, plan)
    pages.put(plan.texts, plan.removed)
    return plan


def carried_out(root: Path, id_: str, planned: Planned, *, force: bool) -> RecordPlan:
    """Plan a change of the record `id_` under the lock, print its effects, then write it completely or not at all.

    Raises as `checked`, and DiagnosticsError (D805) if new problems would arise or mentions would change their entity, unless
    `force` is set; then nothing is written.
    """
    with exclusive(root):
        pages = RepositoryPages(Repository(root))
        plan = checked(pages, id_, planned)
        if plan.problems and not force:
            raise DiagnosticsError(plan.problems)
        for note in plan.notes:
            say(f"  note: {note}")
        for problem in plan.problems:
            say(f"  {problem}", err=True)
        pages.commit()
        return plan


def _remember(repository: Repository, plan: RecordPlan) -> None:
    """Move proposals and rejections of a removed record to the record that it becomes part of."""
    for old, new in plan.ids.get("", {}).items():
        path, place = record_file(old), stored.path_of(old)
        if entity_path(old) in plan.removed and repository.read(place) is not None:
            moved, remaining = (last_for_record(repository, id_)[0] for id_ in (old, new))
            if repository.read(record_file(new)) is not None:
                moved = decided(open_record(old, path, repository.page(path)), moved)
            repository.write(stored.path_of(new), stored.dump(union(remaining, moved)))
            repository.put(place, None)


def _worse(repository: RepositoryPages, plan: RecordPlan) -> Iterator[Diagnostic]:
    """New problems, and mentions that would change their entity."""
    before, had = _evidence(repository.content, plan.about)
    after, has = _evidence(repository.after(plan), plan.about)
    known = {(problem.path, problem.code, problem.message) for problem in had}
    for problem in sorted(has):
        if (problem.path, problem.code, problem.message) not in known:
            yield replace(problem, message=f"{problem.code}: {problem.message}", code="D805")
    for id_, article in after.items():
        if id_ in before:
            yield from _bites(before[id_], article, {**plan.ids.get("", {}), **plan.ids.get(id_, {})})


def _evidence(content: Content, about: frozenset[str]) -> tuple[dict[str, Evidence], list[Diagnostic]]:
    """The articles that name one of `about`, and all problems of records and of these articles."""
    render = renderer(("tables",), {})
    live = visibility.checked(content, visibility.visible(content, drafts=True))
    found: dict[str, Evidence] = {}
    problems: list[Diagnostic] = []
    for id_, page in live.articles.items():
        if about.intersection(ref.id for ref in page.entities):
            found[id_], wrong = gather(page, layer(render(page.body)), live)
            problems += wrong
    problems += consistency.across(live, connect(found.values()))
    problems += redirects.problems(live)
    return found, problems


def _bites(before: Evidence, after: Evidence, ids: Ids) -> Iterator[Diagnostic]:
    """Mentions of an article that would be added, removed, or given to another entity."""
    had = {(item.start, item.end): ids.get(item.entity, item.entity) for item in before.mentions}
    has = {(item.start, item.end): item.entity for item in after.mentions}
    reported: set[tuple[str, str, str]] = set()
    for span in sorted(had.keys() | has.keys()):
        old, new = had.get(span, ""), has.get(span, "")
        words = after.layer.text[slice(*span)]
        if old != new and (words, old, new) not in reported:
            reported.add((words, old, new))
            yield Diagnostic(after.page.path, 0, 0, "D805", _question(words, old, new))


def _question(words: str, old: str, new: str) -> str:
    if not old:
        return f"“{words}” would become a mention of `{new}`: is it?"
    if not new:
        return f"“{words}” would no longer be a mention of `{old}`"
    return f"“{words}” would mean `{new}` instead of `{old}`: is it?"


def names(items: Iterable[str]) -> str:
    return ", ".join(f"“{item}”" for item in items)


def refuse_retired(pages: Iterable[ContentPage], id_: str, *, but: str) -> None:
    """Raises RequestError if an id was that of another page than `but`."""
    for page in pages:
        if id_ in page.redirects and page.id != but:
            raise RequestError("`{id}` leads to `{now}`: an id is never reused", id=id_, now=page.id)
