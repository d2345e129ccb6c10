"""The names of the whole site as a queue: a row an entity, what is asked first on top, and filters over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dossierkit.desk.article_state import ArticleState
from dossierkit.desk.index import SiteIndex
from dossierkit.evidence.candidates.derive import Candidate, Twin
from dossierkit.merge.open import Open
from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import Question

QUESTION, TWIN, DOUBTFUL, REST = KINDS = ("question", "twin", "doubtful", "rest")
_SURE = 0.9
"""Score below which an entity is doubtful, as in the terminal."""
_LIKELY = 0.5
"""Score of a twin from which on it is asked about."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits in one article."""

    article: ArticleState
    open: Open


@dataclass(frozen=True)
class Row:
    """An entity with all that waits of it, or a question of one article. `id`: of the candidate or record.

    `score`: that of its best mention. `twins`: likely ones, best first. `new`: nobody has accepted it in any article.
    """

    id: str
    kind: str
    name: str
    type: str
    recorded: bool
    score: float
    waiting: tuple[Waiting, ...]
    twins: tuple[Twin, ...] = ()
    question: Question | None = None
    new: bool = True

    @property
    def key(self) -> str:
        """What tells it from other rows in an address."""
        return f"question {self.waiting[0].article.id} {self.question.key}" if self.question else self.id

    @cached_property
    def makers(self) -> frozenset[str]:
        """By what it was found."""
        return frozenset(_maker(one) for one in self.waiting)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a queue is narrowed to; empty values let everything through. `least`, `below`: scores; `articles`: a beginning of ids; `new`: yes or no."""

    kind: str = ""
    type: str = ""
    words: str = ""
    below: float = 1.01
    least: float = 0.0
    articles: str = ""
    maker: str = ""
    new: str = ""

    def takes(self, row: Row) -> bool:
        return (
            self.kind in ("", row.kind)
            and self.type in ("", row.type)
            and self.least <= row.score < self.below
            and self.words.casefold() in row.name.casefold()
            and (not self.maker or self.maker in row.makers)
            and (not self.articles or any(self._holds(one) for one in row.waiting))
            and self.new in ("", "yes" if row.new else "no")
        )

    def _holds(self, one: Waiting) -> bool:
        return one.article.id.startswith(self.articles)


def _maker(one: Waiting) -> str:
    proposed = one.article.proposed(one.open)
    return proposed.reason.partition(";")[0] if proposed else ""


@dataclass
class Queue:
    """The rows of an index, made again where it changed. `later`: keys of rows that the editor is unsure about: they come last."""

    index: SiteIndex
    later: dict[str, None] = field(default_factory=dict)
    _version: int = -1
    _rows: tuple[Row, ...] = ()

    def rows(self) -> tuple[Row, ...]:
        """In the order in which they are asked about."""
        if self._version != self.index.version:
            self._rows = tuple(sorted(self._all(), key=_order))
            self._version = self.index.version
        early = tuple(one for one in self._rows if one.key not in self.later)
        by_key = {one.key: one for one in self._rows}
        return (*early, *(by_key[key] for key in self.later if key in by_key))

    def _all(self) -> Iterator[Row]:
        items: defaultdict[str, list[Waiting]] = defaultdict(list)
        for article in self.index.articles.values():
            for open_ in article.waiting:
                if open_.question is not None:
                    yield _question(article, open_, open_.question)
                elif open_.conflict is None and open_.stand and isinstance(open_.stand.item, EntityRef):
                    id_ = open_.stand.item.id
                    items[self.index.found.ids.get(id_, id_)].append(Waiting(article, open_))
        for id_, waiting in items.items():
            yield self._row(id_, tuple(waiting))

    def _row(self, id_: str, waiting: tuple[Waiting, ...]) -> Row:
        record, made = self.index.records.get(id_), self.index.found.by_id.get(id_)
        name, type_ = (record.title, record.type) if record else _named(id_, made, waiting)
        score = max((_score(one) for one in waiting), default=1.0)
        twins = tuple(one for one in (made.twins if made else ()) if self._is_there(one.id))
        new = record is None and not self._accepted(waiting)
        return Row(id_, _kind(score, twins), name, type_, record is not None, score, waiting, twins, new=new)

    def _accepted(self, waiting: Iterable[Waiting]) -> bool:
        """Whether an article has it in which it does not wait."""
        listed = tuple(waiting)
        ids = {
            one.open.stand.item.id
            for one in listed
            if one.open.stand and isinstance(one.open.stand.item, EntityRef)
        }
        there = {path for id_ in ids for path in self.index.by_entity.get(id_, ())}
        return bool(there - {one.article.path for one in listed})

    def _is_there(self, id_: str) -> bool:
        return (
            id_ in self.index.records or bool(self.index.by_entity.get(id_)) or id_ in self.index.found.by_id
        )

    def get(self, key: str) -> Row | None:
        return next((one for one in self.rows() if one.key == key), None)


def _named(id_: str, made: Candidate | None, waiting: Iterable[Waiting]) -> tuple[str, str]:
    """The name and type of the most usual wording, where no candidate says them."""
    if made is not None:
        return made.name, made.type
    items = [one.open.stand.item for one in waiting if one.open.stand]
    return next(((one.name, one.type) for one in items if isinstance(one, EntityRef) and one.name), (id_, ""))


def _score(one: Waiting) -> float:
    proposed = one.article.proposed(one.open)
    return proposed.score if proposed else 1.0


def _kind(score: float, twins: Iterable[Twin]) -> str:
    if any(one.score >= _LIKELY for one in twins):
        return TWIN
    return DOUBTFUL if score < _SURE else REST


def _question(article: ArticleState, open_: Open, question: Question) -> Row:
    return Row(
        question.key, QUESTION, question.form, "", recorded=False, score=0.0, waiting=(Waiting(article, open_),), question=question
    )  # fmt: skip


def _order(row: Row) -> tuple[int, float, float, str]:
    """Questions, twins with the likeliest first, the doubtful and the rest from the lowest score up; of equals, the most used first."""
    twin = -max((one.score for one in row.twins), default=0.0) if row.kind == TWIN else 0.0
    return (
        KINDS.index(row.kind),
        twin,
        row.score if row.kind in (DOUBTFUL, REST) else 0.0,
        f"{10**6 - len(row.waiting)}{row.name}",
    )


def counts(rows: Iterable[Row]) -> Mapping[str, int]:
    """How many rows of each kind."""
    found = dict.fromkeys(KINDS, 0)
    for row in rows:
        found[row.kind] += 1
    return found


def answers_to(index: SiteIndex, article: ArticleState, question: Question) -> list[tuple[str, str, str]]:
    """(id, name, type) of each that a question asks about."""
    proposed = {one.entity: one for one in article.last.entities}
    found = []
    for id_ in question.candidates:
        record, entity = index.records.get(id_), proposed.get(id_)
        name, type_ = (
            (record.title, record.type) if record else (entity.name, entity.type) if entity else (id_, "")
        )
        found.append((id_, name, type_))
    return found
