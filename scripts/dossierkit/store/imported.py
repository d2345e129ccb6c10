"""`seeds/entities/ID.imported.yml`: the facts that imports last gave for the record, one per line; and a record from an import or a pack as
the text of its page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dossierkit.model.imported import ImportedFact, ImportedRecord, ImportMemory, ImportOrigin
from dossierkit.model.record import Location, Name, Record
from dossierkit.store.edit_values import Value, entry, inline
from dossierkit.store.proposal import broken, listed, parsed
from dossierkit.store.yamltext import date, quoted, scalar
from dossierkit.text.recordfacts import fact_properties

IMPORTED = ".imported.yml"
_FOLDER = "seeds/entities/"
_HEAD = (
    "# What was last imported into the record of this name, by source. `dossier authority` writes it: do not edit it.\n"
    "# While it is here and the record is not, the record is not imported again.\n"
)
STATUS = "reviewed"
"""Somebody chose the source and saw its records; a record is published only if another page names it."""


def path_of(id_: str) -> str:
    """The path of a record's import memory, from the repository's root."""
    return f"{_FOLDER}{id_}{IMPORTED}"


def ids(root: Path) -> tuple[str, ...]:
    """The ids of records with an import memory, sorted."""
    folder = root / _FOLDER
    return tuple(sorted(file.name.removesuffix(IMPORTED) for file in folder.glob(f"*{IMPORTED}")))


def dump(memories: Iterable[ImportMemory]) -> str:
    """The memories as YAML. Equal values give equal text."""
    lines = [line for memory in sorted(memories, key=lambda m: (m.source, m.key)) for line in _lines(memory)]
    return _HEAD + "\n".join(["imports:", *lines] if lines else ["imports: []"]) + "\n"


def _lines(memory: ImportMemory) -> Iterator[str]:
    yield f"  - source: {scalar(memory.source)}"
    yield f"    key: {quoted(memory.key)}"
    for name, facts in (("facts", memory.facts), ("removed", memory.removed)):
        if facts:
            yield f"    {name}:"
            yield from (f"      - {_fact(fact)}" for fact in facts)


def _fact(fact: ImportedFact) -> str:
    lang = f", lang: {scalar(fact.lang)}" if fact.lang else ""
    return f"{{{fact.field}: {quoted(fact.value)}{lang}}}"


def load(text: str, path: str = "") -> tuple[ImportMemory, ...]:
    """Read what `dump` wrote. Raises DiagnosticsError (D407)."""
    return tuple(_memory(item, path) for item in listed(parsed(text, path), "imports", path))


def _memory(item: Any, path: str) -> ImportMemory:  # noqa: ANN401 -- as YAML has it
    if not isinstance(item, dict) or "source" not in item or "key" not in item:
        raise broken(path, 0, "an item of `imports` has no `source` and `key`")
    facts, removed = (
        tuple(_read(fact, path) for fact in listed(item, name, path)) for name in ("facts", "removed")
    )
    return ImportMemory(str(item["source"]), str(item["key"]), facts, removed)


def _read(item: Any, path: str) -> ImportedFact:  # noqa: ANN401 -- as YAML has it
    pairs = (
        [(name, value) for name, value in item.items() if name != "lang"] if isinstance(item, dict) else []
    )
    if len(pairs) != 1:
        raise broken(path, 0, "a fact is not one key with its value")
    return ImportedFact(str(pairs[0][0]), str(pairs[0][1]), str(item.get("lang", "")))


def hidden(key: str) -> str:
    """A digest in place of a key, for the memory of a withdrawn record."""
    return key if key.startswith("sha256:") else f"sha256:{hashlib.sha256(key.encode()).hexdigest()[:32]}"


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
