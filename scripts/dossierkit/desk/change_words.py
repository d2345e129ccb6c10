"""Descriptions of changes in the language of the desk: in English as in `dossier diff`, else how, what and which, uninflected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from dossierkit.check.changes import headline as english
from dossierkit.check.changes.compare import PageChanges
from dossierkit.check.changes.kinds import Change
from dossierkit.check.changes.show import sentence as english_sentence
from dossierkit.desk.strings import DeskStrings
from dossierkit.store.decisions import PATH as DECISIONS


def headline(pages: tuple[PageChanges, ...], t: DeskStrings) -> tuple[str, ...]:
    """The counts, shown first."""
    if not t.changes:
        return english.headline(pages)
    return (*_states(pages, t), *_counted((change for page in pages for change in page.changes), t))


def warnings(pages: tuple[PageChanges, ...], t: DeskStrings) -> tuple[str, ...]:
    """Changes that need attention."""
    if not t.changes:
        return english.warnings(pages)
    lost = sum((change.what, change.how) == ("event", "lost") for page in pages for change in page.changes)
    unread = [page.path for page in pages if page.state == "unreadable"]
    lines = [t("told", what=_counted_name("lost", "event", t), words=t.number(lost))] if lost else []
    lines += [
        t("told", what=page.path, words=_counted_name("removed", "corrections", t))
        for page in pages
        if any((change.what, change.how) == ("corrections", "removed") for change in page.changes)
    ]
    return (*lines, *(t("told", what=path, words=_name("state", "unreadable", t)) for path in unread))


def title(page: PageChanges, t: DeskStrings) -> str:
    """The page's title; of the decisions for the whole site, what they are."""
    decisions = page.path == DECISIONS and t.changes
    return _name("what", "decision", t) if decisions else page.title or page.path


def tally(page: PageChanges, t: DeskStrings) -> str:
    """The counts of one page."""
    if not t.changes:
        return english.tally(page)
    if page.state != "changed":
        return _name("state", page.state, t)
    return t("comma").join(_counted(page.changes, t))


def sentence(change: Change, t: DeskStrings) -> str:
    """One change."""
    if not t.changes:
        return english_sentence(change)
    if change.what == "decision":
        return t("told", what=_counted_name(change.how, "decision", t), words=t.reason(change.name))
    words = f"{change.date} {change.name}".strip()
    if change.what in ("status", "field"):
        return t("told", what=_field(change.field or change.what, t), words=_both(change, t))
    if change.before or change.after:
        words = f"{words}{t('comma')}{_field(change.field, t)} {_both(change, t)}"
    elif change.field:
        words = f"{words}{t('comma')}{_field(change.field, t)}"
    head = _counted_name(change.how, change.type or change.what, t)
    return t("told", what=head, words=words) if words else head


def _both(change: Change, t: DeskStrings) -> str:
    return (" ← " if t.dir == "rtl" else " → ").join(_value(one, t) for one in (change.before, change.after))


def _value(value: str, t: DeskStrings) -> str:
    return t(f"status.{value}") if f"status.{value}" in t else value or "–"


def _field(name: str, t: DeskStrings) -> str:
    known = {"status": "state"}.get(name, f"field.{name}")
    return t(known).split(" (")[0] if known in t else name


def _counted_name(how: str, what: str, t: DeskStrings) -> str:
    """What and how, such as `article (ajout)`."""
    kind = (
        t(f"type.{what}") if f"type.{what}" in t and what not in t.changes["what"] else _name("what", what, t)
    )
    return f"{kind} ({_name('how', how, t)})"


def _states(pages: Iterable[PageChanges], t: DeskStrings) -> Iterator[str]:
    found = Counter(page.state for page in pages if page.state in ("new", "deleted"))
    yield from (
        t("told", what=_name("state", state, t), words=t.number(number))
        for state, number in sorted(found.items())
    )


def _counted(changes: Iterable[Change], t: DeskStrings) -> Iterator[str]:
    found = Counter((change.how, change.what) for change in changes)
    for (how, what), number in found.most_common():
        yield t("told", what=_counted_name(how, what, t), words=t.number(number))


def _name(group: str, word: str, t: DeskStrings) -> str:
    known: Mapping[str, str] = t.changes[group]
    return known.get(word, word)
