"""Countries by their initials, before a noun or alone ("US economy", "a UK band"), where the model passes over them (English)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossierkit.extract.mentions.ruled import is_shouted
from dossierkit.model.finding import Mention, Sentence

# Not "US$", "US dollars", the road "US 75", and no part of "US-led" or "U.S.S.R.".
_INITIALS = re.compile(
    r"(?<![\w.&/-])(?:US|UK|U\. ?[SK]\.)(?![\w&/-]|\.[A-Z])(?!\s?[$£€\d]|\s(?:dollar|pound|Route|Highway))"
)


def abbreviated(text: str, sentences: Sequence[Sentence]) -> Iterator[Mention]:
    """Mentions of the United States and the United Kingdom by initials; none in what is all in capitals."""
    for sentence in sentences:
        found = list(_INITIALS.finditer(text, sentence.start, sentence.end))
        if found and not is_shouted(text, sentence):
            yield from (Mention(*one.span(), one.group(), "place", 0.8, "known name") for one in found)
