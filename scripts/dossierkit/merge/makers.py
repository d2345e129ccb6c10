"""Keep proposals of other makers when the extractor proposes anew."""

from __future__ import annotations

from dataclasses import replace

from dossierkit.merge.match import same_claim
from dossierkit.merge.standing import TIMELINE, offers
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry
from dossierkit.text.match import Matcher
from dossierkit.text.quote import fold_spaces, locate


def with_makers(new: Proposal, last: Proposal, text: str) -> Proposal:
    """`new`, with other makers' proposals that `text`, the page's text as readers see it, still supports.

    Items that the extractor also proposes are the extractor's.
    """
    return replace(
        new,
        entities=(*new.entities, *_entities(new, last, text)),
        timeline=(*new.timeline, *_timeline(new, last, text)),
    )


def _entities(new: Proposal, last: Proposal, text: str) -> tuple[ProposedEntity, ...]:
    own = {entity.entity for entity in new.entities}
    made = [entity for entity in last.entities if entity.maker and entity.entity not in own]
    found = {
        key
        for _, _, key in Matcher([(form, entity.key) for entity in made for form in entity.forms]).find(text)
    }
    return tuple(entity for entity in made if entity.key in found)


def _timeline(new: Proposal, last: Proposal, text: str) -> tuple[ProposedEntry, ...]:
    own = [proposed.item for proposed in offers(new, TIMELINE)]
    folded = fold_spaces(text)
    return tuple(
        entry
        for entry, proposed in zip(last.timeline, offers(last, TIMELINE), strict=True)
        if entry.maker
        and len(locate(folded, entry.quote, entry.prefix, entry.suffix)) == 1
        and not any(same_claim(proposed.item, other) for other in own)
    )
