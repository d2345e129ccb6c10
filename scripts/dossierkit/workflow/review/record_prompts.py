"""The part of `dossier review` about records: proposals that wait in a record, one key each."""

from __future__ import annotations

from collections.abc import Sequence

from dossierkit.evidence.plain_text import plain_text
from dossierkit.merge.page import conflict_words
from dossierkit.merge.page_items import open_page
from dossierkit.merge.record import in_words
from dossierkit.merge.record_decide import RecordOpen
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.store.content import article_file
from dossierkit.text.match import Matcher
from dossierkit.workflow.repository import Repository, known_records
from dossierkit.workflow.review.record_reviews import (
    RecordDecision,
    RecordReview,
    other_bearer,
)
from dossierkit.workflow.review.screen import Screen, Span, form_span, quote_span

_KEYS = (("a", "accept"), ("r", "reject"), ("e", "edit"))
_CONFLICT_KEYS = (("a", "take what is proposed"), ("r", "keep the record's"))


def keys(open_: RecordOpen) -> tuple[tuple[str, str], ...]:
    return _CONFLICT_KEYS if open_.conflict else _KEYS


def show(screen: Screen, review: RecordReview, open_: RecordOpen) -> None:
    """Show the record, the proposal for it, and the sentence of the article that it comes from."""
    record = review.page.record
    title = str(conflict_words(open_.conflict)) if open_.conflict else in_words(open_.field, open_.value)
    screen.head(f"{review.page.path} · record", f"{title}  →  {record.title} ({record.type})")
    page = article_file(open_.article)
    if open_.article and review.repository.read(page) is not None:
        _sentence(screen, review.repository, page, open_, [name.text for name in record.strong_names])
    if open_.maker:
        screen.say(f"proposed by {open_.maker}", "dim")
    other = other_bearer(open_, record.id, known_records(review.repository.root))
    if other:
        screen.say(f"{other} has that name too: accept it in one of them only", "yellow")


def _sentence(
    screen: Screen, repository: Repository, path: str, open_: RecordOpen, others: Sequence[str]
) -> None:
    """Show the quote, or the first place where the words are not part of another name of the record."""
    try:
        page = open_page(path, repository.page(path), plain_text)
    except DiagnosticsError:
        return
    screen.say(path, "dim")
    span = quote_span(page.readable, open_.quote, "", "") if open_.quote else None
    screen.sentence(page.readable, span or _alone(page.readable, open_.value, others), page.article.lang)


def _alone(text: str, words: str, others: Sequence[str]) -> Span | None:
    forms = Matcher([(words, words), *((name, "") for name in others if name != words)])
    alone = (one[:2] for one in forms.find(text) if one[2])
    return next(alone, form_span(text, (words,)))


def decision_of(screen: Screen, open_: RecordOpen, key: str) -> RecordDecision:
    """The decision for a key."""
    words = screen.line(open_.field.replace("_", " ").removesuffix("es"), open_.value) if key == "e" else ""
    return RecordDecision(key != "r", words)
