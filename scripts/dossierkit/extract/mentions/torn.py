"""Join what the model tore from a body's name: "Lenn Tribune | -Review", "Students for | Fair Harbours" (English)."""

from __future__ import annotations

import re
from functools import cache

from dossierkit.extract.lexicon import known_place, lexicon
from dossierkit.model.finding import Mention
from dossierkit.text.data import load

_HYPHENED = re.compile(r"-([A-Z][a-z]{2,20})\b(?!-)")
_CAUSE = re.compile(r" for an?(?: [A-Z][\w’'-]{1,20}){2,4}")
_REACH = 120  # code points in front of a cause


def joined(text: str, mention: Mention) -> Mention:
    """The mention of an organization with the second half of a paper's name and with whoever is for it ("National Committee for an | Open
    Harbour").
    """
    return _with_head(text, _with_cause(text, _with_second_paper(text, mention)))


def _with_second_paper(text: str, mention: Mention) -> Mention:
    papers = load("en/organisations")["papers"]
    behind = _HYPHENED.match(text, mention.end)
    two = behind and behind[1] in papers and mention.text.rpartition(" ")[2] in papers
    return mention.over(text, mention.start, behind.end()) if behind and two else mention


def _with_cause(text: str, mention: Mention) -> Mention:
    """With what stands behind "for an" in capitals: "National Committee | for an Open Harbour"."""
    cause = _CAUSE.match(text, mention.end)
    headed = mention.text.rpartition(" ")[2] in load("en/organisations")["for_heads"]
    return mention.over(text, mention.start, cause.end()) if cause and headed else mention


def _with_head(text: str, mention: Mention) -> Mention:
    """Not for one word or a known name: "Students for Lenn" may be students who are for it."""
    name = mention.text
    if " " not in name or name in lexicon().known or known_place(name):
        return mention
    head = _head().search(text, max(0, mention.start - _REACH), mention.start)
    return mention.over(text, head.start(1), mention.end) if head else mention


@cache
def _head() -> re.Pattern[str]:
    words = lexicon()
    heads = "|".join(map(re.escape, sorted(words.cause_heads | set(load("en/organisations")["for_heads"]))))
    return re.compile(
        rf"(?<![\w’'-])(?:(?:The|A|An|Our) )?((?:(?!(?:The|A|An|Our) )[A-Z][\w’'-]{{1,20}} ){{0,4}}(?:{heads})) for (?:an? |the )?$"
    )
