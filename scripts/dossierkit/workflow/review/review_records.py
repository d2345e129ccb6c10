"""The records' part of `dossier review`: names and words that wait in a record, one key each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dossierkit.merge.record import RecordUnderMerge, open_record, said
from dossierkit.merge.record_decide import RecordDecided, RecordOpen, open_offers, take, turn_down
from dossierkit.merge.standing import stand
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.record import Record
from dossierkit.model.record_proposal import RecordProposal
from dossierkit.store import record_proposal as stored
from dossierkit.store.edit import EditError
from dossierkit.text.fold import fold
from dossierkit.text.match import Matcher
from dossierkit.workflow.adding.source_file import plain_text
from dossierkit.workflow.records.judgements import path_of
from dossierkit.workflow.records.record_offers import last_for_record
from dossierkit.workflow.repository import Repository, known_records
from dossierkit.workflow.review.screen import Screen, Span, form_span, quote_span
from dossierkit.workflow.updating.update import conflict_words

FOLDER = "content/entities/"
_KEYS = (("a", "accept"), ("r", "reject"), ("e", "edit"))
_CONFLICT_KEYS = (("a", "take what is proposed"), ("r", "keep the record's"))


@dataclass(frozen=True, slots=True)
class RecordReview:
    """A record under review, as it stands on disk at this moment."""

    sheet: RecordUnderMerge
    last: RecordProposal
    desk: Repository

    def write(self, decided: RecordDecided) -> None:
        """Put the decision on the desk."""
        self.desk.write(self.sheet.path, decided.text)
        self.desk.write(suggested(self.sheet.path), stored.dump(decided.proposal))

    @property
    def changed_since(self) -> bool:
        """Whether the files on disk are not what was decided on any more."""
        fresh = Repository(self.desk.root)
        same = fresh.page(self.sheet.path) == self.sheet.text
        return not same or last_for_record(fresh, _id(self.sheet.path))[0] != self.last


def _id(path: str) -> str:
    return path.removeprefix(FOLDER).removesuffix(".md")


def suggested(path: str) -> str:
    """Where the proposal for the record at `path` stands."""
    return stored.path_of(_id(path))


def chosen_records(root: Path, path: Path | None) -> tuple[str, ...]:
    """The records at or below `path`, all of them without one."""
    every = (file.relative_to(root).as_posix() for file in sorted((root / FOLDER).rglob("*.md")))
    records = tuple(name for name in every if name != f"{FOLDER}index.md")
    if path is None:
        return records
    place = (root / path if (root / path).exists() else path.absolute()).resolve()
    return tuple(name for name in records if (root / name).resolve().is_relative_to(place))


def review_of(root: Path, path: str) -> RecordReview | None:
    """None where the record is withdrawn. Raises DiagnosticsError."""
    desk = Repository(root)
    sheet = open_record(_id(path), path, desk.page(path))
    return (
        None
        if sheet.record.status == "withdrawn"
        else RecordReview(sheet, last_for_record(desk, _id(path))[0], desk)
    )


def waiting(root: Path, path: str) -> tuple[RecordOpen, ...]:
    """What waits in a record; nothing where it cannot be read, which `dossier check` says."""
    try:
        review = review_of(root, path)
    except DiagnosticsError:
        return ()
    return tuple(open_offers(review.sheet, review.last)) if review else ()


def keys(open_: RecordOpen) -> tuple[tuple[str, str], ...]:
    return _CONFLICT_KEYS if open_.conflict else _KEYS


def show(screen: Screen, review: RecordReview, open_: RecordOpen) -> None:
    """The record, what is proposed for it, and the sentence of the article that it comes from."""
    record = review.sheet.record
    title = conflict_words(open_.conflict) if open_.conflict else said(open_.field, open_.value)
    screen.head(f"{review.sheet.path} · record", f"{title}  →  {record.title} ({record.type})")
    page = f"content/articles/{open_.article}.md"
    if open_.article and review.desk.read(page) is not None:
        _sentence(screen, review.desk, page, open_, [name.text for name in record.strong_names])
    if open_.maker:
        screen.say(f"proposed by {open_.maker}", "dim")
    other = _other(open_, record.id, known_records(review.desk.root))
    if other:
        screen.say(f"{other} has that name: accept it in one of them only", "yellow")


def _sentence(screen: Screen, desk: Repository, path: str, open_: RecordOpen, others: Sequence[str]) -> None:
    """The quote, or where the words stand by themselves, not within another name of the record."""
    try:
        page = stand(path, desk.page(path), plain_text)
    except DiagnosticsError:
        return
    screen.say(path, "dim")
    span = quote_span(page.readable, open_.quote, "", "") if open_.quote else None
    screen.sentence(page.readable, span or _alone(page.readable, open_.value, others), page.article.lang)


def _alone(text: str, words: str, others: Sequence[str]) -> Span | None:
    forms = Matcher([(words, words), *((name, "") for name in others if name != words)])
    alone = (one[:2] for one in forms.find(text) if one[2])
    return next(alone, form_span(text, (words,)))


def _other(open_: RecordOpen, own: str, records: Mapping[str, Record]) -> str:
    """Another record that has the name by itself."""
    if open_.field != "aliases":
        return ""
    has = (
        id_ for id_, record in records.items()
        if id_ != own and fold(open_.value) in {fold(name.text) for name in record.strong_names}
    )  # fmt: skip
    return next(has, "")


def decide(screen: Screen, review: RecordReview, open_: RecordOpen, key: str) -> Callable[[], None] | None:
    """What carries a decision out; None where nothing was decided. Raises EditError."""
    words = screen.line(open_.field.replace("_", " ").removesuffix("es"), open_.value) if key == "e" else ""
    if key == "r":
        decided = turn_down(review.sheet, review.last, open_)
    else:
        _refuse_taken(review, open_, words or open_.value)
        decided = take(review.sheet, review.last, open_, words)
    return lambda: review.write(decided)


def _refuse_taken(review: RecordReview, open_: RecordOpen, value: str) -> None:
    own = review.sheet.record.id
    other = _other(RecordOpen(open_.field, value), own, known_records(review.desk.root))
    if other:
        raise EditError(
            f"{other} has the name “{value}” ({path_of(other)}): take it out there first, or reject it here"
        )
