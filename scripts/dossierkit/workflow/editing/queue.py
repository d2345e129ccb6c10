"""The queue of names of the whole site: one row per entity, most urgent first, with filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dossierkit.evidence.candidates.derive import Candidate, Candidates, Twin
from dossierkit.evidence.candidates.likeness import LIKELY
from dossierkit.extract.identity.trust import in_doubt
from dossierkit.merge.open import Open
from dossierkit.model.proposal import ProposedEntity, Question
from dossierkit.model.record import Record
from dossierkit.text.fold import fold
from dossierkit.workflow.editing.article_state import ArticleState
from dossierkit.workflow.editing.index import SiteIndex

QUESTION, TWIN, DOUBTFUL, REST = KINDS = ("question", "twin", "doubtful", "rest")
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_SURE = 0.9
"""An entity with a lower score, or in doubt in all its articles, is doubtful; in the terminal too."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One waiting item in one article."""

    article: ArticleState
    open: Open


@dataclass(frozen=True)
class Row:
    """An entity with all its waiting items, or a question of one article. `id`: of the candidate or record.

    `score`: of its best mention. `twins`: likely ones, best first.
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
    index: SiteIndex | None = field(default=None, repr=False, compare=False)

    @cached_property
    def order(self) -> tuple[int, float, int, str]:
        """The sort key: questions, then twins with the likeliest first, then doubtful rows and the rest by ascending score;
        equal rows by number of articles.
        """
        weight = -max((twin.score for twin in self.twins), default=0.0) if self.kind == TWIN else self.score
        return _RANK[self.kind], weight, -len(self.waiting), self.name

    @cached_property
    def key(self) -> str:
        """What identifies the row in an address."""
        return f"question {self.waiting[0].article.id} {self.question.key}" if self.question else self.id

    @property
    def articles(self) -> int:
        """The number of articles that name it, those in which it waits no more included."""
        named = self.index.naming(self.id) if self.index else ()
        return len({*named, *(one.article.path for one in self.waiting)})

    @property
    def new(self) -> bool:
        """Whether it has no record and nobody has accepted it in any article."""
        ids = {one.open.entity.id for one in self.waiting if one.open.entity}
        there = {path for id_ in ids for path in (self.index.by_entity.get(id_, ()) if self.index else ())}
        return not self.recorded and not there - {one.article.path for one in self.waiting}

    @cached_property
    def makers(self) -> frozenset[str]:
        """Proposers and rules that found it."""
        return frozenset(name for item in self.waiting for name in item.article.found_by(item.open))


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter; empty values match everything. `least`, `below`: scores; `articles`: a folder of ids, or an id; `new`: yes or
    no.
    """

    kind: str = ""
    type: str = ""
    words: str = ""
    below: float = 1.01
    least: float = 0.0
    articles: str = ""
    maker: str = ""
    new: str = ""

    def takes(self, row: Row) -> bool:
        words = self.words.casefold()
        return (
            self.kind in ("", row.kind)
            and self.type in ("", row.type)
            and self.least <= row.score < self.below
            and (not words or words in row.name.casefold())
            and (not self.maker or self.maker in row.makers)
            and (not self.articles or any(self._holds(item) for item in row.waiting))
            and (not self.new or self.new == ("yes" if row.new else "no"))
        )

    def _holds(self, one: Waiting) -> bool:
        id_ = one.article.id
        return id_ == self.articles or id_.startswith(f"{self.articles.rstrip('/')}/")


