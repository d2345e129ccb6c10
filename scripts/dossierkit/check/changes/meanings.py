"""Names in articles that mean another record, although the articles did not change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from dossierkit.check.changes.kinds import Change
from dossierkit.check.changes.snapshot import Snapshot
from dossierkit.evidence.candidates.identity import identity
from dossierkit.model.page import PUBLIC
from dossierkit.text.number_of import some

_SHOWN = 3


def given_names(base: Snapshot, head: Snapshot) -> Mapping[str, Sequence[Change]]:
    """By id of a record, the names that mean it now and did not before, in articles that readers see and saw with that name.

    A record that was renamed or merged has its old ids' names as before.
    """
    if _deciding(base) == _deciding(head):
        return {}
    before, after = _meant(base), _meant(head)
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for article, id_, name in _names(head, base):
        record = head.content.records.get(after.get(id_, id_))
        was = before.get(id_, id_)
        if record is not None and was != record.id and was not in record.redirects:
            found[record.id, name].append(article)
    changes: defaultdict[str, list[Change]] = defaultdict(list)
    for (record_id, name), articles in found.items():
        changes[record_id].append(Change("name", "given", name, field=some(articles, _SHOWN), id=record_id))
    return changes


def _deciding(snapshot: Snapshot) -> object:
    records = snapshot.content.records.values()
    return {record.path: snapshot.texts[record.path] for record in records}, snapshot.decisions


def _meant(snapshot: Snapshot) -> Mapping[str, str]:
    named = [page.gist.named for page in snapshot.content.articles.values()]
    return identity(named, snapshot.content.records.values(), snapshot.decisions or ())


def _names(head: Snapshot, base: Snapshot) -> Iterator[tuple[str, str, str]]:
    """The article, the id and the words of each name without a record that both have."""
    for page in head.content.articles.values():
        old = base.content.articles.get(page.id)
        known = {naming.id for naming in old.gist.named} if old and page.status in PUBLIC else ()
        yield from ((page.id, one.id, one.name) for one in page.gist.named if one.id in known)
