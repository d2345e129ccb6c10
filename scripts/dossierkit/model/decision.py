"""Decisions of editors that hold for the whole site: the lines of `seeds/decisions.yml`."""

from __future__ import annotations

from typing import NamedTuple


class Decision(NamedTuple):
    """One decision. Its meaning by `kind`:

    - junk: `name` is no entity, in any article.
    - other_type: the entity called `name` has the type `type`.
    - not_same: `name` and `other` are different entities; each is the id of a record, or a name.
    - same: they are one entity, called `other`.
    - heading: no entry is proposed whose heading begins with the words of `name`; `*` stands for any one word.
    - not_same_event: two timeline entries, each as `ARTICLE: HEADING`, report different events.
    """

    kind: str
    name: str
    type: str = ""
    other: str = ""

    @property
    def words(self) -> str:
        """The decision as a sentence, shown as the reason why a proposal is missing or changed."""
        return _WORDS[self.kind].format(**self._asdict())


_WORDS = {
    "heading": "headings that begin “{name}” are not proposed",
    "junk": "“{name}” is junk everywhere",
    "not_same": "“{name}” is not the same as “{other}”",
    "not_same_event": "“{name}” is another event than “{other}”",
    "other_type": "“{name}” is of type {type}",
    "same": "“{name}” is the same as “{other}”",
}
