"""Three-way merge of the page's own keys (title, date, language, source), each separately."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dossierkit.merge.match import refines
from dossierkit.merge.page_items import FIELDS, Page, as_written, canonical
from dossierkit.model.proposal import Conflict
from dossierkit.store.edit import Edit, Put, commented
from dossierkit.store.schema import ARTICLE, SOURCE, before


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """`values`: merged values by name of FIELDS. `changed`: names of keys to change in the page."""

    values: Mapping[str, str]
    changed: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def merge_fields(
    page: Page,
    last: Mapping[str, str],
    new: Mapping[str, str],
    curated: Iterable[str] = (),
    open_: Iterable[Conflict] = (),
) -> FieldMerge:
    """Merge the page's keys. `last`, `new`: last and new proposal by name, if any.

    `curated` are names whose new value a curator wrote beside the source: these change reviewed pages too, where a new
    value from a reader of the format is only a conflict. Values are never removed because a source states less than
    before, nor a date that somebody made closer by a vaguer one.
    """
    values, changed, conflicts = {}, [], []
    for name in FIELDS:
        is_, will = page.field(name), _value(name, new.get(name, ""))
        values[name] = is_
        conflict = Conflict("", name, is_, will)
        was = _value(name, last.get(name, ""))
        known = name == "date" and is_ not in ("", was) and refines(is_, will)
        if not will or is_ == will or known:
            continue
        if conflict in open_:
            conflicts.append(conflict)
        elif will == was:
            continue
        elif is_ != was or (_confirmed(page, name) and name not in curated):
            conflicts.append(conflict)
        else:
            values[name] = will
            changed.append(name)
    return FieldMerge(values, tuple(changed), tuple(conflicts))


def field_edits(merged: FieldMerge) -> Iterator[Edit]:
    """The edits of the page's text."""
    for name in merged.changed:
        path, value = tuple(name.split(".")), merged.values[name]
        yield Put(path, as_written(name, value), _before(name))


def _confirmed(page: Page, name: str) -> bool:
    """Whether an editor has confirmed the key: the page is reviewed, or there is a comment beside the key."""
    return page.confirmed or commented(page.text, tuple(name.split(".")))


def _before(name: str) -> tuple[str, ...]:
    """The keys that precede a new key, in the order of the page's template."""
    holder, _, key = name.rpartition(".")
    return before(SOURCE if holder else ARTICLE, key)


def _value(name: str, value: str) -> str:
    return canonical(value) if name == "date" else value.strip()
