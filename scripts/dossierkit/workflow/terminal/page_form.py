"""`dossier review --edit PAGE`: edits the fields of an article, a record or a dossier one by one, and publishes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from dossierkit.model.page import DossierPage
from dossierkit.model.record import ENTITY_TYPES, Record
from dossierkit.store.content import ARTICLES, DOSSIERS, RECORDS, dossier_file, id_of, record_file
from dossierkit.text.number_of import number_of
from dossierkit.workflow.editing import dossier_edits, record_edits
from dossierkit.workflow.editing.article_state import ArticleState
from dossierkit.workflow.editing.joined_entries import by_dossier
from dossierkit.workflow.editing.session import text_digest
from dossierkit.workflow.named_files import page_path
from dossierkit.workflow.repository import Repository
from dossierkit.workflow.review.screen import Screen, one_of
from dossierkit.workflow.terminal import fields, missed
from dossierkit.workflow.terminal.terminal_session import TerminalSession, keys, open_terminal, walk

_EDIT = (("e", "edit a field"), ("P", "publish"))
_LOCATION, _RELATIONS = "location", "relations"
_SHOWN = 12


@dataclass(slots=True)
class _Form:
    terminal: TerminalSession
    path: str


def run(root: Path, page: Path, screen: Screen | None = None) -> None:
    """Edit the page at `page` until the editor leaves. Raises click.UsageError for other paths, or without a terminal."""
    path = _relative(root, page)
    form = _Form(open_terminal(root, screen), path)
    if not (root / path).is_file() and not _begun(form):
        return
    walk(form.terminal, lambda: _step(form))


def _relative(root: Path, page: Path) -> str:
    here = page.absolute()
    place = here if here.resolve().is_relative_to(root.resolve()) else root / page
    if place.resolve().is_relative_to(root.resolve()):
        path = place.resolve().relative_to(root.resolve()).as_posix()
        if _is_page(path):
            return path
    if _is_page(path := page_path(root, page)):
        return path
    raise click.UsageError(
        f"{page} is not a page: name one in content/articles/, content/entities/ or content/dossiers/"
    )


def _is_page(path: str) -> bool:
    return path.startswith((ARTICLES, RECORDS, DOSSIERS)) and path.endswith(".md")


def _begun(form: _Form) -> bool:
    """Begin a new record or dossier, by its title. Returns False if the editor cancels."""
    screen, session = form.terminal.screen, form.terminal.session
    if form.path.startswith(ARTICLES):
        raise click.UsageError(f"{form.path} is not there: `dossier add` makes articles")
    screen.say(f"{form.path} is not there yet", "yellow")
    title = screen.line(
        "title of the new one (Enter: none)", Path(form.path).stem.replace("-", " ").capitalize()
    )

    def begin() -> None:
        if form.path.startswith(RECORDS):
            type_ = screen.line(f"type ({', '.join(ENTITY_TYPES)})", ENTITY_TYPES[0])
            id_, text = record_edits.new_record(session.root, title, type_, session.index.records)
            form.path = record_file(id_)
        else:
            id_, text = dossier_edits.new_dossier(session.root, title)
            form.path = dossier_file(id_)
        session.create(form.path, text, title)

    return form.terminal.attempt(begin)


def _step(form: _Form) -> bool:
    index = form.terminal.session.index
    id_ = id_of(form.path)
    if form.path.startswith(RECORDS) and id_ in index.records:
        return _record(form, index.records[id_])
    if form.path.startswith(DOSSIERS) and form.path in {dossier.path for dossier in index.dossiers.values()}:
        return _dossier(form, index.dossiers[id_])
    if form.path in index.articles:
        return _article(form, index.articles[form.path])
    form.terminal.screen.say(f"{form.path} cannot be read or is withdrawn: `dossier check` says why", "red")
    return False


def _article(form: _Form, article: ArticleState) -> bool:
    screen = form.terminal.screen
    screen.head(f"{article.path} · {article.page.article.status}", article.page.article.title)
    screen.say(f"{len(article.waiting)} wait: dossier review {article.path}", "dim")
    key = screen.ask(keys(missed.KEYS))

    def act() -> None:
        version = text_digest(Repository(form.terminal.session.root), form.path)
        missed.carry_out(form.terminal, article, key, version)

    return form.terminal.answer(key, act)


def _record(form: _Form, record: Record) -> bool:
    screen, index = form.terminal.screen, form.terminal.session.index
    known = _fields(record)
    screen.head(f"{record.path} · {record.status}", f"{record.title} ({record.type}) {record.id}")
    fields.show(screen, known)
    named = [index.articles[path].page.article.title for path in index.naming(record.id)]
    screen.say(
        f"named by {number_of(len(named), 'article')}{': ' if named else ''}{'; '.join(named[:_SHOWN])}",
        "dim",
    )
    if offers := index.offers.get(record.path, ()):
        screen.say(f"{len(offers)} wait in it: dossier review {record.path}", "yellow")
    key = screen.ask(keys(_EDIT))

    def act() -> None:
        if key == "P":
            _publish(form, accept=True)
            return
        name = fields.choose_field(screen, known)
        if name == _RELATIONS:
            relations = _relations(screen, record)
            _write(form, lambda text: record_edits.with_record_fields(text, record, {}, relations))
        elif name == _LOCATION:
            before = record_edits.fields_of(record)
            place = {part: fields.asked(screen, part, before[part], ()) for part in record_edits.PLACE}
            _write(form, lambda text: record_edits.with_record_fields(text, record, place))
        elif name:
            value = fields.asked(screen, name, known[name], record_edits.LISTS)
            _write(form, lambda text: record_edits.with_record_fields(text, record, {name: value}))

    return form.terminal.answer(key, act)


def _fields(record: Record) -> dict[str, str]:
    """The fields of a record, with its location and its relations as one field each."""
    found = record_edits.fields_of(record)
    place = " ".join(one for name in record_edits.PLACE if (one := found.pop(name)))
    return {**found, _LOCATION: place, _RELATIONS: _relation_lines(record)}


def _relation_lines(record: Record) -> str:
    return "\n".join(f"{one['type']} {one['to']}" for one in record_edits.relations_of(record))


def _relations(screen: Screen, record: Record) -> list[dict[str, str]]:
    """The relations with one changed or added; a relation with empty values is removed. Raises EditError."""
    found = record_edits.relations_of(record)
    for number, one in enumerate(found, 1):
        screen.say(f"  {number:2}  {' · '.join(value for value in one.values() if value)}")
    typed = screen.line("number of the relation (Enter: a new one)")
    at = one_of(typed, len(found)) if typed else None
    before = dict.fromkeys(record_edits.RELATION, "") if at is None else found[at]
    given = {name: screen.line(f"{name} (- for none)", before[name]) for name in record_edits.RELATION}
    made = {name: "" if value == "-" else value for name, value in given.items()}
    return [*found, made] if at is None else [*found[:at], made, *found[at + 1 :]]


def _dossier(form: _Form, dossier: DossierPage) -> bool:
    screen, session = form.terminal.screen, form.terminal.session
    known = dossier_edits.fields_of(dossier)
    screen.head(f"{dossier.path} · {dossier.status}", dossier.title)
    fields.show(screen, known)
    articles = list(dossier_edits.taken(session.index, dossier))
    events = by_dossier(session.events.all(), [article.id for article in articles])
    screen.say(
        f"{number_of(len(articles), 'article')}, with those that its rule adds; {number_of(len(events), 'event')}",
        "dim",
    )
    for event in events[:_SHOWN]:
        screen.say(f"  {event.date or 'undated'} {event.entries[0].entry.text}", "dim")
    key = screen.ask(keys(_EDIT))

    def act() -> None:
        if key == "P":
            _publish(form, accept=False)
            return
        name = fields.choose_field(screen, known)
        if name:
            value = fields.asked(screen, name, known[name], dossier_edits.LISTS)
            _write(form, lambda text: dossier_edits.with_dossier_fields(text, dossier, {name: value}))

    return form.terminal.answer(key, act)


def _write(form: _Form, make: Callable[[str], str]) -> None:
    session = form.terminal.session
    session.edit(form.path, text_digest(Repository(session.root), form.path), make)


def _publish(form: _Form, *, accept: bool) -> None:
    version = text_digest(Repository(form.terminal.session.root), form.path)
    form.terminal.publish([form.path], version, accept=accept)
