"""The accounts of one event side by side: what all of them say, what they say differently, and what only some say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from dossierkit.evidence import visibility
from dossierkit.evidence.events.comparable import Key
from dossierkit.evidence.events.joined import JoinedEvent, Telling
from dossierkit.evidence.events.quantities import Quantity, contradict, figures
from dossierkit.site import dateview
from dossierkit.site.context import Context
from dossierkit.site.interface import CompiledPage, Later
from dossierkit.site.listing import Listing
from dossierkit.site.views import EntityItem, SourceItem

_Unit = frozenset[str]


class Account(NamedTuple):
    """What one article says of the event. `label`: its publisher, or its title where another account has the same publisher.

    `names`: of the entry, `figures`: by what they count.
    """

    source: SourceItem
    label: str
    date: dateview.DateView
    names: tuple[EntityItem, ...]
    figures: Mapping[_Unit, Quantity]


class ComparedStatement(NamedTuple):
    """Something that is said of the event, in words, and the accounts that say it."""

    words: str
    name: EntityItem | None
    accounts: tuple[Account, ...]


class ComparedFact(NamedTuple):
    """What a statement is about: `date`, `figure` or `name`, and each thing that is said of it.

    `differs`: whether these things cannot all be right.
    """

    kind: str
    statements: tuple[ComparedStatement, ...]
    differs: bool = False


class Comparison(NamedTuple):
    """Facts that all accounts state alike, those that some state differently, and those that only some state."""

    same: tuple[ComparedFact, ...]
    differing: tuple[ComparedFact, ...]
    partial: tuple[ComparedFact, ...]


def every(frame: Context) -> Iterator[Later]:
    """A page for each event that more than one article tells."""
    for key in frame.events.compared:
        yield Later(visibility.event_path(key), partial(page, frame, key), ())


def page(frame: Context, key: Key) -> CompiledPage:
    path = visibility.event_path(key)
    listing = frame.listing(path)
    event = frame.events.one(key)
    accounts = tuple(_labelled([_account(listing, telling) for telling in event.tellings]))
    text, open_ = event.lead[1].entry.text, _unreviewed(event)
    title = frame.t("accounts.title", event=frame.t("unreviewed_name", name=text) if open_ else text)
    html = frame.html(
        "accounts.html",
        event=listing.event(event),
        accounts=accounts,
        compared=compared(accounts, dates_differ=bool(event.dates)),
        timeline_href=listing.href("timeline/index.md"),
        mark=frame.t("unreviewed_name", name="").strip() if open_ else "",
    )
    return CompiledPage(path, {"title": title, "hide": ["toc"]}, html)


def _unreviewed(event: JoinedEvent) -> bool:
    return any(item.entry.unreviewed for _, item in event.tellings)


def _account(listing: Listing, telling: Telling) -> Account:
    article, item = telling
    lang = listing.lang(article.page)
    counted = {one.unit: one for one in figures(item.entry.quote, lang)}
    names = tuple(map(listing.chip, listing.known(item.entities)))
    date = dateview.view(item.entry.date, listing.t.lang)
    return Account(listing.source(article, item, item.entry.date), "", date, names, counted)


def _labelled(accounts: Sequence[Account]) -> Iterator[Account]:
    counts = Counter(one.source.publisher for one in accounts)
    for one in accounts:
        publisher = one.source.publisher
        yield one._replace(label=publisher if publisher and counts[publisher] == 1 else one.source.title)


def compared(accounts: Sequence[Account], *, dates_differ: bool) -> Comparison:
    """Each fact in one of three lists. A date that an account lacks is no other date, and a figure that it lacks no other figure.

    Figures and dates in other words, of which one may include the other, are what some say.
    """
    facts = tuple(_facts(accounts, dates_differ=dates_differ))
    whole = len(accounts)
    same = [one for one in facts if len(one.statements) == 1 and len(one.statements[0].accounts) == whole]
    differing = [one for one in facts if one.differs]
    rest = [one for one in facts if one not in same and one not in differing]
    return Comparison(tuple(same), tuple(differing), tuple(rest))


def _facts(accounts: Sequence[Account], *, dates_differ: bool) -> Iterator[ComparedFact]:
    dates = [(one.date.words, None, one) for one in accounts if one.date.words]
    if dates:
        yield ComparedFact("date", _statements(dates), dates_differ)
    for unit in dict.fromkeys(unit for one in accounts for unit in one.figures):
        counting = [one for one in accounts if unit in one.figures]
        versions = ((one.figures[unit].words, None, one) for one in counting)
        differs = contradict([one.figures[unit] for one in counting])
        yield ComparedFact("figure", _statements(versions), differs)
    names = {name.id: name for one in accounts for name in one.names}
    for name in names.values():
        naming = (one for one in accounts if any(other.id == name.id for other in one.names))
        yield ComparedFact("name", _statements((name.name, name, one) for one in naming))


def _statements(versions: Iterable[tuple[str, EntityItem | None, Account]]) -> tuple[ComparedStatement, ...]:
    """What is said in the same words is one statement."""
    by_words: dict[str, list[tuple[EntityItem | None, Account]]] = defaultdict(list)
    for words, name, account in versions:
        by_words[words].append((name, account))
    return tuple(
        ComparedStatement(words, same[0][0], tuple(account for _, account in same))
        for words, same in by_words.items()
    )
