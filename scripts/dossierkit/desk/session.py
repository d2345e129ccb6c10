"""The state of one desk: an editing session, and the message for the next page."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from threading import RLock

from dossierkit.desk.refused_form import RefusedForm
from dossierkit.workflow.editing.article_state import ArticleState
from dossierkit.workflow.editing.session import EditingSession
from dossierkit.workflow.proposing import setting
from dossierkit.workflow.review.engine import WrittenDecision


@dataclass
class Desk(EditingSession):
    """Call its methods while holding `lock`."""

    lock: RLock = field(default_factory=RLock)
    said: list[tuple[str, str]] = field(default_factory=list)
    refused: RefusedForm | None = None
    """A form whose values the next page shows again."""
    places: dict[int, str] = field(default_factory=dict)
    """Where in the queue a decision was made, by how many were written then."""

    @cached_property
    def site(self) -> str:
        """The site's name."""
        return setting(self.root, "site_name") or self.root.name

    def say(self, words: str, kind: str = "done") -> None:
        """Set the message of the next page. `kind`: done | wrong."""
        self.said.append((kind, words))

    def made_at(self, place: str) -> None:
        """Remember where the last decision was made."""
        self.places[len(self.engine.done)] = place

    def undo_from(self, page: str) -> tuple[WrittenDecision, str]:
        """Undo the last decision; return it and the page to go to: that of the name, in the queue. Raises EditError."""
        number = len(self.engine.done)
        done, place = self.undo(), self.places.pop(number, "")
        return done, place if place and page.startswith("/names") else page

    def heard(self) -> tuple[tuple[str, str], ...]:
        found, self.said = tuple(self.said), []
        return found


def article_of(desk: EditingSession, id_: str) -> ArticleState:
    """Raises KeyError."""
    found = desk.index.article(id_)
    if found is None:
        raise KeyError(id_)
    return found
