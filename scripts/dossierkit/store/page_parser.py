"""A page from its text: front matter and body as an article, a record or a dossier."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import yaml

from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError, errors_in
from dossierkit.model.imported import ImportOrigin
from dossierkit.model.media import Medium
from dossierkit.model.notice import Correction, Withdrawal
from dossierkit.model.page import (
    ArticlePage,
    ArticleSelection,
    DossierPage,
    EarlierSource,
    PlacedId,
    SourceNote,
)
from dossierkit.model.record import Location, Name, Record, Relation
from dossierkit.store import frontmatter, schema
from dossierkit.store.items import author, entry, references, taken
from dossierkit.store.proposed import PROPOSED
from dossierkit.store.reader import ID, FrontMatterReader, Values, without_position
from dossierkit.text.recordfacts import article_facts, fact_properties

_COPY = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)-[A-Z][A-Z0-9-]*")
"""OneDrive puts the name of a computer behind the name of a copy that it could not merge."""

Extra = tuple[tuple[str, object], ...]
Found = tuple[Any, list[Diagnostic]]
"""A page, and warnings about it."""


def _read(
    id_: str, path: str, text: str, keys: tuple[schema.Key, ...]
) -> tuple[Values, Extra, frontmatter.Parts, list[Diagnostic]]:
    parts = frontmatter.parse(text, path)
    reader = FrontMatterReader(path)
    values, found = reader.mapping(parts.root, keys)
    extra = tuple(pair for pair in found if pair[0] != PROPOSED)  # read by `store.proposed` only
    if not ID.match(id_):
        copy = _COPY.fullmatch(id_.rpartition("/")[2])
        advice = (
            f"if a synchronised folder left it as a copy of `{copy[1]}.md`, take over what is missing there and delete it; otherwise "
            if copy
            else ""
        )
        message = f"the file's name `{id_}` is its id: {advice}use lower-case a-z, 0-9 and single hyphens"
        reader.problems.append(Diagnostic(path, 0, 0, "D110", message))
    if errors_in(reader.problems):
        raise DiagnosticsError(reader.problems)
    return values, extra, parts, reader.problems


def article(id_: str, path: str, text: str) -> tuple[ArticlePage, list[Diagnostic]]:
    """An article page from its text. Raises DiagnosticsError; the list holds warnings."""
    values, extra, parts, warnings = _read(id_, path, text, schema.ARTICLE)
    page = ArticlePage(
        id=id_,
        path=path,
        source=_source(without_position(values.pop("source", {}))),
        entities=references(values.pop("entities", ())),
        timeline=tuple(map(entry, values.pop("timeline", ()))),
        extra=extra,
        waiting=_waits(parts.root),
        **_shared(values, parts),
        **without_position(values),
    )
    return page, warnings


def _waits(root: yaml.MappingNode) -> bool:
    """Whether any list under `proposed:` has an item."""
    under = (
        value for key, value in root.value if key.value == PROPOSED and isinstance(value, yaml.MappingNode)
    )
    return any(isinstance(sub, yaml.SequenceNode) and sub.value for value in under for _, sub in value.value)


def record(id_: str, path: str, text: str) -> tuple[Record, list[Diagnostic]]:
    """An authority record from its text. Raises DiagnosticsError; the list holds warnings."""
    values, extra, parts, warnings = _read(id_, path, text, schema.RECORD)
    location = values.pop("location", None)
    page = Record(
        id=id_,
        path=path,
        aliases=tuple(_names(values.pop("aliases", ()))),
        weak_aliases=tuple(_names(values.pop("weak_aliases", ()))),
        relations=tuple(Relation(**item) for item in values.pop("relations", ())),
        location=Location(**without_position(location)) if location else None,
        sources=tuple(ImportOrigin(**without_position(item)) for item in values.pop("sources", ())),
        facts=taken(values, fact_properties()),
        extra=extra,
        **_shared(values, parts),
        **without_position(values),
    )
    return page, warnings


def dossier(id_: str, path: str, text: str) -> tuple[DossierPage, list[Diagnostic]]:
    """A dossier page from its text. Raises DiagnosticsError; the list holds warnings."""
    values, extra, parts, warnings = _read(id_, path, text, schema.DOSSIER)
    page = DossierPage(
        id=id_,
        path=path,
        articles=tuple(_placed(values.pop("articles", ()))),
        cast=tuple(_placed(values.pop("cast", ()))),
        select=ArticleSelection(**without_position(values.pop("select", {}))),
        extra=extra,
        **_shared(values, parts),
        **without_position(values),
    )
    return page, warnings


def _source(values: Values) -> SourceNote:
    earlier = tuple(EarlierSource(**without_position(one)) for one in values.pop("earlier", ()))
    return SourceNote(earlier=earlier, facts=taken(values, article_facts()), **values)


def _shared(values: Values, parts: frontmatter.Parts) -> dict[str, Any]:
    """What pages of every kind have and is not a plain value, removed from `values`."""
    withdrawn = values.pop("withdrawn", None)
    return {
        "body": parts.body,
        "body_line": parts.body_line,
        "corrections": tuple(Correction(**item) for item in values.pop("corrections", ())),
        "withdrawn": Withdrawal(**without_position(withdrawn)) if withdrawn else None,
        "image": _image(values),
        "authors": tuple(map(author, values.pop("authors", ()))),
        "media": tuple(map(_medium, values.pop("media", ()))),
    }


def _image(values: Values) -> Medium | None:
    image = values.pop("image", None)
    return Medium(**image) if image else None


def _medium(item: Values) -> Medium:
    return Medium(**{**item, "page": int(item.get("page", 0))})


def lead_image(text: str, path: str) -> tuple[Medium | None, list[Diagnostic]]:
    """The picture of one of the site's own pages, which may have no front matter; and its problems."""
    if not text.startswith("---"):
        return None, []
    reader = FrontMatterReader(path)
    root = frontmatter.parse(text, path).root
    given = [pair for pair in root.value if str(pair[0].value) == schema.IMAGE.name]
    if not given:
        return None, []
    values, _ = reader.mapping(yaml.MappingNode(root.tag, given), schema.LEAD)
    return _image(values), reader.problems


def _names(items: tuple[Values, ...]) -> Iterator[Name]:
    return (Name(item["name"], item.get("lang", "")) for item in items)


def _placed(items: tuple[Values, ...]) -> Iterator[PlacedId]:
    return (PlacedId(item["id"], item["line"], item["col"]) for item in items)


READERS: Mapping[str, Callable[[str, str, str], Found]] = {
    "articles": article,
    "entities": record,
    "dossiers": dossier,
}
"""By kind of page; each takes id, path and text."""
