"""The screen of a review for one item: its quote, why it is proposed, and the keys for deciding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from dossierkit.merge.open import Open, open_items, rivals
from dossierkit.merge.page import conflict_words, in_words
from dossierkit.model.proposal import ProposedEntry, Question
from dossierkit.workflow.review import remaining
from dossierkit.workflow.review.page_review import Choice, PageReview, choices
from dossierkit.workflow.review.screen import Screen, form_span, quote_span

_ENTITY_KEYS = (
    ("a", "accept"), ("r", "reject"), ("e", "other id"), ("x", "somebody else"), ("m", "is another record"),
    ("n", "is not the same as"),
)  # fmt: skip
_NAME_KEYS = (
    ("a", "accept"), ("r", "reject here"), ("j", "junk in every article"), ("t", "other type"), ("w", "name"), ("x", "somebody else"),
    ("e", "make it a record"), ("m", "is another"), ("n", "is not the same as"),
)  # fmt: skip
_ENTRY_KEYS = (
    ("a", "accept"),
    ("r", "reject"),
    ("e", "edit"),
    ("c", "quote"),
    ("h", "no heading begins so"),
)
_CONFLICT_KEYS = (("a", "take what is proposed"), ("r", "keep the page's"))
_WORDS_MISSING_KEYS = (("a", "take it out of the page"), ("r", "keep it"))
_LIKELY = 3  # twins that are named with an item


def keys(open_: Open) -> tuple[tuple[str, str], ...]:
    if open_.conflict is not None:
        two = _WORDS_MISSING_KEYS if open_.words_missing else _CONFLICT_KEYS
        return (*two, ("e", "edit")) if open_.entry else two
    if open_.question is not None:
        numbers = tuple((str(at), "this") for at in range(1, min(9, len(open_.question.candidates)) + 1))
        return (*numbers, ("0", "none of them"))
    if open_.entity:
        return _NAME_KEYS if open_.entity.name else _ENTITY_KEYS
    return _ENTRY_KEYS


def show(screen: Screen, review: PageReview, open_: Open) -> None:
    if open_.question is not None:
        _show_question(screen, review, open_.question)
        return
    what = "conflict" if open_.conflict else "entity" if open_.entity else "timeline"
    screen.head(f"{review.page.path} · {what}", _title(review, open_))
    lang = review.page.article.lang
    if open_.entity:
        span = form_span(review.page.readable, review.forms(open_), review.names)
        screen.sentence(review.page.readable, span, lang)
    elif entry := open_.entry:
        span = quote_span(review.page.readable, entry.quote, entry.prefix, entry.suffix)
        screen.sentence(review.page.readable, span, lang)
    for words in _remarks(review, open_):
        screen.say(words, "dim")


def _show_question(screen: Screen, review: PageReview, question: Question) -> None:
    screen.head(f"{review.page.path} · question", question.text)
    span = form_span(review.page.readable, (question.form,))
    screen.sentence(review.page.readable, span, review.page.article.lang)
    show_choices(screen, choices(question, review.records, review.last))
    screen.say("  0  none of them: the form is linked to nobody", "dim")


def show_choices(screen: Screen, listed: Iterable[Choice]) -> None:
    """Print the first nine, each with the key that chooses it."""
    for number, (id_, name, type_) in enumerate(islice(listed, 9), 1):
        screen.say(f"  {number}  {name} ({type_ or 'no record'}) {id_}")


def _title(review: PageReview, open_: Open) -> str:
    if open_.conflict is not None:
        return str(conflict_words(open_.conflict))
    item = open_.entity
    if item is None:
        return in_words(open_.entry) if open_.entry else ""
    record, entity = review.records.get(item.id), review.entity(open_)
    name = record.title if record else item.name or (entity.name if entity else item.id)
    kind = record.type if record else item.type or (entity.type if entity else "no record")
    return f"{name} ({kind}) {item.id}"


def _remarks(review: PageReview, open_: Open) -> Iterator[str]:
    """Why the item is proposed, and questions about it."""
    proposed = review.last.item(open_.key)
    if proposed is not None and open_.conflict is None:
        counted = _counted(proposed.anchor) if isinstance(proposed, ProposedEntry) else ""
        yield f"{proposed.reason}{counted}, score {proposed.score:.2f}"
    entity = review.entity(open_)
    for question in review.last.questions:
        if not question.form and entity and any(f"“{form}”" in question.text for form in entity.forms):
            yield f"{question.text} {', '.join(question.candidates)}"
    yield from _likely(review, open_)
    yield from _rivals(review, open_)


def _rivals(review: PageReview, open_: Open) -> Iterator[str]:
    """An entry whose words are gone as it stands in the page, and the entries that may have taken its place."""
    item = open_.entry
    if open_.words_missing and item:
        key = ", a key moment" if item.key else ""
        yield f"in the page: {in_words(item)}{key}: “{item.quote}”"
    what = "also waits" if open_.words_missing else "may be instead of the entry whose words are gone"
    for one in rivals(open_, open_items(review.page, review.last)):
        yield f"{what}: {in_words(one)}: “{one.quote}”"


def _counted(anchor: str) -> str:
    """What a relative date was counted from. `anchor`: see `model.finding.Timex`."""
    base, _, offset = anchor.partition(" at ")
    if offset:
        return f", counted from {base}, named before"
    day = anchor.removeprefix("published ")
    return f", counted from the day of publication, {day}" if day != anchor else ""


def _likely(review: PageReview, open_: Open) -> Iterator[str]:
    """The entities that a name without a record may be the same as, best first."""
    if open_.entity is None:
        return
    found = review.found()
    for twin in remaining.twins_of(open_, found)[:_LIKELY]:
        other = found.by_id.get(twin.id)
        record = review.records.get(twin.id)
        name = other.name if other else record.title if record else twin.id
        yield f"may be the same as {name}, {twin.id}: {twin.reason}, {twin.score:.2f} (m: is another, n: is not the same as)"