@dataclass
class Queue:
    """The rows of an index; only rows whose inputs changed are made again.

    `later`: keys of rows that the editor postponed, which come last.
    """

    index: SiteIndex
    later: dict[str, None] = field(default_factory=dict)
    _version: int = -1
    _rows: tuple[Row, ...] = ()
    _by_key: dict[str, Row] = field(default_factory=dict)
    _makers: list[str] = field(default_factory=list)
    _found: Candidates | None = None
    _read: dict[str, ArticleState] = field(default_factory=dict)
    _records: dict[str, Record] = field(default_factory=dict)
    _items: dict[str, dict[str, tuple[Waiting, ...]]] = field(default_factory=dict)
    _made: dict[str, Row] = field(default_factory=dict)
    _asked: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    _answered: frozenset[frozenset[str]] = frozenset()

    def rows(self) -> tuple[Row, ...]:
        """The rows in the order in which editors are asked."""
        if self._version != self.index.version:
            self._version = self.index.version
            self._take_in()
            asked = (one for path in self.index.articles for one in self._asked.get(path, ()))
            self._rows = tuple(sorted((*asked, *self._made.values()), key=lambda row: row.order))
            self._by_key = {one.key: one for one in self._rows}
            makers = frozenset[str]().union(*(state.makers for state in self._read.values()))
            self._makers = sorted(makers)
        if not self.later:
            return self._rows
        last = tuple(self._by_key[key] for key in self.later if key in self._by_key)
        return (*(one for one in self._rows if one.key not in self.later), *last)

    def _take_in(self) -> None:
        """Make the rows again whose articles, records or candidates changed."""
        # The index derives candidates in a thread: all rows are made with the same ones.
        found, before = self.index.found, self._found
        self._found = found
        if before is None or (found is not before and found.ids != before.ids):
            self._read, self._items, self._made, self._asked = {}, {}, {}, {}
        stale = self._regrouped(found.ids)
        if before is not None and found is not before:
            stale |= {id_ for id_ in self._items if found.by_id.get(id_) != before.by_id.get(id_)}
        records = self.index.records
        if records != self._records:
            both = {*records, *self._records}
            changed = {id_ for id_ in both if records.get(id_) is not self._records.get(id_)}
            stale |= {id_ for id_ in self._items if id_ in changed or self._names_one_of(id_, changed)}
            self._records = dict(records)
        stale |= self._newly_answered()
        for id_ in stale:
            waiting = tuple(one for some in self._items.get(id_, {}).values() for one in some)
            if waiting:
                self._made[id_] = self._row(id_, waiting)
            else:
                self._made.pop(id_, None)
                self._items.pop(id_, None)

    def _newly_answered(self) -> set[str]:
        """Update the answered pairs of names, and return the ids of rows whose twins they are; until the candidates are derived
        again, they would be asked about once more.
        """
        answered = frozenset(
            frozenset((fold(one.name), fold(one.other)))
            for one in self.index.decisions
            if one.kind in ("same", "not_same")
        )
        changed = {name for pair in answered ^ self._answered for name in pair}
        self._answered = answered
        return {id_ for id_, row in self._made.items() if fold(row.name) in changed}

    def _candidate(self, id_: str) -> Candidate | None:
        return self._found.by_id.get(id_) if self._found else None

    def _is_answered(self, name: str, twin: str) -> bool:
        made = self._candidate(twin)
        return made is not None and frozenset((fold(name), fold(made.name))) in self._answered

    def _names_one_of(self, id_: str, ids: set[str]) -> bool:
        """Whether one of a row's twins is among these ids of changed records."""
        made = self._candidate(id_)
        return made is not None and any(twin.id in ids for twin in made.twins)

    def _regrouped(self, ids: Mapping[str, str]) -> set[str]:
        """Update the items of changed articles, and return the ids of rows that they affect."""
        now, stale = self.index.articles, set[str]()
        changed_paths = [path for path, state in self._read.items() if now.get(path) is not state]
        come = [state for path, state in now.items() if self._read.get(path) is not state]
        for path in changed_paths:
            for id_ in {ids.get(own, own) for own, _ in self._read.pop(path).names}:
                self._items.get(id_, {}).pop(path, None)
                stale.add(id_)
            self._asked.pop(path, None)
        for article in come:
            self._read[article.path] = article
            items: defaultdict[str, list[Waiting]] = defaultdict(list)
            for own, open_ in article.names:
                items[ids.get(own, own)].append(Waiting(article, open_))
            for id_, waiting in items.items():
                self._items.setdefault(id_, {})[article.path] = tuple(waiting)
            self._asked[article.path] = tuple(
                _question(article, question, question.question)
                for question in article.questions
                if question.question
            )
            stale |= items.keys()
        return stale

    def _row(self, id_: str, waiting: tuple[Waiting, ...]) -> Row:
        record, made = self.index.records.get(id_), self._candidate(id_)
        name, type_ = (record.title, record.type) if record else _named(id_, made, waiting)
        score = max((_score(item) for item in waiting), default=1.0)
        sure = score >= _SURE and not all(map(self._doubted, waiting))
        waiting = tuple(sorted(waiting, key=lambda item: item.article.path))
        twins = tuple(
            twin
            for twin in (made.twins if made else ())
            if self._is_there(twin.id) and not self._is_answered(name, twin.id)
        )
        return Row(
            id_, _kind(sure, twins), name, type_, record is not None, score, waiting, twins, index=self.index
        )

    def _doubted(self, one: Waiting) -> bool:
        proposed = one.article.proposed(one.open)
        if not isinstance(proposed, ProposedEntity):
            return False
        settled = self._found is not None and self._found.settles(proposed)
        return in_doubt(proposed) and not settled

    def _is_there(self, id_: str) -> bool:
        return id_ in self.index.records or bool(self.index.naming(id_))

    def number(self, rows: Sequence[Row], row: Row) -> int:
        """The place of one of the filtered rows for the editor, from 1: postponed rows, which come last, count as passed."""
        later = sum(one.key in self.later for one in rows)
        at = rows.index(row)
        return at - (len(rows) - later) + 1 if row.key in self.later else later + at + 1

    def get(self, key: str) -> Row | None:
        self.rows()
        return self._by_key.get(key)

    @property
    def makers(self) -> list[str]:
        """Proposers and rules of all waiting items."""
        self.rows()
        return self._makers

    @property
    def folders(self) -> list[str]:
        """Folders of articles in which something waits."""
        return sorted(
            {article.id.partition("/")[0] for article in self.index.articles.values() if article.waiting}
        )


def _named(id_: str, made: Candidate | None, waiting: Iterable[Waiting]) -> tuple[str, str]:
    """The name and type of the candidate, or without one of the first item with a name."""
    if made is not None:
        return made.name, made.type
    items = (one.open.entity for one in waiting)
    return next(((item.name, item.type) for item in items if item and item.name), (id_, ""))


def _score(one: Waiting) -> float:
    proposed = one.article.proposed(one.open)
    return proposed.score if proposed else 1.0


def _kind(sure: bool, twins: Iterable[Twin]) -> str:  # noqa: FBT001
    if any(twin.score >= LIKELY for twin in twins):
        return TWIN
    return REST if sure else DOUBTFUL


def _question(article: ArticleState, open_: Open, question: Question) -> Row:
    return Row(
        question.key, QUESTION, question.form, "", recorded=False, score=0.0, waiting=(Waiting(article, open_),), question=question
    )  # fmt: skip


def counts(rows: Iterable[Row]) -> Mapping[str, int]:
    """The number of rows of each kind."""
    found = dict.fromkeys(KINDS, 0)
    for row in rows:
        found[row.kind] += 1
    return found
