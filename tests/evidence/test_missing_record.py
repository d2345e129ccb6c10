"""What is said of an id without a record leads to the record that was meant."""

from __future__ import annotations

import pytest

from dossierkit.evidence.missing_record import missing_record
from dossierkit.model.page import Content
from dossierkit.model.record import Name, Record

RECORDS = (
    Record("ada", "Ada Moreau", "person"),
    Record("ada-of-tarn", "Ada Hale", "person", aliases=(Name("Ada Moreau"),)),
    Record("tarn", "Tarn", "place"),
)


@pytest.mark.parametrize(
    ("id_", "said"),
    [
        ("tarn-place", "the record `tarn` has this name, write its id"),
        ("ada-moreau-person", "several records have this name (`ada`, `ada-of-tarn`)"),
        ("ada-of-tarm", "did you mean `ada-of-tarn`?"),
        ("Ben Hale", "this is a name, write the id of its record, such as `ben-hale`"),
        ("Ada hale", "this is the name of `ada-of-tarn`, write its id"),
        ("Ada Moreau", "this is the name of `ada`, `ada-of-tarn`, write the id that is meant"),
        ("nobody", "write content/entities/nobody.md, or correct the id"),
    ],
)
def test_an_id_without_a_record_leads_to_the_records_of_its_name_or_the_most_similar_id(id_, said):
    message = missing_record(id_, Content({}, {one.id: one for one in RECORDS}, {}))
    assert message.startswith(f"no authority record `{id_}`: ")
    assert said in message


def test_where_a_name_can_stand_it_is_shown_how():
    message = missing_record("Ada Hale", Content({}, {}, {}), named=True)
    assert message.endswith("such as `ada-hale`, or the name with its type: `{name: Ada Hale, type: person}`")
