"""Which sentences are an account in the first person: testimonies, memoirs, letters. What they tell is their narrator's, also where a
sentence has no "I".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from dossierkit.extract.languages import from_files, language
from dossierkit.extract.sentences.pronouns import Quotations
from dossierkit.model.finding import Sentence
from dossierkit.text.data import load

_LEAST = 2  # paragraphs
_NUMERAL = re.compile(r"\b[A-Z][a-z]+ \Z")  # "World War I ended"
_BEFORE = 20  # code points
_LABEL = re.compile(r"([^\W\d_a-z][\w.’' -]{0,30}): ")


def in_first_person(text: str, sentences: Sequence[Sentence], lang: str) -> list[bool]:
    """For each sentence whether its paragraph has an "I" or "my" outside quotations, whether its speaker has ("Ada: I saw"), or the text one, and
    half of its paragraphs "we".
    """
    words = _words(lang)
    if words is None or words[0].search(text) is None:
        return [False] * len(sentences)
    quoted = Quotations(text)
    lines = list(_lines(text, sentences))
    own, shared = (
        {
            line
            for line, sentence in zip(lines, sentences, strict=True)
            if any(
                _speaks(text, found, sentence, quoted)
                for found in form.finditer(text, sentence.start, sentence.end)
            )
        }
        for form in words
    )
    told = own | shared
    whole = bool(own) and len(told) >= _LEAST and 2 * len(told) >= sum(1 for _ in groupby(lines))
    speakers = _speakers(text, lines)
    speaking = {speakers[line] for line in own} - {""}
    return [whole or line in own or speakers[line] in speaking for line in lines]


def _speakers(text: str, lines: Sequence[int]) -> dict[int, str]:
    """The label of each line ("A", "Ada Hale"), or that of the line above; "" if the text has none twice."""
    labels = {line: found[1] for line in dict.fromkeys(lines) if (found := _LABEL.match(text, line))}
    counts = Counter(labels.values())
    several = {label for label, times in counts.items() if times >= _LEAST}
    speakers: dict[int, str] = {}
    speaker = ""
    for line in dict.fromkeys(lines):
        speaker = labels.get(line, speaker) if len(several) >= _LEAST else ""
        speakers[line] = speaker
    return speakers


def _lines(text: str, sentences: Sequence[Sentence]) -> Iterator[int]:
    """The offset at which the line of each sentence begins, without white space."""
    line = end = 0
    for sentence in sentences:
        if not end or "\n" in text[end : sentence.start]:
            line = sentence.start
        end = sentence.end
        yield line


def _speaks(text: str, found: re.Match[str], sentence: Sentence, quoted: Quotations) -> bool:
    """Not the number of "World War I ended", the title of "wrote My Life", or what is quoted."""
    numeral = found[0] == "I" and _NUMERAL.search(text, max(0, found.start() - _BEFORE), found.start())
    titled = found[0][0].isupper() and found[0] != "I" and found.start() > sentence.start
    return not (numeral or titled or quoted.hold(found.start()))


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
