"""Decisions for the whole site: lines of `seeds/decisions.yml` as values."""

from __future__ import annotations

from typing import NamedTuple

KINDS = ("heading", "junk", "not_same", "other_type", "same")


class Decision(NamedTuple):
    """One decision. Meaning by `kind`:

    junk: `name` is not a name, in any article. other_type: `name` has the type `type`. not_same: `name` and `other` are
    two entities; same: they are one, called `other`; each is the id of a record, or a name. heading: entries whose
    heading begins with the words of `name` are not proposed; `*` stands for any one word.
    """

    kind: str
    name: str
    type: str = ""
    other: str = ""

    @property
    def words(self) -> str:
        """The decision in words: the reason why something is not proposed, or proposed differently."""
        return _WORDS[self.kind].format(**self._asdict())


_WORDS = {
    "heading": "headings that begin “{name}” are not proposed",
    "junk": "“{name}” is junk everywhere",
    "not_same": "“{name}” is not the same as “{other}”",
    "other_type": "“{name}” is of type {type}",
    "same": "“{name}” is the same as “{other}”",
}
