"""Events: what several articles tell of one thing, joined and parted by the word that their entries have for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from werkzeug.wrappers import Response

from dossierkit.desk.application import Visit, back, go
from dossierkit.desk.field_edits import check
from dossierkit.desk.joined_entries import Event, JoinedEntries, PlacedEntry, entries, words_used
from dossierkit.desk.session import digest
from dossierkit.store.edit import Edit, EditError, Put, Remove, apply
from dossierkit.text.fold import slug
from dossierkit.workflow.repository import Repository

_PAGE = 60
_KEYS = ("date", "when", "text", "quote", "prefix", "suffix", "entities")


def show(visit: Visit) -> Response:
    """Those of several articles first wanted; with `all`, every entry is an event that can be joined."""
    events = joined(visit).all()
    words, which, start = (
        visit.asked("words").casefold(),
        visit.asked("which") or "joined",
        int(visit.asked("start") or 0),
    )
    found = [one for one in events if _is(one, which) and _says(one, words)]
    shown = found[start : start + _PAGE]
    return visit.page(
        "events.html", found=shown, total=len(found), start=start, size=_PAGE, which=which, words=visit.asked("words"),
        joined=sum(len(one.told) > 1 for one in events), every=len(events),
        seen=digest(visit.desk.index, _paths(shown)), paths=sorted(_paths(shown)),
    )  # fmt: skip


def joined(visit: Visit) -> JoinedEntries:
    return visit.desk.events


def _paths(events: Iterable[Event]) -> set[str]:
    return {one.article.path for event in events for one in event.told}


def _is(event: Event, which: str) -> bool:
    return which == "all" or (len(event.told) > 1 if which == "joined" else bool(event.word))


def _says(event: Event, words: str) -> bool:
    return not words or any(
        words in f"{one.entry.text} {one.entry.date} {one.article.id}".casefold() for one in event.told
    )


def join_entries(visit: Visit) -> Response:
    """Give the entries that are ticked one word. Raises EditError for fewer than two."""
    ticked = _ticked(visit)
    if len(ticked) < 2:
        raise EditError(visit.t("two_entries"))
    events = joined(visit).all()
    word = visit.form("word").strip() or next((one.entry.event for one in ticked if one.entry.event), "")
    word = slug(word) or _new_word(ticked, words_used(events))
    _write(visit, ticked, word, visit.t("did.join", name=word))
    return go(back(visit))


def part_entry(visit: Visit) -> Response:
    """Give the entries that are ticked words of their own."""
    ticked = _ticked(visit)
    used = set(words_used(joined(visit).all()))
    if not ticked:
        raise EditError(visit.t("two_entries"))
    words = []
    for one in ticked:
        words.append(_new_word([one], used))
        used.add(words[-1])
    _write(visit, ticked, words, visit.t("did.part", name=ticked[0].entry.text))
    return go(back(visit))


def _ticked(visit: Visit) -> list[PlacedEntry]:
    """Raises EditError where a page has changed since it was shown."""
    paths = visit.request.form.getlist("path")
    if digest(visit.desk.index, paths) != visit.form("seen"):
        raise EditError(visit.t("changed_meanwhile"))
    wanted = set(visit.request.form.getlist("entry"))
    articles = (visit.desk.index.articles[path] for path in paths if path in visit.desk.index.articles)
    return [one for article in articles for one in entries(article) if f"{one.key[0]} {one.key[1]}" in wanted]


def _new_word(tellings: Sequence[PlacedEntry], used: Iterable[str]) -> str:
    """From the heading, with a number where another event has it."""
    first = "-".join(slug(tellings[0].entry.text).split("-")[:6]) or "event"
    taken, number, word = set(used), 2, first
    while word in taken:
        word, number = f"{first}-{number}", number + 1
    return word


def _write(visit: Visit, tellings: Sequence[PlacedEntry], word: str | Sequence[str], words: str) -> None:
    given = [word] * len(tellings) if isinstance(word, str) else word
    before = digest(visit.desk.index, [one.article.path for one in tellings])

    def changed() -> bool:
        visit.desk.index.refresh()
        return digest(visit.desk.index, [one.article.path for one in tellings]) != before

    def change(repository: Repository) -> None:
        for one, own in zip(tellings, given, strict=True):
            path = ("timeline", one.at, "event")
            edit: Edit = Put(path, own, _KEYS) if own else Remove(path)
            text = apply(repository.page(one.article.path), [edit])
            check(text, one.article.path)
            repository.write(one.article.path, text)

    visit.desk.write(changed, change, words)
    visit.desk.say(words)
