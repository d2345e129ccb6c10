"""Edits of an article other than decisions on proposals: missed names and entries, and metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dossierkit.evidence.candidates.leads import led
from dossierkit.merge.open import ItemMark
from dossierkit.merge.page_items import FIELDS as MERGED
from dossierkit.merge.page_items import as_written, field_of
from dossierkit.model.edtf import parse
from dossierkit.model.page import ArticlePage, EntityRef
from dossierkit.model.record import Record
from dossierkit.store.edit import EditError, Insert, Put, Remove, apply
from dossierkit.store.items import as_value
from dossierkit.store.schema import ARTICLE, ENTRY, SOURCE, before, names
from dossierkit.text.fold import name_id
from dossierkit.text.match import Matcher
from dossierkit.workflow.editing.article_state import ArticleState
from dossierkit.workflow.editing.field_edits import checked, picture_fields, picture_of, with_fields
from dossierkit.workflow.editing.marked_text import name_spans, selector
from dossierkit.workflow.editing.value_checks import refuse_type, refuse_wrong

FIELDS = (*MERGED, "description", "embargo", "image.src", "image.alt", "image.caption", "image.credit")
_ORDER = (*names(ARTICLE), *names(SOURCE))


def fields_of(page: ArticlePage) -> dict[str, str]:
    """The page's own fields, as strings for a form."""
    own = {name: field_of(page, name) for name in FIELDS if not name.startswith("image.")}
    return {**own, **picture_of(page.image)}


def with_own_fields(text: str, article: ArticleState, given: Mapping[str, str]) -> str:
    """The page with those given fields that differ. Raises EditError, DiagnosticsError."""
    refuse_wrong("date", given.get("date", ""))
    before = fields_of(article.page.article)
    changed = {
        name: value
        for name, value in given.items()
        if value != before[name] and not name.startswith("image.")
    }
    values = {
        name: parse(value).text if name == "date" and value else value for name, value in changed.items()
    }
    fields = [(tuple(name.split(".")), as_written(name, value)) for name, value in values.items()]
    return with_fields(text, article.path, [*fields, *picture_fields(before, {**before, **given})], _ORDER)


def with_name(text: str, article: ArticleState, words: str, type_: str, records: Mapping[str, Record]) -> str:
    """The page with a missed name, as the record that has it or as name and type. Raises EditError, DiagnosticsError."""
    refuse_type(type_)
    if not words or not Matcher([(words, 0)]).find(article.readable):
        raise EditError("“{words}” is not in the text", words=words)
    ref = _reference(words, type_, records)
    if any(entity.id == ref.id for entity in article.page.entities):
        raise EditError("“{words}” is named already", words=words)
    if not _stands_alone(article, words, records):
        raise EditError("“{words}” occurs only in the title, or inside another name", words=words)
    return checked(apply(text, [Insert(("entities",), as_value(ref))]), article.path)


def _stands_alone(article: ArticleState, words: str, records: Mapping[str, Record]) -> bool:
    """Whether a name occurs in the text, not only inside a name that the page has already."""
    others = [(at, article.forms(open_, records)) for at, open_ in enumerate(article.items)]
    spans = name_spans(article.readable, [*others, (-1, (words,))])
    return any(number == -1 and start > len(article.page.article.title) for start, _, number in spans)


def _reference(words: str, type_: str, records: Mapping[str, Record]) -> EntityRef:
    """A reference to the record that has the name, or else with name and type."""
    made = name_id(words, type_)
    known = records.get(led(records).get(made, made))
    return EntityRef(known.id) if known else EntityRef(made, name=words, type=type_)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that an editor writes. `at`: the span of its selected quote in the article's text (code points, half open);
    without, the quote must occur once.
    """

    date: str
    heading: str
    quote: str
    at: tuple[int, int] | None = None


def with_entry(text: str, article: ArticleState, entry: NewEntry) -> str:
    """The page with a missed entry. Raises EditError, DiagnosticsError."""
    exact, prefix, suffix = _quoted(article, entry)
    refuse_wrong("date", entry.date)
    refuse_wrong("heading", entry.heading)
    values = {
        "date": parse(entry.date).text if entry.date else "",
        "text": entry.heading,
        "quote": exact,
        "prefix": prefix,
        "suffix": suffix,
    }
    given = {key: value for key, value in values.items() if value}
    place = _place(article.page.article, entry.date)
    return checked(apply(text, [Insert(("timeline",), given, place)]), article.path)


def with_key_moment(text: str, article: ArticleState, mark: ItemMark) -> str:
    """The page with an entry marked as a key moment, or unmarked if it was one. Raises EditError, DiagnosticsError."""
    timeline = article.page.article.timeline
    at = next((at for at, one in enumerate(timeline) if (one.date, one.text, one.quote) == mark[1:]), None)
    if at is None:
        raise EditError("only an entry of the page can be a key moment: accept it first")
    place = ("timeline", at, "key")
    edit = Remove(place) if timeline[at].key else Put(place, value=True, after=before(ENTRY, "key"))
    return checked(apply(text, [edit]), article.path)


def _quoted(article: ArticleState, entry: NewEntry) -> tuple[str, str, str]:
    if entry.at and article.readable[entry.at[0] : entry.at[1]].strip() == entry.quote:
        return selector(article.readable, *entry.at)
    refuse_wrong("quote", entry.quote, article)
    return entry.quote, "", ""


def _place(page: ArticlePage, date: str) -> int | None:
    """The index of the first entry with a later date; None for the end."""
    own = parse(date).sort_key if date else None
    if own is None:
        return None
    keys = [(at, parse(entry.date).sort_key) for at, entry in enumerate(page.timeline) if entry.date]
    return next((at for at, key in keys if key is not None and key > own), None)


def draft_records(article: ArticleState, records: Mapping[str, Record]) -> list[Record]:
    """The draft records that the article names, by id or by name; they are published with it."""
    records_of = led(records)
    named = (records.get(records_of.get(ref.id, ref.id)) for ref in article.page.article.entities)
    return [record for record in named if record is not None and record.status == "draft"]
