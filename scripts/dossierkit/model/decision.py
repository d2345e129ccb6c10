"""What a person decided for the whole site: a line of `seeds/decisions.yml` as a value."""

from __future__ import annotations

from typing import NamedTuple

KINDS = ("heading", "junk", "not_same", "not_same_event", "other_type", "same")


class Decision(NamedTuple):
    """One decision. `kind` and what it says:

    junk: `name` names nothing, in any article. other_type: what is called `name` is of `type`. not_same: what `name` and
    `other` name are two; same: they are one, which is called `other`; each is the id of a record, or a name. heading: no
    entry is proposed whose heading begins with the words of `name`, where `*` stands for any one word. not_same_event: two
    timeline entries, each as `ARTICLE: HEADING`, report two events, so that nobody is asked again whether they are one.
    """

    kind: str
    name: str
    type: str = ""
    other: str = ""

    @property
    def words(self) -> str:
        """What was decided, in words: the reason why something is not proposed, or proposed otherwise."""
        return _WORDS[self.kind].format(**self._asdict())


_WORDS = {
    "heading": "headings that begin “{name}” are not proposed",
    "junk": "“{name}” is junk everywhere",
    "not_same": "“{name}” is not the same as “{other}”",
    "not_same_event": "“{name}” is another event than “{other}”",
    "other_type": "“{name}” is of type {type}",
    "same": "“{name}” is the same as “{other}”",
}
