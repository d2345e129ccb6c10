"""How the entries of an article's timeline came about: who proposed them, and what editors made of that. No editor is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from dossierkit.evidence.gathering import Evidence
from dossierkit.model.provenance import ClaimOrigin, said
from dossierkit.site.context import Context
from dossierkit.site.listing import entry_id
from dossierkit.site.views import EntryItem, OriginGroup


def of_entries(frame: Context, article: Evidence, entries: Iterable[EntryItem]) -> tuple[OriginGroup, ...]:
    """The entries by where they come from, in the order in which the timeline has the first of each; those of which nothing is known are left out."""
    known = frame.site.origins.get(article.id)
    if known is None:
        return ()
    claims = known.claims
    told = {entry_id(item.id): claims.get(said(item.entry)) for item in article.timeline}
    groups: defaultdict[str, list[EntryItem]] = defaultdict(list)
    for entry in entries:
        if origin := told.get(entry.id):
            groups[_words(frame, origin)].append(entry)
    return tuple(OriginGroup(words, tuple(items)) for words, items in groups.items())


def _words(frame: Context, origin: ClaimOrigin) -> str:
    if origin.maker:
        return frame.t(f"origins.{origin.became}", maker=origin.maker)
    return frame.t("unreviewed" if origin.became == "open" else "origins.written")
