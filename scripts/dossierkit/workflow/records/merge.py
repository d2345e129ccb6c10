"""`dossier merge A B`: record B becomes part of record A, and every page that names B names A."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from dossierkit.evidence.visibility import entity_path
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.media import Medium
from dossierkit.model.message import Message
from dossierkit.model.record import Name, Record
from dossierkit.store.edit import Append, Put, Remove, apply, front_matter_values
from dossierkit.store.edit_nodes import read
from dossierkit.store.edit_values import Value
from dossierkit.store.references import relinked
from dossierkit.store.schema import RECORD, before
from dossierkit.text.identifier import canonical
from dossierkit.text.recordfacts import fact_properties
from dossierkit.workflow.named_files import record_id
from dossierkit.workflow.records.plan import (
    RecordPlan,
    RepositoryPages,
    RequestError,
    carried_out,
    names,
)

_SINGLE = ("description", "location", *fact_properties(), "image")
_LISTS = ("same_as", "not_same_as", "tags", "redirects")


def run(root: Path, into: str, other: str, *, force: bool = False) -> RecordPlan:
    """Merge the record `other` into the record `into`. Raises click.UsageError and DiagnosticsError, with nothing written."""
    keep, goes = record_id(into), record_id(other)
    return carried_out(root, keep, lambda repository: planned(repository, keep, goes), force=force)


def planned(repository: RepositoryPages, into: str, other: str) -> RecordPlan:
    """The merge. Raises RequestError, EditError, DiagnosticsError."""
    if into == other:
        raise RequestError("name two records: the one that stays, and the one that becomes part of it")
    repository.record(other)
    keep, goes = repository.content.records[into], repository.content.records[other]
    texts = repository.renamed({other: into})
    path, other_path = entity_path(into), entity_path(other)
    text = _without_each_other(repository.texts[path], keep, other)
    text = _with_names(text, keep, goes)
    text = _with_rest(text, keep, goes, front_matter_values(repository.texts[other_path]))
    texts.pop(other_path, None)
    return RecordPlan(
        {**texts, path: relinked(_with_body(text, repository.texts[other_path]), path, {other_path: path})},
        {"": {other: into}},
        frozenset({into, other}),
        (other_path,),
        tuple(_notes(keep, goes)),
        tuple(_against(keep, goes)),
    )


def _without_each_other(text: str, keep: Record, other: str) -> str:
    """The remaining record without relations to the other and without `not_same_as` about it."""
    related = [number for number, item in enumerate(keep.relations) if item.to == other]
    text = apply(text, [Remove(("relations", number)) for number in reversed(related)])
    if other in keep.not_same_as:
        at = keep.not_same_as.index(other)
        place = ("not_same_as", at) if len(keep.not_same_as) > 1 else ("not_same_as",)
        text = apply(text, [Remove(place)])
    return text


def _with_names(text: str, keep: Record, goes: Record) -> str:
    strong = {name.text for name in keep.strong_names}
    for name in (Name(goes.title), *goes.aliases):
        if name.text not in strong:
            strong.add(name.text)
            text = apply(text, [Append(("aliases",), _name(name))])
    weak = {name.text for name in keep.weak_aliases} | strong
    for name in goes.weak_aliases:
        if name.text not in weak:
            weak.add(name.text)
            text = apply(text, [Append(("weak_aliases",), _name(name))])
    return text


def _name(name: Name) -> Value:
    return {"name": name.text, "lang": name.lang} if name.lang else name.text


def _with_rest(text: str, keep: Record, goes: Record, values: dict[str, Any]) -> str:
    """Add identifiers, relations, tags and corrections of the merged record, and single values that the other lacks."""
    for key in _LISTS:
        same = canonical if key == "same_as" else str
        had = {*map(same, getattr(keep, key)), keep.id}
        for value in (*getattr(goes, key), *((goes.id,) if key == "redirects" else ())):
            if same(value) not in had:
                had.add(same(value))
                text = apply(text, [Append((key,), value)])
    for key in ("relations", "corrections", "sources", "media", "authors"):
        items = [*(front_matter_values(text).get(key) or ())]
        for item in values.get(key) or ():
            if item not in items and not (isinstance(item, dict) and item.get("to") == keep.id):
                items.append(item)
                text = apply(text, [Append((key,), item)])
    for key in _SINGLE:
        if goes.stated(key) and not keep.stated(key):
            text = apply(text, [Put((key,), values[key], after=before(RECORD, key))])
    return text


def _with_body(text: str, other: str) -> str:
    """Append the body of the other record."""
    body = read(other).body.strip("\n")
    if not body:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    return text.rstrip("\r\n") + (f"\n\n{body}\n").replace("\n", newline)


def _against(keep: Record, goes: Record) -> Iterator[Diagnostic]:
    """Reasons against the two being the same."""
    if keep.id in goes.not_same_as or goes.id in keep.not_same_as:
        yield _problem(keep, f"`{keep.id}` and `{goes.id}` are stated not to be the same (`not_same_as`)")
    if keep.type != goes.type:
        yield _problem(keep, f"`{keep.id}` is of type {keep.type}, `{goes.id}` of type {goes.type}")
    own = {value.partition(":")[0]: value for value in map(canonical, keep.same_as)}
    for value in map(canonical, goes.same_as):
        ours = own.get(value.partition(":")[0], value)
        if "//" not in value and ours != value:
            yield _problem(keep, f"`{keep.id}` is {ours} elsewhere, `{goes.id}` is {value}")


def _problem(keep: Record, message: str) -> Diagnostic:
    return Diagnostic(keep.path, 0, 0, "D805", message)


def _notes(keep: Record, goes: Record) -> Iterator[Message]:
    """What was decided without asking, in words."""
    yield Message("{names} is an alias of `{id}` now", {"names": names([goes.title]), "id": keep.id})
    for key in (*_SINGLE, "status"):
        ours, theirs = keep.stated(key), goes.stated(key)
        if ours and theirs and not _alike(ours, theirs):
            values = {"key": key, "id": keep.id, "other": goes.id, "value": _shown(theirs)}
            yield Message("`{key}` stays as `{id}` has it; `{other}` had: {value}", values)
    weak = {name.text for name in keep.weak_aliases} & {name.text for name in goes.strong_names}
    if weak:
        yield Message(
            "weak aliases of `{id}` that mean it by themselves now: {names}",
            {"id": keep.id, "names": names(sorted(weak))},
        )
    to_itself = [item for item in (*keep.relations, *goes.relations) if item.to in {keep.id, goes.id}]
    for item in to_itself:
        yield Message("a relation between the two was dropped: {type}", {"type": item.type})
    left = [key for key, _ in goes.extra if key not in {key for key, _ in keep.extra}]
    if left:
        yield Message(
            "keys of `{other}` that were not taken over: {keys}", {"other": goes.id, "keys": ", ".join(left)}
        )


def _alike(ours: object, theirs: object) -> bool:
    """Whether two values are equal, apart from the position of a picture in its file."""
    if isinstance(ours, Medium) and isinstance(theirs, Medium):
        return replace(ours, line=0, col=0) == replace(theirs, line=0, col=0)
    return ours == theirs


def _shown(value: Any) -> str | Message:  # noqa: ANN401 -- a text or a location
    if isinstance(value, str):
        return value
    if isinstance(value, Medium):
        return Message("{file}, which no record shows now", {"file": value.src})
    return ", ".join(
        f"{field.name} {getattr(value, field.name)}" for field in fields(value) if getattr(value, field.name)
    )
