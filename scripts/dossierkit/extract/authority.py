"""Index of the authority records: which record a surface form names, alone or only in company."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from dossierkit.extract.skeleton import name_skeleton
from dossierkit.model.record import Record
from dossierkit.text.declension import full_forms
from dossierkit.text.fold import fold
from dossierkit.text.match import Matcher, same_form

_CAPITAL = re.compile(r"Capital of (?:the )?([^.]{1,60})\.")


@dataclass(frozen=True, slots=True)
class FormMeaning:
    """Record ids, sorted: those that the form names alone (`strong`), and only beside another name (`weak`)."""

    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()

    def without(self, ids: Collection[str]) -> FormMeaning:
        """The meaning for an article that does not mean these records."""
        strong, weak = (tuple(id_ for id_ in meant if id_ not in ids) for meant in (self.strong, self.weak))
        return FormMeaning(strong, weak)


@dataclass(frozen=True, slots=True)
class Hit:
    """An occurrence of a form; span in code points, half open."""

    start: int
    end: int
    form: FormMeaning


@dataclass(frozen=True)
class Authority:
    """Records by id, a matcher for their forms, and ids by folded strong name. Further indexes are made when first used.

    `absent`: ids of records that the article does not mean, whatever names it has; `others`: folded names that mean no record here; `unclear`:
    folded names that may mean several things here, and so nothing.
    """

    records: Mapping[str, Record]
    by_name: Mapping[str, tuple[str, ...]]
    matcher: Matcher[FormMeaning]
    absent: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    unclear: frozenset[str] = frozenset()

    def without(
        self,
        ids: frozenset[str] = frozenset(),
        others: frozenset[str] = frozenset(),
        unclear: frozenset[str] = frozenset(),
    ) -> Authority:
        """The index for an article that means none of these records, no record by `others`, and nothing by `unclear`."""
        if not (ids or others or unclear):
            return self
        named = {
            name: tuple(id_ for id_ in bearing if id_ not in ids)
            for name, bearing in self.by_name.items()
            if name not in others | unclear
        }
        return replace(
            self,
            by_name={name: bearing for name, bearing in named.items() if bearing},
            absent=self.absent | ids,
            others=self.others | others,
            unclear=self.unclear | unclear,
        )

    def find(self, text: str) -> list[Hit]:
        """Occurrences of record forms in the text, leftmost-longest."""
        found = (Hit(start, end, form.without(self.absent)) for start, end, form in self.matcher.find(text))
        meant = (hit for hit in found if hit.form.strong or hit.form.weak)
        no_record = self.others | self.unclear
        return [hit for hit in meant if not (no_record and fold(text[hit.start : hit.end]) in no_record)]

    @cached_property
    def by_weak_alias(self) -> Mapping[str, tuple[str, ...]]:
        """Ids by folded weak alias."""
        forms: defaultdict[str, list[str]] = defaultdict(list)
        for id_, record in self.records.items():
            for name in record.weak_aliases:
                forms[fold(name.text)].append(id_)
        return {form: tuple(ids) for form, ids in forms.items()}

    @cached_property
    def by_skeleton(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Ids of people by the skeleton of their full names, to find names that differ in spelling only."""
        bones: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for id_, record in self.records.items():
            for name in record.strong_names if record.type == "person" else ():
                skeleton = name_skeleton(fold(name.text))
                if len(skeleton) > 1 and id_ not in bones[skeleton]:
                    bones[skeleton].append(id_)
        return {skeleton: tuple(ids) for skeleton, ids in bones.items()}

    @cached_property
    def country_of(self) -> Mapping[str, str]:
        """Ids of capitals, as the packs describe them, with the ids of their countries."""
        told = {id_: _CAPITAL.match(record.description) for id_, record in self.records.items()}
        return {
            id_: country
            for id_, of in told.items()
            if of
            and (country := self.named(of[1]))
            and self.records[id_].title.partition(", ")[2] in {"", "D.C.", of[1]}
        }

    @cached_property
    def countries(self) -> frozenset[str]:
        """Ids of the countries whose capital is a record."""
        return frozenset(self.country_of.values())

    def named(self, name: str) -> str:
        """The only record with this strong name (folded); "" if there is none or more than one."""
        ids = self.by_name.get(fold(name), ())
        return ids[0] if len(ids) == 1 else ""

    def kept_apart(self, one: str, other: str) -> bool:
        """Whether an editor has decided that the two ids are different entities."""
        return any(
            there in record.not_same_as
            for here, there in ((one, other), (other, one))
            if (record := self.records.get(here)) is not None
        )


def build(records: Iterable[Record] = ()) -> Authority:
    """Index the records; withdrawn records are left out."""
    live = sorted(
        (record for record in records if record.status != "withdrawn"), key=lambda record: record.id
    )
    strong: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    weak: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    written: dict[str, tuple[str, ...]] = {}
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    for record in live:
        for form in full_forms(record):
            written[form] = same_form(form)
            strong[written[form]].add(record.id)
        for name in record.strong_names:
            by_name[fold(name.text)].add(record.id)
        for name in record.weak_aliases:
            written[name.text] = same_form(name.text)
            weak[written[name.text]].add(record.id)
    forms = {
        text: FormMeaning(tuple(sorted(strong[form])), tuple(sorted(weak[form] - strong[form])))
        for text, form in sorted(written.items())
    }
    return Authority(
        records={record.id: record for record in live},
        by_name={name: tuple(sorted(ids)) for name, ids in by_name.items()},
        matcher=Matcher(forms.items()),
    )


EMPTY = build()
