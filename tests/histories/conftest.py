"""A repository to play random histories in: sources, editors' hands, commands, and what an update must leave alone.

A history is a list of steps (what, a, b, c) of a name and three numbers. The numbers choose among what is there, so that every
list of steps is a history, and a shorter one is still one: Hypothesis can shrink what it finds to a few lines.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

import click
import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.evidence.candidates.leads import leads, only
from dossierkit.merge.match import rejected_item, same_claim
from dossierkit.merge.open import open_items
from dossierkit.merge.page_items import LISTS, Page, open_page, proposal_items, unplaced
from dossierkit.merge.record import RecordUnderMerge, mark, open_record
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.proposal import Proposal, RecordOffer, RecordProposal
from dossierkit.model.record import ENTITY_TYPES, Record
from dossierkit.store import record_proposal
from dossierkit.store.draft import write_record
from dossierkit.store.packaged import packaged_templates
from dossierkit.store.proposal import load
from dossierkit.store.submissions import Sent, submission
from dossierkit.workflow.adding.add import run as add
from dossierkit.workflow.proposing import Proposer
from dossierkit.workflow.repository import known_records
from dossierkit.workflow.submitting import submit
from dossierkit.workflow.terminal import by_page
from dossierkit.workflow.updating.page import UpdateOutcome
from dossierkit.workflow.updating.update import lines
from dossierkit.workflow.updating.update import run as update

POOL = read_yaml(Path(__file__).with_name("sources.yml"))

DATES = ["2016-05-30", "2016-05", "2015", "2016-05-29", "2014-04-12~", ""]
NAMES = ["Lee", "Ann Lee", "Alloush", "Mohammed Alloush", "the Ministry", "Moscow", "HNC", "A. Moreau"]

RECORDS = {
    "ann-lee": ("Ann Lee", "person"),
    "mohammed-alloush": ("Mohammed Alloush", "person"),
    "geneva": ("Geneva", "place"),
    "hnc": ("HNC", "organization"),
}

Files = Mapping[str, bytes]


class Keys:
    """Who presses keys at `dossier review`: `a`, `r`, ... one after the other, until they are used up."""

    def __init__(self, keys: Sequence[str], number: int) -> None:
        self.keys = iter(keys)
        self.number = number

    def head(self, *_: object) -> None: ...

    say = sentence = head

    def ask(self, keys: Sequence[tuple[str, str]]) -> str:
        key = next(self.keys, "q")
        return key if key in dict(keys) else "s"

    def line(self, question: str, default: str = "") -> str:
        if question.startswith("date"):
            return DATES[self.number % len(DATES)] or "-"
        return (
            f"Edited {self.number}" if question == "text" else ("other-id" if question == "id" else default)
        )

    def record(self, _: str, find: Callable[[str], Sequence[Any]]) -> Any:
        found = find("")
        return found[self.number % len(found)] if found else None


@dataclass
class World:
    """A repository, and what its people have taken out by now: ids and entries by page."""

    root: Path
    propose: Proposer
    gone: dict[str, list[EntityRef | TimelineEntry]] = field(default_factory=dict)
    stood: dict[str, list[EntityRef | TimelineEntry]] = field(default_factory=dict)
    asked: dict[str, set[str]] = field(default_factory=dict)

    @property
    def sentences(self) -> list[str]:
        return POOL["sentences"]

    @property
    def pages(self) -> list[str]:
        return self._below("content/articles")

    @property
    def records(self) -> list[str]:
        return self._below("content/entities")

    def _below(self, folder: str) -> list[str]:
        found = (self.root / folder).rglob("*.md")
        return sorted(file.relative_to(self.root).as_posix() for file in found if file.name != "index.md")

    def files(self) -> dict[str, bytes]:
        """What is in git."""
        found = (file for folder in ("content", "seeds") for file in (self.root / folder).rglob("*"))
        return {
            file.relative_to(self.root).as_posix(): file.read_bytes()
            for file in sorted(found)
            if file.is_file()
        }

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(text.encode())

    def page(self, path: str) -> Page:
        return _stand(path, self.read(path))

    def suggested(self, path: str) -> Proposal:
        seed = self.page(path).article.source.file
        return _load(self.read(seed.rpartition(".")[0] + ".suggested.yml"))

    def decided(self, path: str) -> list[EntityRef | TimelineEntry]:
        """What was asked about after the last update, and is not any more: somebody has decided, in a review or by hand."""
        last = self.suggested(path)
        asked = self.asked.get(path, set()) - {one.key for one in world_questions(self, path)}
        return [offer.item for name in LISTS for offer in proposal_items(last, name) if offer.key in asked]

    def items(self, path: str) -> list[EntityRef | TimelineEntry]:
        page = self.page(path)
        return [self.meant(unplaced(one.item)) for one in (*page.entities, *page.timeline)]

    def meant(self, item: EntityRef | TimelineEntry) -> EntityRef | TimelineEntry:
        """An item, with the record that bears its name by now as its id."""
        if not isinstance(item, EntityRef):
            return item
        records = [_record(path, self.read(path)).record for path in self.records]
        return replace(item, id=only(leads(records)).get(item.id, item.id))

    def play(self, step: Callable[..., object], *numbers: int) -> None:
        """One step; what cannot be done (a comment in the way, a record that is not there) is not done."""
        before = self.files()
        with suppress(ValueError, LookupError, DiagnosticsError, click.ClickException), quiet():
            step(self, *numbers)
        try:
            for path in self.pages:
                self.page(path)
            for path in self.records:
                _record(path, self.read(path))
        except DiagnosticsError:
            self._restore(before)

    def _restore(self, files: Files) -> None:
        for path in self.files().keys() - files.keys():
            (self.root / path).unlink()
        for path, data in files.items():
            (self.root / path).write_bytes(data)

    def update(self, *paths: Path) -> tuple[UpdateOutcome, ...]:
        """Update, and hold the update against what must never happen."""
        before = Before(self)
        looked = [one for one in self.pages if not paths or (self.root / one) in paths]
        outcomes, problems = self._update(paths)
        assert problems == (), problems
        once = self.files()
        again, _ = self._update(paths)
        twice = self.files()
        assert twice == once, "the second update changed\n" + "\n".join(differences(once, twice))
        assert [one for one in again if one.written or one.added or one.removed or one.changed] == []
        same = [one for one in again if not (one.conflicts or one.notes)]
        counted = list(lines(again))[-1] == f"{len(same)} page{'s' * (len(same) != 1)} unchanged"
        assert counted is bool(same or not again), "the others are counted where there are any"
        before.hold(self, looked, whole=not paths)
        return outcomes

    def submit(self, *sent: object) -> None:
        """`dossier propose`: like an update, it takes note of what was taken out by then."""
        Before(self)
        with quiet():
            submit.run(self.root, [Sent(1, submission(one)) for one in sent])
        self.stood = {path: self.items(path) for path in self.pages}

    def review(self, path: str, keys: str, number: int) -> None:
        """`dossier review` of a page or a record, with these keys."""
        by_page.run(self.root, Path(path), Keys(keys, number))

    def _update(self, paths: Sequence[Path]) -> tuple[tuple[UpdateOutcome, ...], tuple[object, ...]]:
        with quiet():
            return update(self.root, paths, make=self.propose)


@lru_cache(4096)
def _stand(path: str, text: str) -> Page:
    return open_page(path, text, lambda body: body)


@lru_cache(4096)
def _load(text: str) -> Proposal:
    return load(text)


@lru_cache(4096)
def _record(path: str, text: str) -> RecordUnderMerge:
    return open_record(id_of(path), path, text)


@lru_cache(4096)
def _load_record(text: str) -> RecordProposal:
    return record_proposal.load(text)


def id_of(path: str) -> str:
    return path.removeprefix("content/entities/").removesuffix(".md")


@contextmanager
def quiet() -> Iterator[None]:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        yield


def differences(one: Files, other: Files) -> list[str]:
    """The files that differ, with the lines that do."""
    found = []
    for path in sorted({*one, *other}):
        a, b = (side.get(path, b"").decode().splitlines() for side in (one, other))
        if a != b or (path in one) != (path in other):
            found += [
                path,
                *(f"- {line}" for line in a if line not in b),
                *(f"+ {line}" for line in b if line not in a),
            ]
    return found


class Before:
    """A repository as it was before an update."""

    def __init__(self, world: World) -> None:
        self.questions = {path: world_questions(world, path) for path in world.pages}
        self.memory = {path: world.suggested(path) for path in world.pages}
        for path in world.pages:
            now = world.items(path)
            gone = world.gone.setdefault(path, [])
            gone += [item for item in world.stood.get(path, []) if not any(_same(item, one) for one in now)]
            gone += [rejected_item(one) for one in self.memory[path].rejected]
            gone += world.decided(path)
        self.records = {path: record_state(world, path) for path in world.records}

    def hold(self, world: World, looked: Sequence[str], *, whole: bool) -> None:
        for path in looked:
            self._rejections(world, path)
            self._proposals(world, path)
            self._questions(world, path)
        world.stood = {path: world.items(path) for path in world.pages}
        world.asked = {path: {one.key for one in world.suggested(path).conflicts} for path in world.pages}
        for path in world.records if whole else ():
            self._record(world, path)

    def _rejections(self, world: World, path: str) -> None:
        """Nothing is rejected that nobody took out."""
        for memory in world.suggested(path).rejected:
            item = world.meant(rejected_item(memory))
            gone = [*world.gone[path], *map(world.meant, world.gone[path])]
            # what was taken out with its draft record is proposed by name from then on
            gone += [
                replace(one, id=f"{one.id}-{type_}")
                for one in gone
                if isinstance(one, EntityRef)
                for type_ in ENTITY_TYPES
            ]
            assert any(same_claim(item, one) for one in gone), f"{path}: nobody rejected {memory}"

    def _proposals(self, world: World, path: str) -> None:
        """Everything that is proposed stands or waits in the page, or was rejected."""
        proposal, items = world.suggested(path), world.items(path)
        rejected = [world.meant(rejected_item(one)) for one in proposal.rejected]
        edited = {one.key for one in proposal.edited}
        for name in LISTS:
            for offer in proposal_items(proposal, name):
                item = world.meant(offer.item)
                there = offer.key in edited or any(_alike(item, one) for one in (*items, *rejected))
                assert there, f"{path}: {offer} is nowhere"

    def _questions(self, world: World, path: str) -> None:
        """A question goes when the page or the machine says something else than it was about."""
        proposal, page = world.suggested(path), world.page(path)
        after = {(one.field, one.page, one.machine) for one in world_questions(world, path)}
        for one in self.questions[path]:
            if (one.field, one.page, one.machine) not in after:
                assert not _grounded(one, proposal, page), f"{path}: {one} was forgotten"

    def _record(self, world: World, path: str) -> None:
        before = self.records.get(path)
        if before is None:
            return
        now = record_state(world, path)
        rejected = {mark(one.field, one.value) for one in now[1].rejected}
        were = {mark(one.field, one.value) for one in before[1].rejected}
        known = before[0].own | {mark(*one) for one in before[0].proposed}
        for one in rejected - were:
            assert one not in known, f"{path}: nobody rejected {one}"
        for offer in now[1].offers:
            key = mark(offer.field, offer.value)
            if offer.field in {"aliases", "weak_aliases"}:
                there = key in now[0].own or key in {mark(*held) for held in now[0].proposed}
                assert there or key in rejected, f"{path}: {offer} is nowhere"
        for name, value in before[0].proposed:
            key = mark(name, value)
            offered = key in {mark(one.field, one.value) for one in now[1].offers}
            stands = key in {mark(*held) for held in now[0].proposed} or key in now[0].own
            assert stands or not offered, f"{path}: {name} {value} waits no more"
        for conflict in before[1].conflicts:
            is_ = getattr(now[0].record, conflict.field)
            offered = any(
                (one.field, one.value) == (conflict.field, conflict.machine) for one in now[1].offers
            )
            if is_ == conflict.page and offered:
                assert conflict in now[1].conflicts, f"{path}: {conflict} was forgotten"


def record_state(world: World, path: str) -> tuple[RecordUnderMerge, RecordProposal]:
    beside = world.root / record_proposal.path_of(id_of(path))
    last = _load_record(beside.read_text(encoding="utf-8")) if beside.is_file() else RecordProposal()
    return _record(path, world.read(path)), last


def world_questions(world: World, path: str):
    return [one.conflict for one in open_items(world.page(path), world.suggested(path)) if one.conflict]


def _same(one, other) -> bool:
    if isinstance(one, EntityRef) or isinstance(other, EntityRef):
        return isinstance(one, EntityRef) and isinstance(other, EntityRef) and one.id == other.id
    return (one.date, one.when, one.quote, one.text) == (other.date, other.when, other.quote, other.text)


def _alike(offered, there) -> bool:
    """Whether the page's item may be the proposed one."""
    if isinstance(offered, EntityRef) or isinstance(there, EntityRef):
        return _same(offered, there)
    return same_claim(offered, there) or offered.quote == there.quote


