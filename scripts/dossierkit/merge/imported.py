"""Merge an import into a record: the source's last statement, the record as it is, the source's new statement. Pure.

| last import | record | new import | result |
|---|---|---|---|
| has it | has it | has it | stays |
| has it | has it unchanged | removed or changed | follows the source |
| has it | has it edited | changed | the editor's stays: a conflict, listed once |
| has it | removed | any | stays out, for good |
| - | lacks it | has it | added, unless it was rejected or another record has that name |
| - | has another value | has it | the editor's stays: a conflict; another title becomes an alias |

If the record was found by name only, additions wait under `proposed:` for a decision in `dossier review`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace

from dossierkit.merge.apply import hold, take_out
from dossierkit.merge.record import (
    FieldValue,
    RecordUnderMerge,
    drop,
    in_words,
    mark,
    mark_of,
    offered,
    place_of,
)
from dossierkit.model.imported import SINGLE, ImportedFact, ImportedRecord, ImportMemory, ImportOrigin
from dossierkit.model.record import Record
from dossierkit.store.edit import Append, Put, Remove, apply, commented, front_matter_values
from dossierkit.store.edit_values import Value
from dossierkit.store.imported import origin_value
from dossierkit.store.proposed import RECORD_FIELDS
from dossierkit.text.fold import fold
from dossierkit.text.recordfacts import fact_properties

_SINGLE = frozenset((*SINGLE, *fact_properties()))
_KEYS = (*RECORD_FIELDS[:-1], "not_same_as", "relations", "location", *fact_properties(), "sources")


@dataclass(slots=True)
class ImportMerge:
    """The record's new text, what to remember, and a description of the changes."""

    text: str
    memory: ImportMemory
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ImportContext:
    """Input of an import. `taken`: id of the other record with a folded name, or ""; `rejected`: facts that editors rejected.

    `sure`: the record was found by an identifier, or by this source's earlier import; otherwise additions wait for a decision.
    """

    taken: Callable[[str], str]
    rejected: Collection[FieldValue] = ()
    sure: bool = True


def merge_import(
    page: RecordUnderMerge,
    last: ImportMemory | None,
    new: ImportedRecord,
    source: str,
    context: ImportContext,
) -> ImportMerge:
    """Merge. Raises EditError if the record cannot be edited in place."""
    facts = _as_names(page.record, last, new.facts)
    before = last.facts if last else ()
    removed = {mark_of(fact): fact for fact in (last.removed if last else ())}
    waits = {mark(name, value) for name, value in page.proposed}
    has = _marks(page.record, _title(page, before, facts, context))
    for fact in before:
        if fact.field not in _SINGLE and mark_of(fact) not in has | waits:
            removed.setdefault(mark_of(fact), fact)
    made = ImportMerge(page.text, ImportMemory(source, new.key))
    _remove_unstated(page, before, facts, made)
    known = {mark_of(fact) for fact in before}
    remembered: list[ImportedFact] = []  # a value that the editor wrote, equal to the source's
    for fact in facts:
        if fact.field in _SINGLE:
            _single(page, before, fact, context, made)
            remembered.append(fact)
        elif mark_of(fact) in has | waits:
            remembered += [fact] if mark_of(fact) in known else []
        elif mark_of(fact) not in removed and mark_of(fact) not in context.rejected:
            remembered += [fact] if _add(fact, context, made) else []
    if context.sure:
        _note_sources(page.record, new.origins, made)
    made.memory = ImportMemory(source, new.key, tuple(remembered), tuple(removed.values()))
    return made


def _title(
    page: RecordUnderMerge,
    before: Iterable[ImportedFact],
    facts: Iterable[ImportedFact],
    context: ImportContext,
) -> str:
    """The title that the record will have: its own, unless it follows the source's."""
    trial = ImportMerge(page.text, ImportMemory("", ""))
    for fact in facts:
        if fact.field == "title":
            _single(page, before, fact, context, trial)
    return str(front_matter_values(trial.text).get("title", page.record.title))


def _marks(record: Record, title: str) -> set[FieldValue]:
    """What the record has. A name that is only its former title is none of its names any more."""
    return {
        mark("aliases", title),
        *(mark("aliases", name.text) for name in (*record.aliases, *record.weak_aliases)),
        *(mark("same_as", one) for one in record.same_as),
    }


def _as_names(
    record: Record, last: ImportMemory | None, facts: Iterable[ImportedFact]
) -> tuple[ImportedFact, ...]:
    """The facts as this record takes them: if another source named it, the title becomes one more name."""
    own = last is not None and any(fact.field == "title" for fact in last.facts)
    return tuple(
        replace(fact, field="aliases") if fact.field == "title" and not own else fact
        for fact in facts
        if fact.field != "title" or own or fold(fact.value) != fold(record.title)
    )


