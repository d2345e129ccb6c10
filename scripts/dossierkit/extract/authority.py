"""The authority records as an index: which record a form means, and whether it means it by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dossierkit.model.record import Record
from dossierkit.text.fold import fold
from dossierkit.text.match import Matcher


@dataclass(frozen=True, slots=True)
class FormMeaning:
    """Ids of the records that a form names by itself (`strong`) and in company only (`weak`), each sorted."""

    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A form found: code points, half open."""

    start: int
    end: int
    form: FormMeaning


@dataclass(frozen=True, slots=True)
class Authority:
    """Records by id, their forms ready to be found, and strong names by folded form."""

    records: Mapping[str, Record]
    by_name: Mapping[str, tuple[str, ...]]
    matcher: Matcher[FormMeaning]

    def find(self, text: str) -> list[Hit]:
        """Every form of a record in the text, leftmost-longest."""
        return [Hit(start, end, form) for start, end, form in self.matcher.find(text)]

    def named(self, name: str) -> str:
        """The id of the only record that has this strong name (folded), or ""."""
        ids = self.by_name.get(fold(name), ())
        return ids[0] if len(ids) == 1 else ""

    def kept_apart(self, one: str, other: str) -> bool:
        """Whether an editor has said that the two ids are not the same."""
        return any(
            there in record.not_same_as
            for here, there in ((one, other), (other, one))
            if (record := self.records.get(here)) is not None
        )


def build(records: Iterable[Record] = ()) -> Authority:
    """Index the records; withdrawn ones name nobody any more."""
    live = sorted(
        (record for record in records if record.status != "withdrawn"), key=lambda record: record.id
    )
    strong: defaultdict[str, set[str]] = defaultdict(set)
    weak: defaultdict[str, set[str]] = defaultdict(set)
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    for record in live:
        for name in record.strong_names:
            strong[name.text].add(record.id)
            by_name[fold(name.text)].add(record.id)
        for name in record.weak_aliases:
            weak[name.text].add(record.id)
    forms = {
        text: FormMeaning(tuple(sorted(strong[text])), tuple(sorted(weak[text] - strong[text])))
        for text in sorted({*strong, *weak})
    }
    return Authority(
        records={record.id: record for record in live},
        by_name={name: tuple(sorted(ids)) for name, ids in by_name.items()},
        matcher=Matcher(forms.items()),
    )


EMPTY = build()
