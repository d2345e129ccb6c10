"""Views of events: entries of several articles, joined and separated by the value of their `event` key, and entries that may be
one event.
"""

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
    """All entries, each an event that can be joined; `which` selects those in several articles, or those with an `event` key."""
    events = visit.desk.events.all()
    words, which, start = (
        visit.asked("words").casefold(),
        visit.asked("which") or "all",
        visit.number("start"),
    )
    found = [event for event in events if _is(event, which) and event.says(words)]
    shown = found[start : start + _PAGE]
    offers = [one for one in visit.desk.events.offers() if one.says(words)]
    return visit.page(
        "events.html", found=shown, total=len(found), start=start, size=_PAGE, which=which, words=visit.asked("words"),
        joined=sum(len(event.entries) > 1 for event in events), every=len(events),
        seen=digest(visit.desk.index, _paths(shown)), paths=sorted(_paths(shown)),
        offers=[(one, digest(visit.desk.index, _paths([one])), sorted(_paths([one]))) for one in offers[:_OFFERS]],
        offered=len(offers),
    )  # fmt: skip


def _paths(events: Iterable[EventEntries]) -> set[str]:
    return {entry.article.path for event in events for entry in event.entries}


def _is(event: EventEntries, which: str) -> bool:
    return which == "all" or (len(event.entries) > 1 if which == "joined" else bool(event.word))


def join_entries(visit: Visit) -> Response:
    """Give the selected entries the same key. Raises EditError for fewer than two."""
    ticked = _ticked(visit)
    word = event_edits.join_entries(visit.desk, ticked, visit.form("word"))
    _write(visit, [(entry, word) for entry in ticked], visit.t("did.join", name=word))
    return go(back(visit))


def keep_apart(visit: Visit) -> Response:
    """Remember that the entries that are ticked report different events. Raises EditError for fewer than two."""
    ticked = _ticked(visit)
    words = visit.t("did.keep_apart", name=ticked[0].entry.text if ticked else "")
    event_edits.keep_apart(visit.desk, ticked, words)
    visit.desk.say(words)
    return go(back(visit))


def part_entry(visit: Visit) -> Response:
    """Give the selected entries separate keys."""
    ticked = _ticked(visit)
    given = list(zip(ticked, event_edits.own_words(visit.desk, ticked), strict=True))
    _write(visit, given, visit.t("did.part", name=ticked[0].entry.text))
    return go(back(visit))


def _ticked(visit: Visit) -> list[PlacedEntry]:
    """The selected entries. Raises EditError if a page has changed since it was displayed."""
    paths = visit.request.form.getlist("path")
    if digest(visit.desk.index, paths) != visit.form("seen"):
        raise EditError(CHANGED)
    wanted = set(visit.request.form.getlist("entry"))
    articles = (visit.desk.index.articles[path] for path in paths if path in visit.desk.index.articles)
    return [
        entry
        for article in articles
        for entry in entries(article)
        if f"{entry.key[0]} {entry.key[1]}" in wanted
    ]


def _write(visit: Visit, given: Sequence[tuple[PlacedEntry, str]], words: str) -> None:
    event_edits.give_words(visit.desk, given, words)
    visit.desk.say(words)
