"""The walk of life in which an article shows a person: what its titles before, and roles after, the name say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dossierkit.extract.lexicon import lexicon
from dossierkit.model.finding import Mention

_BEFORE = re.compile(r"((?:[\w.’'-]{1,40} ){1,3})$")
_ROLE = re.compile(r",? (?:an?|the|is an?|was an?|is the|was the)? ?((?:[\w’'-]+ ){0,4}[\w’'-]+)")


def fields_of(text: str, mentions: Iterable[Mention]) -> frozenset[str]:
    """The fields (data/en/titles.yml) of all titles beside the mentions of one person."""
    return frozenset(field for mention in mentions for field in _beside(text, mention))


def _beside(text: str, mention: Mention) -> Iterable[str]:
    titles = lexicon().title_fields
    before = _BEFORE.search(text, max(0, mention.start - 40), mention.start)
    words = [*(before.group(1).split() if before else ()), *mention.text.split()]
    after = _ROLE.match(text, mention.end, mention.end + 60)
    words += after.group(1).split() if after else []
    return [titles[word.lower().strip(".,")] for word in words if word.lower().strip(".,") in titles]
