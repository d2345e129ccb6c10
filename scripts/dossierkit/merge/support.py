"""What a page's text supports of a proposal. The text may have been corrected since the source came in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dossierkit.merge.match import STRICT, pair
from dossierkit.merge.standing import TIMELINE, Item, offers
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry
from dossierkit.text.match import Matcher
from dossierkit.text.quote import FoldedText, fold_spaces, locate


def supported(new: Proposal, last: Proposal, text: str) -> Proposal:
    """The proposal without what does not stand in `text`, the page's text as its readers see it.

    An entry whose new words do not stand there keeps the words that were last proposed for it; an entity of the last
    proposal stays, so that nothing is withdrawn because of an editor's correction. Notes say what was left out.
    """
    folded = fold_spaces(text)
    entities = _entities(new, last, text)
    timeline = _timeline(new, last, folded)
    out = len(new.entities) - len(entities) + len(new.timeline) - len(timeline)
    note = (f"left out, since the page's text does not have their words: {out}",) if out else ()
    return replace(new, entities=entities, timeline=timeline, notes=(*new.notes, *note))


def _entities(new: Proposal, last: Proposal, text: str) -> tuple[ProposedEntity, ...]:
    before = {entity.entity for entity in last.entities}
    forms = [(form, entity.entity) for entity in new.entities for form in entity.forms]
    named = {entity for _, _, entity in Matcher(forms).find(text)}
    found = {form for form, entity in forms if entity in named}
    return tuple(
        entity
        for entity in new.entities
        if entity.entity in before or entity.entity in named or found.intersection(entity.forms)
    )


def _timeline(new: Proposal, last: Proposal, text: FoldedText) -> tuple[ProposedEntry, ...]:
    known = pair(_items(new), _items(last), STRICT)
    entries: list[ProposedEntry] = []
    for at, entry in enumerate(new.timeline):
        if len(locate(text, entry.quote, entry.prefix, entry.suffix)) == 1:
            entries.append(entry)
        elif at in known:
            entries.append(last.timeline[known[at]])
    return tuple(entries)


def _items(proposal: Proposal) -> list[Item]:
    return [proposed.item for proposed in offers(proposal, TIMELINE)]


def about(
    new: Proposal, last: Proposal, ids: Collection[str], turned_down: Collection[str] = ()
) -> tuple[ProposedEntry, ...]:
    """The entries, each about nobody but those of `ids`; whom an entry was about when last proposed stays, but for those of
    `turned_down`, which an editor took out of the page.
    """
    known = pair(_items(new), _items(last), STRICT)
    before = {at: {*last.timeline[to].entities}.difference(turned_down) for at, to in known.items()}
    return tuple(
        replace(
            entry, entities=tuple(id_ for id_ in entry.entities if id_ in ids or id_ in before.get(at, ()))
        )
        for at, entry in enumerate(new.timeline)
    )
