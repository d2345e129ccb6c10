"""A relation as one line of text: how it is proposed, remembered and compared."""

from __future__ import annotations

from typing import Any

import yaml

from dossierkit.model.record import Relation
from dossierkit.store.edit_values import Value, inline

_KEYS = ("type", "to", "date", "article", "quote")


def relation_text(relation: Relation) -> str:
    """The relation as a YAML mapping on one line; empty keys are left out."""
    return inline({key: text for key in _KEYS if (text := getattr(relation, key))})


def relation_value(text: str) -> Value:
    """The mapping that `relation_text` wrote, every value a text."""
    value: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- makes nothing but texts
    return value


def proposed_value(field: str, text: str) -> Value:
    """What is proposed for a key of a record, as the record would hold it."""
    return relation_value(text) if field == "relations" else text


def value_text(item: Any) -> str:  # noqa: ANN401 -- a text, a name or a relation, as a record holds it
    """An item of a record's list as a text: a relation on one line, a name without its language."""
    if isinstance(item, str):
        return item
    return relation_text(Relation(**item)) if "to" in item else str(item["name"])
