"""What a person decided against, for the whole site: a line of `seeds/decisions.yml` as a value."""

from __future__ import annotations

from typing import NamedTuple

KINDS = ("junk", "other_type", "not_same")


class Decision(NamedTuple):
    """One decision. `kind` and what it says of the names:

    junk: `name` names nothing, in any article. other_type: what is called `name` is of `type`. not_same: what `name` and
    `other` name are two; each is the id of a record, or a name.
    """

    kind: str
    name: str
    type: str = ""
    other: str = ""
