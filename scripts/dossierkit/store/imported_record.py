"""Turns a record from an import or a pack into the text of its page, and into a Record."""

from __future__ import annotations

from collections.abc import Iterable

from dossierkit.model.imported import ImportedFact, ImportedRecord, ImportOrigin
from dossierkit.model.record import Location, Name, Record
from dossierkit.store.edit_values import Value, entry, inline
from dossierkit.store.yamltext import date
from dossierkit.text.recordfacts import fact_properties

STATUS = "reviewed"
"""Somebody chose the source and saw its records; a record is published only if another page names it."""


def page(imported: ImportedRecord) -> str:
    """The record's page, with the language of each name."""
    lines = [entry(name, imported.one(name), 0) for name in ("title", "type")]
    for name in ("aliases", "weak_aliases"):
        lines += _listed(name, map(_name, imported.each(name)))
    lines += _listed("same_as", (fact.value for fact in imported.each("same_as")))
    lines += [entry("description", text, 0) for text in (imported.one("description"),) if text]
    lines += [f"location: {_place(text)}\n" for text in (imported.one("location"),) if text]
    for name, value_ in facts(imported):
        is_date = fact_properties()[name].kind == "edtf"
        lines.append(f"{name}: {date(value_)}\n" if is_date else entry(name, value_, 0))
    lines += _listed("sources", map(origin_value, imported.origins))
    return f"---\n{''.join(lines)}named_only: true\nstatus: {STATUS}\n---\n"


def facts(imported: ImportedRecord) -> tuple[tuple[str, str], ...]:
    """The facts with a single value, by name."""
    return tuple((name, value) for name in fact_properties() if (value := imported.one(name)))


def _listed(name: str, values: Iterable[Value]) -> list[str]:
    """A list with one item per line, so that two people who add to it get no merge conflict."""
    items = [f"  - {inline(value)}\n" for value in values]
    return [f"{name}:\n", *items] if items else []


def _name(fact: ImportedFact) -> Value:
    return {"name": fact.value, "lang": fact.lang} if fact.lang else fact.value


def origin_value(origin: ImportOrigin) -> dict[str, str]:
    """An origin as a mapping for front matter."""
    pairs = (("name", origin.name), ("date", origin.date), ("licence", origin.licence), ("url", origin.url))
    return {name: value for name, value in pairs if value}


def _place(text: str) -> str:
    pairs = zip(("lat", "lon", "precision"), text.split(", "), strict=False)
    return "{" + ", ".join(f"{name}: {value}" for name, value in pairs) + "}"


def value(imported: ImportedRecord, id_: str, path: str) -> Record:
    """The record as it would be read from its page. `path`: its present path."""
    return Record(
        id=id_,
        title=imported.one("title"),
        type=imported.one("type"),
        path=path,
        aliases=_names(imported, "aliases"),
        weak_aliases=_names(imported, "weak_aliases"),
        same_as=tuple(fact.value for fact in imported.each("same_as")),
        description=imported.one("description"),
        location=_location(imported.one("location")),
        facts=facts(imported),
        status=STATUS,
        sources=imported.origins,
        named_only=True,
    )


def _names(imported: ImportedRecord, field: str) -> tuple[Name, ...]:
    return tuple(Name(fact.value, fact.lang) for fact in imported.each(field))


def _location(text: str) -> Location | None:
    parts = text.split(", ")
    return Location(float(parts[0]), float(parts[1]), *parts[2:3]) if len(parts) > 1 else None