def _remove_unstated(
    page: RecordUnderMerge, before: Iterable[ImportedFact], facts: Iterable[ImportedFact], made: ImportMerge
) -> None:
    """Remove facts that the source no longer states, from the record or from what waits."""
    now = {mark_of(fact) for fact in facts}
    waits = {mark(name, value): (name, value) for name, value in page.proposed}
    for fact in before:
        if fact.field in _SINGLE or mark_of(fact) in now:
            continue
        if mark_of(fact) in waits:
            made.text = drop(made.text, *waits[mark_of(fact)])
            made.removed.append(in_words(fact.field, fact.value))
            continue
        at = place_of(made.text, (fact.field,), fact.value)
        if at is not None and not commented(made.text, at):
            made.text = take_out(made.text, at)
            made.removed.append(in_words(fact.field, fact.value))


def _add(fact: ImportedFact, context: ImportContext, made: ImportMerge) -> bool:
    """Add a name or identifier that the record lacks; False if another record has the name."""
    other = context.taken(fold(fact.value)) if fact.field == "aliases" else ""
    if other:
        made.conflicts.append(f"alias: “{fact.value}” is a name of `{other}` already: it is left out here")
        return False
    value: Value = {"name": fact.value, "lang": fact.lang} if fact.lang else fact.value
    if context.sure:
        made.text = _appended(made.text, fact.field, value)
    else:
        made.text = hold(made.text, fact.field, value)
    made.added.append(in_words(fact.field, fact.value))
    return True


def _appended(text: str, name: str, value: Value) -> str:
    if name in front_matter_values(text):
        return apply(text, [Append((name,), value)])
    return apply(text, [Put((name,), [value], _KEYS[: _KEYS.index(name)])])


def _single(
    page: RecordUnderMerge,
    before: Iterable[ImportedFact],
    fact: ImportedFact,
    context: ImportContext,
    made: ImportMerge,
) -> None:
    """Merge a key with one value."""
    current = stated(page.record, fact.field)
    was = next((imported_fact.value for imported_fact in before if imported_fact.field == fact.field), None)
    other = context.taken(fold(fact.value)) if fact.field == "title" and fact.value != current else ""
    if other:
        made.conflicts.append(
            f"title: “{fact.value}” is a name of `{other}` already: the record keeps its own"
        )
        return
    if fact.value in (current, was):
        return
    if was is not None and (fact.field, was) in page.proposed:
        made.text = drop(made.text, fact.field, was)
        made.text = apply(made.text, offered(made.text, fact.field, fact.value))
        made.changed.append(f"{fact.field}, proposed: {was} -> {fact.value}")
        return
    if not current and was is not None:
        return  # decided by an editor
    if not current and context.sure:
        made.text = apply(made.text, [Put((fact.field,), _value(fact), _KEYS[: _KEYS.index(fact.field)])])
        made.added.append(in_words(fact.field, fact.value))
    elif not current:
        _propose(page, fact, made)
    elif current == was and not commented(page.text, (fact.field,)):
        made.text = _replaced(made.text, fact)
        made.changed.append(f"{fact.field}: {current} -> {fact.value}")
    elif was is not None or fact.field in {"type", *fact_properties()}:
        # An editor's description or place is not a conflict.
        made.conflicts.append(
            f"{fact.field}: the record says “{current}”, imported is “{fact.value}”: the record stays until you change it"
        )


def _propose(page: RecordUnderMerge, fact: ImportedFact, made: ImportMerge) -> None:
    """Propose a description; other keys are added once the identifier is accepted."""
    if fact.field == "description" and all(name != fact.field for name, _ in page.proposed):
        made.text = apply(made.text, offered(made.text, fact.field, fact.value))
        made.added.append(in_words(fact.field, fact.value))


def _replaced(text: str, fact: ImportedFact) -> str:
    if fact.field != "location":
        return apply(text, [Put((fact.field,), fact.value)])
    text = apply(text, [Remove((fact.field,))])
    return apply(text, [Put((fact.field,), _value(fact), _KEYS[: _KEYS.index(fact.field)])])


def stated(record: Record, field_: str) -> str:
    """A single key of a record in the form of a fact; "" without one."""
    if field_ != "location":
        return str(record.stated(field_))
    place = record.location
    return ", ".join(filter(None, (f"{place.lat}", f"{place.lon}", place.precision))) if place else ""


def _value(fact: ImportedFact) -> Value:
    if fact.field != "location":
        return fact.value
    return dict(zip(("lat", "lon", "precision"), fact.value.split(", "), strict=False))


def _note_sources(record: Record, origins: Iterable[ImportOrigin], made: ImportMerge) -> None:
    """Record the sources of the record's facts: that something was added from, and the date of those already listed."""
    fresh = bool(made.added or made.changed)
    for origin in origins:
        places = [at for at, source in enumerate(record.sources) if source.name == origin.name]
        if not places and fresh:
            made.text = _appended(made.text, "sources", origin_value(origin))
        elif places:
            was, now = origin_value(record.sources[places[0]]), origin_value(origin)
            for key in [key for key, value in now.items() if was.get(key) != value]:
                made.text = apply(made.text, [Put(("sources", places[0], key), now[key])])
                made.changed.append(f"source: {origin.name}, {key} {now[key]}")
