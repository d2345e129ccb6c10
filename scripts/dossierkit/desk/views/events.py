"""Events: what several articles tell of one thing, joined and parted by the word that their entries have for it, and what may be one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from werkzeug.wrappers import Response

from dossierkit.desk.application import Visit, back, go
from dossierkit.store.edit import EditError
from dossierkit.workflow.editing import event_edits
from dossierkit.workflow.editing.joined_entries import EventEntries, PlacedEntry, entries
from dossierkit.workflow.editing.session import digest
from dossierkit.workflow.review.engine import CHANGED

_PAGE = 60
_OFFERS = 10


def show(visit: Visit) -> Response:
    """Every entry is an event that can be joined; `which` leaves those of several articles, or those with an editor's word."""
    events = visit.desk.events.all()
    words, which, start = (
        visit.asked("words").casefold(),
        visit.asked("which") or "all",
        int(visit.asked("start") or 0),
    )
    found = [one for one in events if _is(one, which) and _says(one, words)]
    shown = found[start : start + _PAGE]
    offers = [one for one in visit.desk.events.offers() if _says(one, words)]
    return visit.page(
        "events.html", found=shown, total=len(found), start=start, size=_PAGE, which=which, words=visit.asked("words"),
        joined=sum(len(one.entries) > 1 for one in events), every=len(events),
        seen=digest(visit.desk.index, _paths(shown)), paths=sorted(_paths(shown)),
        offers=[(one, digest(visit.desk.index, _paths([one])), sorted(_paths([one]))) for one in offers[:_OFFERS]],
        offered=len(offers),
    )  # fmt: skip


def _paths(events: Iterable[EventEntries]) -> set[str]:
    return {one.article.path for event in events for one in event.entries}


def _is(event: EventEntries, which: str) -> bool:
    return which == "all" or (len(event.entries) > 1 if which == "joined" else bool(event.word))


def _says(event: EventEntries, words: str) -> bool:
    return not words or any(
        words in f"{one.entry.text} {one.entry.date} {one.article.id}".casefold() for one in event.entries
    )


def join_entries(visit: Visit) -> Response:
    """Give the entries that are ticked one word. Raises EditError for fewer than two."""
    ticked = _ticked(visit)
    word = event_edits.join_entries(visit.desk, ticked, visit.form("word"))
    _write(visit, [(one, word) for one in ticked], visit.t("did.join", name=word))
    return go(back(visit))


def keep_apart(visit: Visit) -> Response:
    """Remember that the entries that are ticked report different events. Raises EditError for fewer than two."""
    ticked = _ticked(visit)
    words = visit.t("did.keep_apart", name=ticked[0].entry.text if ticked else "")
    event_edits.keep_apart(visit.desk, ticked, words)
    visit.desk.say(words)
    return go(back(visit))


def part_entry(visit: Visit) -> Response:
    """Give the entries that are ticked words of their own."""
    ticked = _ticked(visit)
    given = list(zip(ticked, event_edits.own_words(visit.desk, ticked), strict=True))
    _write(visit, given, visit.t("did.part", name=ticked[0].entry.text))
    return go(back(visit))


def _ticked(visit: Visit) -> list[PlacedEntry]:
    """Raises EditError where a page has changed since it was shown."""
    paths = visit.request.form.getlist("path")
    if digest(visit.desk.index, paths) != visit.form("seen"):
        raise EditError(CHANGED)
    wanted = set(visit.request.form.getlist("entry"))
    articles = (visit.desk.index.articles[path] for path in paths if path in visit.desk.index.articles)
    return [one for article in articles for one in entries(article) if f"{one.key[0]} {one.key[1]}" in wanted]


def _write(visit: Visit, given: Sequence[tuple[PlacedEntry, str]], words: str) -> None:
    event_edits.give_words(visit.desk, given, words)
    visit.desk.say(words)
