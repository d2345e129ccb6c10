"""What `dossier add` prints about the articles that it added."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from dossierkit.extract.notes import without_names
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.proposal import Proposal
from dossierkit.store.edit import EditError, front_matter_values
from dossierkit.text.fold import name_id
from dossierkit.text.number_of import number_of

_NOTED = 3
"""Sources of one command whose same note is printed."""
_ENTITIES = re.compile(r"^entities:[^\n]*\n(?:[ \t#-][^\n]*\n)*", re.MULTILINE)


class AddedCounts:
    """Counts over the articles of one command, and over the pages that stood before it."""

    def __init__(self, root: Path) -> None:
        self._nameless: Counter[str] = Counter()
        self._notes: Counter[str] = Counter()
        self._named = {id_ for file in root.glob("content/articles/**/*.md") for id_ in _names(file)}

    def counted(self, proposal: Proposal) -> str:
        """The number of entities, and how many of them nothing knows and how many have no record but were named before."""
        if lang := without_names(proposal.notes):
            self._nameless[lang] += 1
        ids = {entity.entity for entity in proposal.entities if not entity.known}
        before = len(ids & self._named)
        self._named.update(ids)
        seen = f", {before} seen before" if before else ""
        return f"{_entities(len(proposal.entities))} ({len(ids) - before} new{seen})"

    def first_notes(self, notes: Sequence[str]) -> list[str]:
        """Those of a source's notes that few sources before had; `lines` says of how many more the others are true."""
        self._notes.update(set(notes))
        return [note for note in notes if self._notes[note] <= _NOTED]

    def lines(self) -> Iterator[str]:
        """Notes that many sources have, and which articles have only names of records, because their languages have no rules."""
        for note, times in sorted(self._notes.items()):
            if times > _NOTED:
                yield f"the same note for {number_of(times - _NOTED, 'more source', 'more sources')}: {note}"
        count = self._nameless.total()
        if count:
            articles = number_of(count, "article is", "articles are")
            yield f"{articles} in a language without rules for names ({', '.join(sorted(self._nameless))}): only names of records are found there"


def doubtful(proposal: Proposal) -> str:
    """How many of the proposal's entities are not drafted, empty for none."""
    count = sum(entity.key not in proposal.drafted for entity in proposal.entities)
    return _entities(count) if count else ""


def _entities(count: int) -> str:
    return number_of(count, "entity", "entities")


def _names(file: Path) -> set[str]:
    """The ids in the list of entities of a page; none if it cannot be read, of which `dossier check` tells."""
    try:
        found = _ENTITIES.search(file.read_text(encoding="utf-8", errors="replace"))
        values = front_matter_values(f"---\n{found[0]}---\n") if found else {}
        listed = values.get("entities") or []
        return {
            name_id(str(one["name"]), str(one["type"])) for one in listed if "name" in one and "type" in one
        }
    except (OSError, TypeError, EditError, DiagnosticsError):
        return set()
