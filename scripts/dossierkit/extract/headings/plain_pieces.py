"""The pieces of a sentence in a language that has a `clauses.yml`, each with its kind, and the words that tell kinds apart.

A sentence is cut at commas, semicolons, colons, dashes and brackets. The kind of a piece follows from its first words and from
whether it has a verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import pairwise

from dossierkit.extract.headings.signs import Span
from dossierkit.extract.languages import from_files, language
from dossierkit.extract.languages.verbs import Verbs, verbs
from dossierkit.text.match import without_tashkeel

LEAD_WORDS, CLAUSE_WORDS = 4, 4
_BREAK = re.compile(r"[,،] |[;؛] |: | [–—-] | \(|\)(?:[,،] )? ?")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d[\d.,]*")
_LEAD_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?: |[’'])$")


@dataclass(frozen=True, slots=True)
class PlainWords:
    """The word lists of a language's clauses.yml, `moved` of its dates.yml, and its verbs; fr/clauses.yml explains each list."""

    verbs: Verbs
    articles: frozenset[str]
    relatives: frozenset[str]
    content: frozenset[str]
    speech: frozenset[str]
    sources: frozenset[str]
    asides: tuple[str, ...]
    links: frozenset[str]
    pronouns: frozenset[str]
    of: frozenset[str]
    bound: frozenset[str]
    loose: frozenset[str]
    leads: frozenset[str]
    dangling: frozenset[str]
    denying: frozenset[str]
    denied: frozenset[str]
    proving: frozenset[str]
    negating: frozenset[str]
    supposing: frozenset[str]
    behind: frozenset[str]
    aims: frozenset[str]
    moved: frozenset[str]
    laws: frozenset[str]
    belonging: frozenset[str]
    brackets: frozenset[str]
    determiners: frozenset[str]
    infinitive: frozenset[str]
    subjects: frozenset[str]
    verb_second: bool
    verb_first: bool
    comma: str

    def has_verb(self, written: str, low: Sequence[str]) -> bool:
        return bool(self.verbs.tense(written)) or any(map(self.verbs.is_finite, low))

    def says(self, low: Sequence[str]) -> bool:
        """Whether one word, or two in a row, are a verb of saying."""
        pairs = (f"{first} {second}" for first, second in pairwise(low))
        return not self.speech.isdisjoint(low) or any(pair in self.speech for pair in pairs)

    def begins(self, low: Sequence[str], words: frozenset[str]) -> bool:
        return low[0] in words or " ".join(low[:2]) in words


@dataclass(frozen=True, slots=True)
class SentencePiece:
    """A piece of a sentence, the sign before it, its words in small letters, whether it has a verb, its kind (`_kind`), first
    letter and last word.
    """

    start: int
    end: int
    sign: str
    low: tuple[str, ...]
    verb: bool
    kind: str
    first: str
    last: str

    def holds(self, at: Span | None) -> bool:
        return at is not None and self.start <= at[0] < self.end


@dataclass(frozen=True, slots=True)
class ChosenClause:
    """The pieces of a sentence, those of the clause that a heading is made of, and all dates of the sentence."""

    text: str
    pieces: tuple[SentencePiece, ...]
    chosen: tuple[SentencePiece, ...]
    dates: tuple[Span, ...]
    words: PlainWords


@cache
@from_files
def plain_words(lang: str) -> PlainWords | None:
    """The word lists of a language; None if it has no clauses.yml or no verbs."""
    own = language(lang)
    data = own.facts("clauses") if own else {}
    known = verbs(own.package) if own else None
    if not data or known is None:
        return None
    data = {"moved": own.facts("dates").get("moved", ()) if own else (), **data}
    lists = (one.name for one in fields(PlainWords) if one.type == "frozenset[str]")
    return PlainWords(
        known,
        **{name: frozenset(data.get(name, ())) for name in lists},
        asides=tuple(data["asides"]),
        verb_second=bool(data.get("verb_second")),
        verb_first=bool(data.get("verb_first")),
        comma=data.get("comma", ", "),
    )


def holding(pieces: Sequence[SentencePiece], at: Span | None) -> int:
    """The index of the piece with the date; -1 if none has it."""
    return next((index for index, one in enumerate(pieces) if one.holds(at)), -1)


