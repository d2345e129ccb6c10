"""What a text has told of in its last sentences, for whom a pronoun in the next one may mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

UNNAMED = "?"
"""Stands for an entity without a name; its gender, if known, is behind it."""
_FORGET = 2  # sentences without an entity of the kind


@dataclass(slots=True)
class RecentSubjects:
    """Recent subjects of one kind (people, or things).

    `subject`: the only subject of the last sentences; None if there was none, several, or an unresolved pronoun.
    `others`: entities named since. `last`: entities of the last sentence that named any. `names`: latest name of each.
    `age`: sentences since.
    """

    subject: str | None = None
    names: dict[str, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    last: set[str] = field(default_factory=set)
    age: int = 0

    def follow(self, subject: str, named: Iterable[str], *, by_pronoun: bool) -> None:
        """Set the subject of a sentence; `named`: its other entities. After a pronoun they are not alternatives to it."""
        self.others = self.others - {subject} if by_pronoun else {*named} - {subject}
        self.subject, self.age = subject, 0

    def unclear(self, named: Iterable[str]) -> None:
        self.others |= {*named, *([self.subject] if self.subject else ())}
        self.subject, self.age = None, 0

    def add_unnamed(self, gender: str = "") -> None:
        """Somebody or something without a name may be meant next, too."""
        self.others.add(UNNAMED + gender)
        self.names[UNNAMED + gender] = ""

    def pass_by(self) -> None:
        self.age += 1
        if self.age > _FORGET:
            self.subject, self.others = None, set()
