"""What to say of an id that no authority record has."""

from __future__ import annotations

from difflib import get_close_matches

from dossierkit.evidence.candidates.leads import leads
from dossierkit.model.page import Content
from dossierkit.store.reader import ID
from dossierkit.text.fold import fold, slug
from dossierkit.text.number_of import in_code

_ALIKE = 0.8


def bearers_of(id_: str, content: Content) -> tuple[str, ...]:
    """The ids of the records that have the name from which an id was made."""
    return leads(content.records.values()).get(id_, ())


def _named(name: str, content: Content) -> list[str]:
    """The ids of written records that have a name, whatever its capitals."""
    folded = fold(name)
    return [
        record.id
        for record in content.records.values()
        if not record.candidate and any(fold(one.text) == folded for one in record.strong_names)
    ]


def missing_record(id_: str, content: Content, *, named: bool = False) -> str:
    """The message of D301: with the record that has the name from which the id was made, or the most similar id.

    `named`: whether a name with its type can stand in the place of the id.
    """
    if not ID.match(id_) and (made := slug(id_)):
        if known := _named(id_, content):
            listed = in_code(known)
            return f"no authority record `{id_}`: this is the name of {listed}, write {'its id' if len(known) == 1 else 'the id that is meant'}"
        instead = f", or the name with its type: `{{name: {id_}, type: person}}`" if named else ""
        return f"no authority record `{id_}`: this is a name, write the id of its record, such as `{made}`{instead}"
    bearing = bearers_of(id_, content)
    if len(bearing) == 1:
        return f"no authority record `{id_}`: the record `{bearing[0]}` has this name, write its id"
    if bearing:
        listed = in_code(bearing)
        return f"no authority record `{id_}`: several records have this name ({listed}), write the id of the one that is meant"
    if close := get_close_matches(id_, content.records, 1, _ALIKE):
        return f"no authority record `{id_}`: did you mean `{close[0]}`? Otherwise write content/entities/{id_}.md"
    return f"no authority record `{id_}`: write content/entities/{id_}.md, or correct the id"
