"""Which sentences are an account in the first person: testimonies, memoirs, letters. What they tell is their narrator's, also where a
sentence has no "I".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from dossierkit.extract.languages import from_files, language
from dossierkit.extract.pronouns import Quotations
from dossierkit.model.finding import Sentence
from dossierkit.text.data import load

_LEAST = 2  # paragraphs
_NUMERAL = re.compile(r"\b[A-Z][a-z]+ \Z")  # "World War I ended"
_BEFORE = 20  # code points


def in_first_person(text: str, sentences: Sequence[Sentence], lang: str) -> list[bool]:
    """For each sentence whether its paragraph has an "I" outside quotations, or the text one, and half of its paragraphs "we" or "my"."""
    words = _words(lang)
    if words is None or words[0].search(text) is None:
        return [False] * len(sentences)
    quoted = Quotations(text)
    lines = [_line(text, sentence) for sentence in sentences]
    own, shared = (
        {
            line
            for line, sentence in zip(lines, sentences, strict=True)
            if any(
                _speaks(text, match, quoted) for match in form.finditer(text, sentence.start, sentence.end)
            )
        }
        for form in words
    )
    told = own | shared
    whole = bool(own) and len(told) >= _LEAST and 2 * len(told) >= sum(1 for _ in groupby(lines))
    return [whole or line in own for line in lines]


def _line(text: str, sentence: Sentence) -> int:
    return text.rfind("\n", 0, sentence.start)


def _speaks(text: str, match: re.Match[str], quoted: Quotations) -> bool:
    numeral = match[0] == "I" and _NUMERAL.search(text, max(0, match.start() - _BEFORE), match.start())
    return not numeral and not quoted.hold(match.start())


@cache
@from_files
def _words(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """("I", "we" and "my") of a language; None if it has no claims.yml."""
    own = language(lang) if lang != "en" else None
    data = load("en/claims") if lang == "en" else own.facts("claims") if own is not None else {}
    return (_forms(data["i"]), _forms(data["we"])) if data else None


def _forms(words: Sequence[str]) -> re.Pattern[str]:
    """The words, also with a capital; "I" before a word in small letters, since it is also a number."""
    forms = sorted({form for word in words for form in (word, word.capitalize())})
    return re.compile(rf"(?<![\w’'-])(?:{'|'.join(forms)})(?![\w-])(?<!\bI(?!\s[a-z]|[’'][a-z]))")
