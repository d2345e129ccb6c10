"""The accounts of one event side by side: what all of them say, where they differ, and what only some say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from dossierkit.evidence import visibility
from dossierkit.evidence.events.comparable import Key
from dossierkit.evidence.events.joined import EventEntry, JoinedEvent
from dossierkit.evidence.events.quantities import Quantity, contradict, figures
from dossierkit.evidence.events.words import copied
from dossierkit.site import dateview
from dossierkit.site.context import Context
from dossierkit.site.interface import CompiledPage, Later
from dossierkit.site.listing import Listing
from dossierkit.site.views import EntityItem, SourceItem

_Unit = frozenset[str]


class Account(NamedTuple):
    """An article's account of the event. `label`: its publisher, or its title if another account has the same publisher.

    `names`: entities of the entry; `figures`: quantities by what they count. `copied`: whether another account has nearly the same
    words.
    """

    source: SourceItem
    label: str
    date: dateview.DateView
    names: tuple[EntityItem, ...]
    figures: Mapping[_Unit, Quantity]
    copied: bool = False


class ComparedStatement(NamedTuple):
    """A statement about the event, in words, and the accounts that make it."""

    words: str
    name: EntityItem | None
    accounts: tuple[Account, ...]


class ComparedFact(NamedTuple):
    """A fact of the event: its `kind` (`date`, `figure` or `name`), and the statements about it.

    `differs`: whether the statements contradict each other.
    """

    kind: str
    statements: tuple[ComparedStatement, ...]
    differs: bool = False


class Comparison(NamedTuple):
    """Facts that all accounts state alike, facts on which some contradict others, and facts that only some state."""

    same: tuple[ComparedFact, ...]
    differing: tuple[ComparedFact, ...]
    partial: tuple[ComparedFact, ...]


def every(frame: Context) -> Iterator[Later]:
    """A page for each event that more than one article reports."""
    for key in frame.events.compared:
        yield Later(visibility.event_path(key), partial(page, frame, key), ())


def page(frame: Context, key: Key) -> CompiledPage:
    path = visibility.event_path(key)
    listing = frame.listing(path)
    event = frame.events.one(key)
    accounts = tuple(_labelled([_account(listing, event_entry) for event_entry in event.entries]))
    text, open_ = event.lead[1].entry.text, _unreviewed(event)
    title = frame.t("accounts.title", event=frame.t.named(text, unreviewed=open_))
    html = frame.html(
        "accounts.html",
        event=listing.event(event),
        accounts=accounts,
        compared=compared(accounts, dates_differ=bool(event.dates)),
        timeline_href=listing.href("timeline/index.md"),
        mark=frame.t.named("", unreviewed=open_).strip(),
    )
    return CompiledPage(path, {"title": title, "hide": ["toc"]}, html)


def _unreviewed(event: JoinedEvent) -> bool:
    return any(item.entry.unreviewed for _, item in event.entries)


def _account(listing: Listing, event_entry: EventEntry) -> Account:
    article, item = event_entry
    lang = listing.lang(article.page)
    counted = {figure.unit: figure for figure in figures(item.entry.quote, lang)}
    names = tuple(map(listing.chip, listing.known(item.entities)))
    date = dateview.view(item.entry.date, listing.t.lang)
    return Account(listing.source(article, item, item.entry.date), "", date, names, counted)


def _labelled(accounts: Sequence[Account]) -> Iterator[Account]:
    repeated = copied([account.source.quote for account in accounts])
    counts = Counter(account.source.publisher for account in accounts)
    for at, account in enumerate(accounts):
        publisher = account.source.publisher
        yield account._replace(
            label=publisher if publisher and counts[publisher] == 1 else account.source.title,
            copied=at in repeated,
        )


def compared(accounts: Sequence[Account], *, dates_differ: bool) -> Comparison:
    """Sort the facts into three lists. A missing date or figure does not contradict one that is stated.

    Dates and figures that differ in words without contradiction, such as one that includes another, are listed as partial.
    """
    facts = tuple(_facts(accounts, dates_differ=dates_differ))
    whole = len(accounts)
    same = [fact for fact in facts if len(fact.statements) == 1 and len(fact.statements[0].accounts) == whole]
    differing = [fact for fact in facts if fact.differs]
    rest = [fact for fact in facts if fact not in same and fact not in differing]
    return Comparison(tuple(same), tuple(differing), tuple(rest))


def _facts(accounts: Sequence[Account], *, dates_differ: bool) -> Iterator[ComparedFact]:
    dates = [(account.date.words, None, account) for account in accounts if account.date.words]
    if dates:
        yield ComparedFact("date", _statements(dates), dates_differ)
    for unit in dict.fromkeys(unit for account in accounts for unit in account.figures):
        counting = [account for account in accounts if unit in account.figures]
        versions = ((account.figures[unit].words, None, account) for account in counting)
        differs = contradict([account.figures[unit] for account in counting])
        yield ComparedFact("figure", _statements(versions), differs)
    names = {name.id: name for account in accounts for name in account.names}
    for name in names.values():
        naming = (account for account in accounts if any(other.id == name.id for other in account.names))
        yield ComparedFact("name", _statements((name.name, name, account) for account in naming))


def _statements(versions: Iterable[tuple[str, EntityItem | None, Account]]) -> tuple[ComparedStatement, ...]:
    """Group versions in the same words as one statement."""
    by_words: dict[str, list[tuple[EntityItem | None, Account]]] = defaultdict(list)
    for words, name, account in versions:
        by_words[words].append((name, account))
    return tuple(
        ComparedStatement(words, same[0][0], tuple(account for _, account in same))
        for words, same in by_words.items()
    )
