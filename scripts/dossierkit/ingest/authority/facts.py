"""Positioned values of an input -> a record: cleaned, bounded and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.edtf import EdtfError
from dossierkit.model.edtf import parse as parse_edtf
from dossierkit.model.imported import ImportedFact, ImportedRecord
from dossierkit.text.data import load
from dossierkit.text.fold import fold, slug
from dossierkit.text.identifier import malformed
from dossierkit.text.printable import visible
from dossierkit.text.recordfacts import fact_properties

LONGEST = {"title": 300, "aliases": 300, "weak_aliases": 300, "same_as": 500, "description": 2_000}
_LONGEST_OTHER = 300
MOST_VALUES = 200
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{1,12})?\Z")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+\Z")
_NAMES = ("aliases", "weak_aliases")
_WORDLESS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts that write a name as one word
_PRECISIONS = ("exact", "city", "region", "country")


@dataclass(frozen=True, slots=True)
class Value:
    """A value as the input has it, for one of Dossierkit's properties. `line` and `col` from 1; 0: those of its entry."""

    field: str
    text: str
    lang: str = ""
    line: int = 0
    col: int = 0


@dataclass(frozen=True, slots=True)
class ImportedEntry:
    """The values that an input has for one record, with their position. `key` as in `ImportedRecord`."""

    values: tuple[Value, ...]
    line: int
    key: str = ""
    id: str = ""
    col: int = 1


def records(entries: Iterable[ImportedEntry | Diagnostic], path: str) -> tuple[ImportedRecord, ...]:
    """The record of each entry of an input. Raises DiagnosticsError with every problem, those among the entries too."""
    made: list[ImportedRecord] = []
    problems: list[Diagnostic] = []
    for entry in entries:
        if isinstance(entry, Diagnostic):
            problems.append(entry)
        elif wrong := list(_problems(entry, path)):
            problems += wrong
        else:
            made.append(_record(entry))
    if problems:
        raise DiagnosticsError(problems)
    return tuple(made)


def _record(entry: ImportedEntry) -> ImportedRecord:
    facts = tuple(dict.fromkeys(_facts(entry.values)))
    key = visible(entry.key) or entry.id or _identifier(facts) or f"{facts[0].value} | {facts[1].value}"
    return ImportedRecord(key, facts, id=entry.id, line=entry.line, col=entry.col)


def within_bounds(values: Sequence[Value]) -> tuple[Value, ...]:
    """The values that a record takes, names last. For inputs that programs write, which nobody can shorten by hand."""
    short = (value for value in values if len(value.text) <= LONGEST.get(value.field, _LONGEST_OTHER))
    return tuple(sorted(short, key=lambda value: value.field in _NAMES))[:MOST_VALUES]


def agreed(dates: Sequence[str]) -> str:
    """The most exact of several dates; "" if they contradict each other, or there is none."""
    best = max(dates, key=len, default="")
    return best if all(best.startswith(date) for date in dates) else ""


def type_of(word: str) -> str:
    """The entity type for a word of an input, "" if it is unknown."""
    wanted = fold(word).replace("_", " ")
    for type_, words in load("importing")["types"].items():
        if wanted == type_ or wanted in words:
            return str(type_)
    return ""


def malformed_fact(name: str, text: str) -> str:
    """What is wrong with the value of a fact, or ""."""
    return _CHECKS[name](text)


def _facts(values: Sequence[Value]) -> Iterator[ImportedFact]:
    """Title and type first; repeated names once."""
    title = next(visible(value.text) for value in values if value.field == "title")
    yield ImportedFact("title", title)
    type_ = next(type_of(value.text) for value in values if value.field == "type")
    yield ImportedFact("type", type_)
    seen = {fold(title)}
    names = [
        (_list(value.field, type_, visible(value.text)), value) for value in values if value.field in _NAMES
    ]
    for field in _NAMES:
        for list_, value in names:
            name = visible(value.text)
            if list_ == field and fold(name) not in seen:
                seen.add(fold(name))
                yield ImportedFact(field, name, value.lang)
    yield from (ImportedFact("same_as", visible(value.text)) for value in values if value.field == "same_as")
    for field in ("description", *fact_properties()):
        yield from [ImportedFact(field, visible(value.text)) for value in values if value.field == field][:1]
    yield from _location(values)


