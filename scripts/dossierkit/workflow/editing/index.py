"""The index of everything that editors see, in memory; files that changed on disk are read again."""

from __future__ import annotations

import gc
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread

from dossierkit.evidence.candidates.derive import Candidates, candidates
from dossierkit.evidence.candidates.leads import led
from dossierkit.merge.record_decide import RecordOpen
from dossierkit.model.decision import Decision
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import Content, DossierPage
from dossierkit.model.record import ENTITY_TYPES, Record
from dossierkit.store import content as stored
from dossierkit.store import page_parser
from dossierkit.store.content import (
    ARTICLES,
    DOSSIERS,
    RECORDS,
    article_file,
    id_of,
    load_decisions,
    record_file,
)
from dossierkit.store.decisions import PATH as DECISIONS
from dossierkit.store.seeds import SUGGESTED
from dossierkit.text.fold import name_id
from dossierkit.workflow.editing.article_state import ArticleState, UnreadablePage, led_again, read
from dossierkit.workflow.review import record_reviews

Stamp = tuple[int, int, int, int]
_MEMORIES = "seeds/entities/"


@dataclass
class SiteIndex:
    """All articles, records and dossiers by path or id. `version`: a number that grows with each change.

    `articles`, `offers`: by path, as `unreadable`, which also has the decisions for the whole site; `records`, `dossiers`: by id. `by_entity`: by id of an entity in pages, the
    paths of the articles with that id. `read`, `total`: progress of reading articles.
    """

    root: Path
    articles: dict[str, ArticleState] = field(default_factory=dict)
    unreadable: dict[str, UnreadablePage] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    dossiers: dict[str, DossierPage] = field(default_factory=dict)
    offers: dict[str, tuple[RecordOpen, ...]] = field(default_factory=dict)
    by_entity: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    decisions: tuple[Decision, ...] = ()
    found: Candidates = field(default_factory=Candidates)
    version: int = 0
    read: int = 0
    total: int = 0
    ready: bool = False
    _stamps: dict[str, Stamp] = field(default_factory=dict)
    _seeds: dict[str, str] = field(default_factory=dict)
    _meaning: Mapping[str, set[str]] = field(default_factory=dict)
    _stale: bool = False
    _deriving: Thread | None = None
    _lock: Lock = field(default_factory=Lock)

    def load(self) -> None:
        """Read everything for the first time."""
        self.refresh()
        self.derive()
        gc.freeze()  # everything stays in memory: collecting it would slow down answers
        self.ready = True

    def refresh(self, only: Iterable[str] | None = None) -> None:
        """Read files again that changed on disk. `only`: the files that can have changed."""
        now = _stamped(self.root) if only is None else _stamped_again(self.root, self._stamps, only)
        if now == self._stamps:
            return
        changed = {path for path, _ in now.items() ^ self._stamps.items()}
        self._stamps = now
        self._take_in(changed)
        self.version += 1

    def _take_in(self, changed: Iterable[str]) -> None:
        listed = sorted(changed)
        records = [path for path in listed if path.startswith((RECORDS, _MEMORIES))]
        before = led(self.records)
        for path in records:
            self._read_record(path)
        for path in (path for path in listed if path.startswith(DOSSIERS)):
            self._read_dossier(path)
        if DECISIONS in listed:
            self._read_decisions()
        pages = {self._page_of(path) for path in listed}
        self._read_articles(sorted(page for page in pages if page))
        if records and (now := led(self.records)) != before:
            self.articles = {path: led_again(article, now) for path, article in self.articles.items()}
        self._stale = self._stale or bool(records) or DECISIONS in listed

    def _page_of(self, path: str) -> str:
        """The path of the article that a file belongs to; empty for other files."""
        if path.startswith(ARTICLES):
            return path
        return self._seeds.get(path, "") if path.endswith(SUGGESTED) else ""

    def _read_articles(self, paths: list[str]) -> None:
        records_of = led(self.records)
        self.read, self.total = 0, len(paths)
        for path in paths:
            before = self.articles.get(path)
            self._forget_article(path)
            found = read(self.root, path, records_of) if path in self._stamps else None
            if isinstance(found, ArticleState):
                self._keep_article(found)
            elif found is not None:
                self.unreadable[path] = found
            same = before and isinstance(found, ArticleState) and before.naming == found.naming
            self._stale = self._stale or not same
            self.read += 1

    def _keep_article(self, state: ArticleState) -> None:
        self.articles[state.path] = state
        self._seeds[state.suggested] = state.path
        for one in state.items:
            if one.entity:
                self.by_entity[one.entity.id].add(state.path)

    def _forget_article(self, path: str) -> None:
        self.unreadable.pop(path, None)
        before = self.articles.pop(path, None)
        for one in before.items if before else ():
            if one.entity:
                self.by_entity[one.entity.id].discard(path)

    def _read_record(self, path: str) -> None:
        id_ = path.removeprefix(_MEMORIES).removesuffix(SUGGESTED)
        page = path if path.startswith(RECORDS) else record_file(id_)
        id_ = id_of(page)
        self.records.pop(id_, None)
        self.offers.pop(page, None)
        self.unreadable.pop(page, None)
        if page not in self._stamps:
            return
        record = self._page(page_parser.record, page, id_)
        if isinstance(record, Record):
            self.records[id_] = record
        if waiting := record_reviews.waiting(self.root, page):
            self.offers[page] = waiting

    def _read_dossier(self, path: str) -> None:
        id_ = id_of(path)
        self.dossiers.pop(id_, None)
        self.unreadable.pop(path, None)
        found = self._page(page_parser.dossier, path, id_) if path in self._stamps else None
        if isinstance(found, DossierPage):
            self.dossiers[id_] = found

    def _page(self, make: Callable[[str, str, str], page_parser.Found], path: str, id_: str) -> object:
        """A page; None if it cannot be read."""
        try:
            return make(id_, path, stored.text(self.root / path, path))[0]
        except DiagnosticsError as error:
            self.unreadable[path] = UnreadablePage(path, error.problems)
        except OSError:
            pass
        return None

    def _read_decisions(self) -> None:
        self.unreadable.pop(DECISIONS, None)
        try:
            self.decisions = load_decisions(self.root)
        except DiagnosticsError as error:
            self.decisions, self.unreadable[DECISIONS] = (), UnreadablePage(DECISIONS, error.problems)

    def content(self) -> Content:
        """All pages, for computations over the whole content."""
        articles = {article.id: article.page.article for article in self.articles.values()}
        return Content(
            dict(sorted(articles.items())),
            dict(sorted(self.records.items())),
            self.dossiers,
            decisions=self.decisions,
        )

    def derive(self) -> None:
        """Derive the candidates from the current content."""
        self._stale = False
        content = self.content()
        proposals = {article.id: article.last for article in list(self.articles.values())}
        found = candidates(content, proposals)
        meaning: defaultdict[str, set[str]] = defaultdict(set)
        for id_, meant in found.ids.items():
            meaning[meant].add(id_)
        with self._lock:
            self.found, self._meaning = found, meaning
            self.version += 1

    def derive_soon(self) -> None:
        """Derive the candidates in a thread if something has changed; the previous ones are used until then."""
        if self._stale and not (self._deriving and self._deriving.is_alive()):
            self._deriving = Thread(target=self.derive, daemon=True)
            self._deriving.start()

    def settle(self) -> None:
        """Wait until the candidates are up to date."""
        if self._deriving:
            self._deriving.join()
        if self._stale:
            self.derive()

    def naming(self, id_: str) -> list[str]:
        """The paths of the articles that name an entity, given the id of its record or candidate, or one that leads to it."""
        ids = {id_, *self._meaning.get(id_, ()), *self._joined_since(id_)}
        return sorted({path for one in ids for path in self.by_entity.get(one, ())})

    def _joined_since(self, id_: str) -> set[str]:
        """Ids of names that were decided to be this candidate, which it may not have before candidates are derived again."""
        made = self.found.by_id.get(id_)
        joined = (
            one.name for one in self.decisions if one.kind == "same" and made and one.other == made.name
        )
        return {name_id(name, made.type) for name in joined if made}

    def called(self, id_: str) -> tuple[str, str]:
        """Name and type of a record or a candidate, also by one of its members; the id itself and no type without one."""
        record, made = self.records.get(id_), self.found.meant(id_)
        if record:
            return record.title, record.type
        return (made.name, made.type) if made else (id_, "")

    def pages_about(self, decision: Decision) -> tuple[str, ...]:
        """The articles in which items may stand that a site-wide decision is about."""
        if decision.kind == "heading":
            return tuple(
                path
                for path, article in self.articles.items()
                if any(open_.name == "timeline" for open_ in article.waiting)
            )
        ids = (name_id(decision.name, type_) for type_ in ENTITY_TYPES)
        return tuple({path: None for id_ in ids for path in self.by_entity.get(id_, ())})

    def article(self, id_: str) -> ArticleState | None:
        return self.articles.get(article_file(id_))