def _grounded(conflict, proposal: Proposal, page: Page) -> bool:
    """Whether what a question is about is still so: the page's side and the machine's."""
    name, _, key = conflict.field.partition(".")
    if name not in LISTS:
        return (
            page.field(conflict.field) == conflict.page
            and dict(proposal.page).get(conflict.field) == conflict.machine
        )
    proposed = {offer.key: offer.item for offer in proposal_items(proposal, name)}
    if not key:
        said = [one.item.id if isinstance(one.item, EntityRef) else one.item.text for one in page.items(name)]
        new = [one.id if isinstance(one, EntityRef) else one.text for one in proposed.values()]
        there = [
            one.item
            for one in page.items(name)
            if conflict.page in (getattr(one.item, "id", ""), getattr(one.item, "text", ""))
        ]
        if any(_has_words(page, item) for item in there):
            return False
        return conflict.page in said and conflict.page not in new and conflict.key not in proposed
    stands = [one.item for one in page.items(name) if getattr(one.item, key) == conflict.page]
    if key == "quote" and any(_has_words(page, item) for item in stands):
        return False
    machine = proposed.get(conflict.key)
    return bool(stands) and machine is not None and getattr(machine, key) == conflict.machine


def _has_words(page: Page, item) -> bool:
    """Whether the text has the quote of an entry, or a form of an entity that the page tells."""
    if isinstance(item, EntityRef):
        return any(form in page.readable for form in (item.name, *item.also) if form)
    return item.quote in page.readable


