"""A draft page for an article and its proposal, made by a template that a newsroom may replace."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import jinja2

from dossierkit.model.page import SourceNote
from dossierkit.model.proposal import Proposal, ProposedEntity
from dossierkit.model.record import Record
from dossierkit.store.edit_values import inline
from dossierkit.store.items import as_value, reference
from dossierkit.store.schema import ENTRY, SOURCE, names, single
from dossierkit.store.yamltext import date, flow, scalar

ARTICLE, ENTITY = "pages/article.md", "pages/entity.md"


@dataclass(frozen=True, slots=True)
class Draft:
    """The content of a draft page. `date`: EDTF, empty if unknown; `body`: Markdown that ends in a line break."""

    title: str
    date: str
    lang: str
    source: SourceNote
    tags: tuple[str, ...]
    proposal: Proposal
    body: str


def write_draft(draft: Draft, templates: Sequence[Path]) -> str:
    """The page's text. `templates`: folders of templates, the newsroom's own first."""
    values = {
        "title": draft.title,
        "date": draft.date,
        "lang": draft.lang,
        "source": tuple(_given(draft.source.stated, single(SOURCE))),
        "tags": draft.tags,
        "entities": draft.proposal.entities,
        "timeline": tuple(
            tuple(_given(partial(getattr, entry), names(ENTRY, "extractor")))
            for entry in draft.proposal.timeline
        ),
        "body": draft.body,
    }
    return _environment(tuple(templates)).get_template(ARTICLE).render(page=values).rstrip("\n") + "\n"


def write_record(record: Record, templates: Sequence[Path]) -> str:
    """The page of a new record: its id, title, type, names, status and redirects. `templates`: see `write_draft`."""
    values = {
        **{name: getattr(record, name) for name in ("id", "title", "type", "status", "redirects")},
        "aliases": [name.text for name in record.aliases],
        "weak_aliases": [name.text for name in record.weak_aliases],
    }
    return _environment(tuple(templates)).get_template(ENTITY).render(record=values).rstrip("\n") + "\n"


def _given(value_of: Callable[[str], object], keys: Iterable[str]) -> Iterator[tuple[str, object]]:
    return ((key, value) for key in keys if (value := value_of(key)))


def _entity(entity: ProposedEntity) -> str:
    return inline(as_value(reference(entity)))


@lru_cache(maxsize=2)
def _environment(templates: tuple[Path, ...]) -> jinja2.Environment:
    """The environment, cached since it compiles each template once; changed templates are read again."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 -- Markdown with YAML, not HTML: the filters quote every scalar
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"yaml": scalar, "yaml_date": date, "yaml_list": flow, "yaml_entity": _entity}
    return environment