def _stamped(root: Path) -> dict[str, Stamp]:
    """The stamp of every file shown to editors, which changes with the file. Called at every request, so it is one loop."""
    found: dict[str, Stamp] = {}
    folders = [(ARTICLES, ".md"), (RECORDS, ".md"), (DOSSIERS, ".md"), ("seeds/", SUGGESTED)]
    while folders:
        folder, suffix = folders.pop()
        try:
            entries = os.scandir(f"{root}/{folder}")
        except OSError:
            continue
        with entries:
            for entry in entries:
                name = entry.name
                if name.endswith(suffix):
                    if name != "index.md" and entry.is_file(follow_symlinks=False):
                        found[folder + name] = _stamp(entry.stat(follow_symlinks=False))
                elif entry.is_dir(follow_symlinks=False):
                    folders.append((f"{folder}{name}/", suffix))
    decided = root / DECISIONS
    if decided.is_file():
        found[DECISIONS] = _stamp(decided.stat())
    return found


def _stamped_again(root: Path, before: Mapping[str, Stamp], paths: Iterable[str]) -> dict[str, Stamp]:
    """The previous stamps, with those of `paths` taken again."""
    now = dict(before)
    for path in (one for one in paths if one == DECISIONS or _is_shown(one)):
        file = root / path
        if file.is_file() and not file.is_symlink():
            now[path] = _stamp(file.lstat())
        else:
            now.pop(path, None)
    return now


def _is_shown(path: str) -> bool:
    if path.startswith("seeds/"):
        return path.endswith(SUGGESTED)
    return (
        path.startswith((ARTICLES, RECORDS, DOSSIERS))
        and path.endswith(".md")
        and not path.endswith("/index.md")
    )


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
