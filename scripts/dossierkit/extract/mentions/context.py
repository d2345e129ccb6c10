"""The context of a candidate that rules may use."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dossierkit.extract.lexicon import Lexicon
from dossierkit.extract.mentions.segments import CandidateSegment

_LAST_WORD = re.compile(r"(?<![\w-])[\d_-]*+([^\W\d_][\w-]*)[ \xa0]++(?:the[ \xa0]++)?$")
_NEXT_WORD = re.compile(r"(,?)[ \xa0]+([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Around:
    """Surroundings of a candidate: up to 40 code points on either side, last word before, first word after.

    `small`: words that the article writes in lower case. `headline`: most words are capitalised, so capitals say little.
    """

    before: str
    after: str
    word_before: str
    word_after: str
    comma_after: bool
    small: frozenset[str]
    headline: bool


def around(text: str, segment: CandidateSegment, small: frozenset[str], *, headline: bool) -> Around:
    before, after = text[max(0, segment.start - 40) : segment.start], text[segment.end : segment.end + 40]
    last, following = _LAST_WORD.search(before), _NEXT_WORD.match(after)
    return Around(
        before=before,
        after=after,
        word_before=last.group(1) if last else "",
        word_after=following.group(2) if following else "",
        comma_after=bool(following and following.group(1)),
        small=small,
        headline=headline,
    )


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule judges: a candidate and its surroundings."""

    segment: CandidateSegment
    here: Around
    lexicon: Lexicon