def _list(field: str, type_: str, name: str) -> str:
    """Strong or weak list: single words for people, and two or three capitals, may also name others."""
    single = type_ == "person" and " " not in name and not _WORDLESS.search(name)
    return "weak_aliases" if single or (len(name) <= 3 and name.isupper()) else field


def _location(values: Sequence[Value]) -> Iterator[ImportedFact]:
    given = {
        value.field: value.text.strip()
        for value in reversed(values)
        if value.field in {"lat", "lon", "precision"}
    }
    if given.get("lat") and given.get("lon"):
        parts = (f"{float(given['lat'])}", f"{float(given['lon'])}", given.get("precision", ""))
        yield ImportedFact("location", ", ".join(filter(None, parts)))


def _identifier(facts: Iterable[ImportedFact]) -> str:
    return next((fact.value for fact in facts if fact.field == "same_as"), "")


def _problems(entry: ImportedEntry, path: str) -> Iterator[Diagnostic]:
    def wrong(at: Value | ImportedEntry, message: str, code: str = "D431") -> Diagnostic:
        place = at if at.line else entry
        return Diagnostic(path, place.line, place.col, code, message)

    by_field: dict[str, list[Value]] = {}
    for value in entry.values:
        by_field.setdefault(value.field, []).append(value)
    if not by_field.get("title"):
        yield wrong(entry, "the record has no name: give it a title")
    if not by_field.get("type"):
        yield wrong(entry, "the record has no type: give it one, or all of them with `--type`")
    if entry.id and slug(entry.id) != entry.id:
        yield wrong(
            entry, f"`{visible(entry.id)[:80]}` cannot be an id: use lower-case a-z, 0-9 and single hyphens"
        )
    if len(entry.values) > MOST_VALUES:
        yield wrong(
            entry,
            f"the record has {len(entry.values)} values, more than {MOST_VALUES}: leave some out",
            "D432",
        )
    for one in entry.values:
        message = _wrong(one)
        if message:
            yield wrong(one, message)
        elif len(one.text) > LONGEST.get(one.field, _LONGEST_OTHER):
            most = LONGEST.get(one.field, _LONGEST_OTHER)
            yield wrong(
                one, f"`{one.field}` has {len(one.text):,} characters, more than {most:,}: shorten it", "D432"
            )


def _wrong(value: Value) -> str:
    """What is wrong with a value, or ""."""
    text = visible(value.text)
    if not text:
        return f"`{value.field}` is empty once characters that cannot be seen are taken out: correct it"
    if value.lang and not _LANG.match(value.lang):
        return f"`{visible(value.lang)[:20]}` is not a language tag: use one such as en, ar, fr or zh-Hant"
    check = _CHECKS.get(value.field)
    return check(text) if check else ""


def _type(text: str) -> str:
    if type_of(text):
        return ""
    return (
        f"`{text[:80]}` is not a type: expected person, organization, place, document or event, or a word that a mapping's "
        "`types:` has for one"
    )


def _date(name: str, text: str) -> str:
    try:
        parse_edtf(text)
    except EdtfError as error:
        return f"{name}: {error}"
    return ""


def _address(text: str) -> str:
    return "" if _ADDRESS.match(text) else f"`{text[:80]}` is not an address: expected one with https://"


def _latitude(text: str) -> str:
    return _degrees(90, "latitude", text)


def _longitude(text: str) -> str:
    return _degrees(180, "longitude", text)


def _degrees(most: int, what: str, text: str) -> str:
    if _NUMBER.match(text) and abs(float(text)) <= most:
        return ""
    return f"`{text[:80]}` is no {what}: expected degrees with a point, from -{most} to {most}"


def _precision(text: str) -> str:
    return "" if text in _PRECISIONS else f"`{text[:80]}` is not a precision: use {', '.join(_PRECISIONS)}"


_CHECKS: dict[str, Callable[[str], str]] = {
    "type": _type,
    **{
        fact_property.name: partial(_date, fact_property.name) if fact_property.kind == "edtf" else _address
        for fact_property in fact_properties().values()
    },
    "lat": _latitude,
    "lon": _longitude,
    "precision": _precision,
    "same_as": malformed,
}
