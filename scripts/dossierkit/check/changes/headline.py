"""Counts of changes for reviewers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from dossierkit.check.changes.compare import PageChanges
from dossierkit.check.changes.kinds import Change
from dossierkit.model.page import PUBLIC
from dossierkit.text.number_of import number_of

_TYPES = {
    "person": ("person", "people"),
    "organization": ("organisation", "organisations"),
    "place": ("place", "places"),
    "document": ("document", "documents"),
    "event": ("event record", "event records"),
    "": ("entity", "entities"),
}
_WORDS = {
    ("alias", "added"): ("alias", "aliases"),
    ("alias", "removed"): ("alias removed", "aliases removed"),
    ("relation", "added"): ("relation", "relations"),
    ("relation", "changed"): ("relation changed", "relations changed"),
    ("relation", "removed"): ("relation removed", "relations removed"),
    ("event", "added"): ("event", "events"),
    ("event", "removed"): ("event removed", "events removed"),
    ("entity", "removed"): ("entity removed", "entities removed"),
    ("proposal", "proposed"): ("proposal waiting", "proposals waiting"),
    ("proposal", "accepted"): ("proposal accepted", "proposals accepted"),
    ("proposal", "rejected"): ("proposal rejected", "proposals rejected"),
    ("proposal", "withdrawn"): ("proposal withdrawn", "proposals withdrawn"),
    ("proposal", "conflict"): ("conflict", "conflicts"),
    ("question", "closed"): ("question closed", "questions closed"),
    ("name", "given"): ("name means another record", "names mean another record"),
    ("corrections", "added"): ("correction", "corrections"),
    ("corrections", "removed"): ("correction removed", "corrections removed"),
    ("exception", "added"): ("exception from a rule", "exceptions from rules"),
    ("exception", "removed"): ("exception taken back", "exceptions taken back"),
    ("source", "missing"): ("article without a source", "articles without a source"),
    ("decision", "added"): ("decision for the whole site", "decisions for the whole site"),
    ("decision", "removed"): ("decision for the whole site undone", "decisions for the whole site undone"),
}
_ORDER = (
    ("event", "added"),
    ("event", "removed"),
    *(pair for pair in _WORDS if pair[0] != "event"),
)


def headline(pages: Iterable[PageChanges]) -> tuple[str, ...]:
    """Phrases such as `3 people, 2 of them new` and `6 events`; none if nothing changed in meaning."""
    listed = tuple(pages)
    changes = [change for page in listed for change in page.changes]
    counts = Counter((change.what, change.how) for change in changes)
    edited = {
        (page.path, change.name)
        for page in listed
        for change in page.changes
        if _is(change, "event", "changed")
    }
    phrases = [*_new_pages(listed), *_online(listed), *_entities(changes)]
    for pair in _ORDER:
        phrases += [number_of(counts[pair], *_WORDS[pair])] if counts[pair] else []
        if pair == ("event", "added") and edited:
            phrases.append(number_of(len(edited), "event changed", "events changed"))
    return tuple(phrases)


def warnings(pages: Iterable[PageChanges]) -> tuple[str, ...]:
    """Changes that need attention."""
    listed = tuple(pages)
    lost = sum(_is(change, "event", "lost") for page in listed for change in page.changes)
    lines = []
    if lost:
        verb = "lacks its" if lost == 1 else "lack their"
        lines.append(f"{lost} of your confirmed events now {verb} quote")
    lines += [
        f"{page.path} leaves the site: it was {change.before} and is a draft now"
        for page in listed
        for change in page.changes
        if page.kind != "entities"
        and change.what == "status"
        and change.before in PUBLIC
        and change.after not in {*PUBLIC, "withdrawn"}
    ]
    lines += [
        f"{page.path}: a correction that readers were told of is changed or gone"
        for page in listed
        if any(_is(change, "corrections", "removed") for change in page.changes)
    ]
    unread = [page.path for page in listed if page.state == "unreadable"]
    lines += [f"{path} can no longer be read: `dossier check` says why" for path in unread]
    return tuple(lines)


def tally(page: PageChanges) -> str:
    """The counts of one page."""
    if page.state == "unreadable":
        return "cannot be read"
    if page.state == "deleted":
        return "deleted"
    lost = sum(_is(change, "event", "lost") for change in page.changes)
    parts = [f"{lost} without quote"] if lost else []
    parts += [
        phrase
        for phrase in headline([page])
        if not phrase.startswith(("1 new ", "1 article", "1 dossier", "1 page goes"))
    ]
    parts += [
        f"{change.before or 'new'} → {change.after}" for change in page.changes if change.what == "status"
    ]
    return ", ".join(parts) or ("new" if page.state == "new" else "edited")


def _is(change: Change, what: str, how: str) -> bool:
    return (change.what, change.how) == (what, how)


def _new_pages(pages: tuple[PageChanges, ...]) -> Iterator[str]:
    for kind, name in (("articles", "article"), ("dossiers", "dossier"), ("entities", "record")):
        for state in ("new", "deleted"):
            count = sum(page.kind == kind and page.state == state for page in pages)
            if count:
                yield number_of(count, f"{state} {name}")


def _online(pages: Iterable[PageChanges]) -> Iterator[str]:
    """How many articles and dossiers readers see from now on."""
    count = sum(
        change.what == "status" and change.after in PUBLIC and change.before not in PUBLIC
        for page in pages
        if page.kind in ("articles", "dossiers")
        for change in page.changes
    )
    if count:
        yield number_of(count, "page goes online", "pages go online")


def _entities(changes: list[Change]) -> Iterator[str]:
    """Counts of entities, each once, however many articles it was added to."""
    added = {change.id: change for change in changes if _is(change, "entity", "added")}
    for type_, (single, plural) in _TYPES.items():
        group = [change for change in added.values() if change.type == type_]
        fresh = sum(change.fresh for change in group)
        if group:
            new = f", {fresh} of them new" if 0 < fresh < len(group) else " (new)" if fresh else ""
            yield number_of(len(group), single, plural) + new