@cache
def _started(folder: Path, chosen: tuple[int, ...]) -> Files:
    """A repository with these sources added, as files. It is made once."""
    root = Path(tempfile.mkdtemp(dir=folder))
    (root / "mkdocs.yml").write_text("site_name: x\nextra: {dossier: {names: none}}\n", encoding="utf-8")
    if chosen[0] % 2:
        _with_records(root)
    for at in chosen:
        one = POOL["sources"][at]
        file = root / one["name"]
        file.write_text(one["text"], encoding="utf-8")
        known = {name: str(value) for name, value in one["known"].items()}
        with quiet():
            add(root, [file], propose=_proposer(folder)(known_records(root)), **known)
        file.unlink()
    found = {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in sorted(root.rglob("*"))
        if file.is_file()
    }
    shutil.rmtree(root)
    return {path: data for path, data in found.items() if not path.startswith(".dossier")}


def _with_records(root: Path) -> None:
    """Records of some names of the sources: one that an older version drafted, and some that people wrote."""
    for id_, (title, type_) in RECORDS.items():
        record = Record(id_, title, type_)
        offers = (("title", title), ("type", type_)) if id_ == "ann-lee" else ()
        memory = RecordProposal(tuple(RecordOffer(*offer, drafted=True) for offer in offers))
        made = {f"content/entities/{id_}.md": write_record(record, [packaged_templates()])}
        made |= {record_proposal.path_of(id_): record_proposal.dump(memory)} if offers else {}
        for path, text in made.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")


@cache
def _proposer(folder: Path) -> Proposer:
    """What proposes, with rules only; what it finds is kept for all histories."""
    (folder / "mkdocs.yml").write_text("site_name: x\nextra: {dossier: {names: none}}\n", encoding="utf-8")
    return Proposer(folder)


@pytest.fixture(scope="session")
def start(tmp_path_factory):
    """`start(numbers of sources)`: a context with a `World` in which these are added."""
    folder = tmp_path_factory.mktemp("histories")

    @contextmanager
    def started(chosen: Sequence[int]) -> Iterator[World]:
        root = Path(tempfile.mkdtemp(dir=folder))
        for path, data in _started(folder, tuple(chosen)).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        try:
            world = World(root, _proposer(folder))
            world.stood = {path: world.items(path) for path in world.pages}
            yield world
        finally:
            shutil.rmtree(root)

    return started
