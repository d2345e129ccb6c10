"""Which names are in doubt, by what parted right ones from wrong ones in every folder that was read by hand: the score of the network,
unless a list has the name. No other sign did so in all folders, and none did for events.
"""

from __future__ import annotations

from dossierkit.extract.lexicon import known_place, lexicon
from dossierkit.extract.mentions.modelled import BY_MODEL
from dossierkit.model.proposal import ProposedEntity

_SURE = 0.95
_SINGLY = 0.9  # a name with a lower score is looked at by itself, whatever found it


def in_doubt(entity: ProposedEntity) -> bool:
    """Whether a name waits for a decision before it is written into the list of its page."""
    listed = entity.name in lexicon().known or known_place(entity.name)
    found_alone = entity.reason.startswith(BY_MODEL) and not (entity.maker or entity.known or listed)
    return found_alone and entity.score < _SURE


def beyond_doubt(entity: ProposedEntity) -> bool:
    """Whether a name need not be looked at by itself."""
    return entity.score >= _SINGLY and not in_doubt(entity)