def sentence_pieces(
    text: str, span: Span, words: PlainWords, dates: Sequence[Span]
) -> Iterator[SentencePiece]:
    start, sign, bracketed = span[0], "", False
    for found in _BREAK.finditer(text, *span):
        closes = found.group().startswith(")")
        if (closes and not bracketed) or any(first <= found.start() < last for first, last in dates):
            continue
        if found.start() > start:
            yield _piece(text, (start, found.start()), sign, words, dates, bracketed=bracketed)
        bracketed = found.group() == " (" or (bracketed and ")" not in found.group())
        start, sign = found.end(), found.group()
    if start < span[1]:
        yield _piece(text, (start, span[1]), sign, words, dates, bracketed=bracketed)


def _piece(  # noqa: PLR0913 -- what a piece is cut from
    text: str, span: Span, sign: str, words: PlainWords, dates: Sequence[Span], *, bracketed: bool
) -> SentencePiece:
    written = text[slice(*span)]
    low = tuple(lowered(written))
    dated = any((first, last) == span for first, last in dates)  # "Há dois anos" says nothing of its own
    kind = "bracket" if bracketed or not low else _kind(low, written, sign, words)
    return SentencePiece(
        *span,
        sign,
        low,
        not dated and words.has_verb(written, low),
        kind,
        written[:1],
        written.rpartition(" ")[2].rstrip(".!…"),
    )


def lowered(written: str) -> Iterator[str]:
    """The words in lower case; elided ones ("qu’", "l’") count as words."""
    for found in _WORD.findall(without_tashkeel(written)):
        *heads, last = found.lower().replace("'", "’").split("’")
        yield from (f"{head}’" for head in heads)
        yield last


def _kind(low: Sequence[str], written: str, sign: str, words: PlainWords) -> str:
    """What a piece is: "source", "content", "relative", "link", "clause" (after a colon), "speech", "predicate" (begins with
    its verb), "aside" (begins with a participle), "infinitive" (ends with one: "das Geld gestohlen zu haben"), or "" (any other).
    """
    capital = written[:1].isupper()
    named = capital and (bool(sign) or written.partition(" ")[2][:1].isupper())
    opens = capital and not words.articles  # where nouns have no article, an adjective may begin the sentence
    participle = not opens and len(low[0]) > LEAD_WORDS and low[0].endswith(words.asides or ("\0",))
    kinds = {
        "source": words.begins(low, words.sources) and not _opens_clause(low, sign, words),
        "content": words.begins(low, words.content),
        "infinitive": _is_infinitive(low, words),
        "relative": words.begins(low, words.relatives)
        and (sign not in {"", ") "} or low[0] not in words.articles),
        "link": low[0] in words.links,
        "clause": sign == ": " and len(low) > CLAUSE_WORDS and words.has_verb(written, low),
        "speech": words.begins(low, words.speech),
        "predicate": not capital and not words.verb_first and _opens_with_verb(low, words),
        "aside": participle and not named,
    }
    return next((kind for kind, fits in kinds.items() if fits), "")


def _opens_with_verb(low: Sequence[str], words: PlainWords) -> bool:
    """As in "a quitté", "n’a pas quitté"."""
    negated = low[0] in words.negating and len(low) > 1
    return words.verbs.is_finite(low[1] if negated else low[0])


def _opens_clause(low: Sequence[str], sign: str, words: PlainWords) -> bool:
    """Whether a source stands in front of its clause: "Laut Polizei ist die Brücke eingestürzt", "Według policji most zawalił się"."""
    alone = low[0] in words.sources and words.content.isdisjoint(low) and words.relatives.isdisjoint(low)
    opens = (words.verb_second or alone) and not sign and low[0] not in words.relatives
    return opens and any(map(words.verbs.is_finite, low))


def _is_infinitive(low: Sequence[str], words: PlainWords) -> bool:
    """As in "das Geld gestohlen zu haben", but not "um zu"."""
    begins = low[0] in words.determiners or low[0] not in words.relatives
    return (
        begins
        and not words.infinitive.isdisjoint(low[-2:-1])
        and not any(map(words.verbs.is_finite, low[:-2]))
    )


def without_loose(before: str, words: PlainWords) -> str:
    """The text before a date, without the words that belong to the date: "on", "last"."""
    while (lead := _LEAD_WORD.search(before)) and lead.group().strip().lower() in words.loose:
        before = before[: lead.start()]
    return before


def word_before(written: str) -> str:
    """The last word in lower case; empty if a sign follows it."""
    found = _LEAD_WORD.search(written)
    return found.group().strip().lower().replace("'", "’") if found else ""
