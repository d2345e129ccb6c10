"""A change, and changes of plain fields and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dossierkit.model.page import SourceNote
from dossierkit.model.record import Record


@dataclass(frozen=True, slots=True)
class Change:
    """A change. `what`: entity | event | alias | relation | status | text | proposal | ...

    `how`: added | removed | changed | moved | accepted | rejected | withdrawn | proposed | conflict | lost (its quote or mention is
    missing) | given (a name of articles means another record now) | closed (an open question) | missing. `name`: for editors.
    `before`, `after`: values of the field `field`. `type`, `id` and `fresh` (its record is new too) belong to entities, `date` and
    `quote` to events.
    """

    what: str
    how: str
    name: str = ""
    field: str = ""
    before: str = ""
    after: str = ""
    date: str = ""
    quote: str = ""
    type: str = ""
    id: str = ""
    fresh: bool = False


def fields_of(old: object | None, new: object, names: Sequence[str], prefix: str = "") -> Iterator[Change]:
    """Changed fields of an existing page; of a new page only its status."""
    for name in names:
        before, after = (value_of(page, name) for page in (old, new))
        if before != after and (old is not None or name == "status"):
            yield field_change(prefix + name, _text_of(before), _text_of(after))


def field_change(field: str, before: str, after: str) -> Change:
    """A changed key with one value."""
    return Change(
        "status" if field == "status" else "field", "changed", field=field, before=before, after=after
    )


def value_of(page: object | None, name: str) -> Any:  # noqa: ANN401 - each field has a shape of its own
    """The value of a key of a page; empty without one."""
    return page.stated(name) if isinstance(page, Record | SourceNote) else getattr(page, name, "")


def _text_of(value: object) -> str:
    return "" if value is None else str(value)


def listed(what: str, before: Sequence[str], after: Sequence[str], of: str = "") -> Iterator[Change]:
    """Items added and removed; if only their order differs, that."""
    yield from (Change(what, "added", item, field=of) for item in after if item not in before)
    yield from (Change(what, "removed", item, field=of) for item in before if item not in after)
    if before != after and sorted(before) == sorted(after):
        yield Change(what, "moved", field=of)
