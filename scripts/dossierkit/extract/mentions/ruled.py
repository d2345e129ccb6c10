"""Names found by capitals and cues, without a model (English)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossierkit.extract.lexicon import KnownName, Lexicon, lexicon
from dossierkit.extract.mentions.chunks import chunks
from dossierkit.extract.mentions.context import Case, around
from dossierkit.extract.mentions.rules import clear, judge
from dossierkit.extract.mentions.segments import CandidateSegment, pieces, segments
from dossierkit.model.finding import Mention, Sentence
from dossierkit.text.match import Matcher

KNOWN = "known name"
"""The reason of a mention that a list has."""

_SMALL = re.compile(r"(?<![\w-])[a-z]{3,}")
_SMALL_LETTER = re.compile(r"[a-zß-ÿ]")
_TITLE_WORD = re.compile(r"[^\W\d_][\w’'-]{3,}")
_ROMAN = re.compile(r"[IVX]{1,5}")
_GIVEN_TAIL = re.compile(r"[-‐‑][a-z]{2,5}\b")
# Not "US$", "US dollars", the road "US 75", nor part of "US-led" or "U.S.S.R.".
_INITIALS = re.compile(
    r"(?<![\w.&/-])(?:US|UK|U\. ?[SK]\.)(?![\w&/-]|\.[A-Z])(?!\s?[$£€\d]|\s(?:dollar|pound|Route|Highway))"
)


def small_words(text: str) -> frozenset[str]:
    """Words of at least three letters that the text writes in lower case."""
    return frozenset(_SMALL.findall(text))


def is_headline(text: str, sentence: Sentence) -> bool:
    """Whether most longer words are capitalised and there is no full stop, so capitals say little."""
    if text[sentence.end - 1] in '.!?”"' or sentence.end - sentence.start > 250:
        return False
    words = _TITLE_WORD.findall(text, sentence.start, sentence.end)
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= 4 and capitals >= 0.7 * len(words)


def is_shouted(text: str, sentence: Sentence) -> bool:
    """Whether all letters are capitals."""
    if _SMALL_LETTER.search(text, sentence.start, sentence.end):
        return False
    piece = text[sentence.start : sentence.end]
    return piece.isupper() and sum(map(str.isalpha, piece)) > 12


def ruled(text: str, sentences: Sequence[Sentence], small: frozenset[str]) -> Iterator[Mention]:
    """Mentions by capitals and cues (English), in text order, none overlapping."""
    words = lexicon()
    for sentence in sentences:
        if not is_shouted(text, sentence):
            yield from _in_sentence(text, sentence, small, words)


def _in_sentence(text: str, sentence: Sentence, small: frozenset[str], words: Lexicon) -> Iterator[Mention]:
    headline = is_headline(text, sentence)
    for chunk in chunks(text, sentence):
        if len(chunk.parts) == 1 and chunk.parts[0].text in words.no_names:
            continue
        for segment in segments(chunk, words):
            whole = _judged(text, segment, small, words, headline=headline)
            if whole is not None:
                yield whole
            elif len(cut := pieces(segment)) > 1:
                judged = (_judged(text, piece, small, words, headline=headline) for piece in cut)
                yield from (mention for mention in judged if mention is not None)


def _judged(
    text: str, segment: CandidateSegment, small: frozenset[str], words: Lexicon, *, headline: bool
) -> Mention | None:
    verdict = clear(segment, words)
    if verdict is None:
        verdict = judge(Case(segment, around(text, segment, small, headline=headline), words))
    if verdict is None:
        return None
    type_, score, reason = verdict
    end = _with_tail(text, segment.end) if type_ == "person" else segment.end
    start = _behind_chapter(segment) if type_ == "document" else segment.start
    return Mention(start, end, text[start:end], type_, score, reason)


def _behind_chapter(segment: CandidateSegment) -> int:
    """Where the document begins of "Chapter VII of the UN Charter"."""
    numbered = _ROMAN.fullmatch(segment.words[0]) and segment.parts[1].link.startswith("of")
    return segment.parts[1].start if numbered else segment.start


def _with_tail(text: str, end: int) -> int:
    """Extend over the lower-case second part of a given name: "Ban Ki-moon", "Kim Jong-un"."""
    tail = _GIVEN_TAIL.match(text, end)
    return (
        tail.end()
        if tail and tail.group()[1:] not in ("led", "based", "era", "born", "style", "run")
        else end
    )


def listed_names(text: str, names: Matcher[KnownName]) -> Iterator[Mention]:
    """Names on the lists of a language: countries, or its places, well-known organisations and acronyms."""
    for start, end, entry in names.find(text):
        yield Mention(start, end, names.alone(text, start, end), entry.type, 0.8, KNOWN)


def abbreviated(text: str, sentences: Sequence[Sentence]) -> Iterator[Mention]:
    """Mentions of the United States and the United Kingdom by initials, except in texts in capitals."""
    for sentence in sentences:
        found = list(_INITIALS.finditer(text, sentence.start, sentence.end))
        if found and not is_shouted(text, sentence):
            yield from (Mention(*one.span(), one.group(), "place", 0.8, KNOWN) for one in found)
