"""Headings in languages other than English that have a `clauses.yml`: the clause of the date, without asides and without the
date.

A sentence is cut at commas, semicolons, colons, dashes and brackets; each piece is told by its first words and by whether it
has a verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from dossierkit.extract.headings.signs import Span
from dossierkit.extract.languages import language
from dossierkit.extract.languages.verbs import Verbs, verbs

_LONG, _LONGEST, _LEAST = 110, 180, 18  # code points
_LONGEST_SENTENCE = 1200  # code points; longer sentences are not analysed by clause
_LEAD_WORDS, _CLAUSE_WORDS, _REACH, _NEAR = 4, 4, 4, 3
_BREAK = re.compile(r"[,،] |[;؛] |: | [–—-] | \(|\)(?:[,،] )? ?")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d[\d.,]*")
_LEAD_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?: |[’'])$")
_QUOTES = (("„", "“"), ("“", "”"), ("«", "»"))
_OPENING, _CLOSING = re.compile(r"[“«„\"‘]"), re.compile(r"[”»]")
_EDGES = " \t\n,،;؛:–—-"
_DASHES = {" – ", " — ", " - "}
_AFTER = {", ", "; ", ": ", "، ", "؛ "}


@dataclass(frozen=True, slots=True)
class PlainWords:
    """The lists of a language's clauses.yml and its verbs; what each list means is said in fr/clauses.yml."""

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
    verb_second: bool
    verb_first: bool
    comma: str

    def has_verb(self, written: str, low: Sequence[str]) -> bool:
        return bool(self.verbs.tense(written)) or any(map(self.verbs.is_finite, low))

    def says(self, low: Sequence[str]) -> bool:
        """Whether one of the words, or two of them, are a verb of saying."""
        pairs = (f"{first} {second}" for first, second in pairwise(low))
        return not self.speech.isdisjoint(low) or any(pair in self.speech for pair in pairs)

    def begins(self, low: Sequence[str], words: frozenset[str]) -> bool:
        return low[0] in words or " ".join(low[:2]) in words


_LISTS = (
    "articles",
    "relatives",
    "content",
    "speech",
    "sources",
    "links",
    "pronouns",
    "of",
    "bound",
    "loose",
    "leads",
    "dangling",
)


@dataclass(frozen=True, slots=True)
class _Piece:
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


@cache
def plain_words(lang: str) -> PlainWords | None:
    """The lists of a language; None where it has none."""
    own = language(lang)
    data = own.facts("clauses") if own else {}
    known = verbs(own.package) if own else None
    if not data or known is None:
        return None
    sets = {name: frozenset(data.get(name, ())) for name in _LISTS}
    return PlainWords(
        known,
        **sets,
        asides=tuple(data["asides"]),
        verb_second=bool(data.get("verb_second")),
        verb_first=bool(data.get("verb_first")),
        comma=data.get("comma", ", "),
    )


def plain_heading(
    text: str, span: Span, at: Span | None, words: PlainWords, dates: Sequence[Span] = ()
) -> tuple[str, bool]:
    """(heading, whether it stands by itself) for text[span] and the date `at`; `dates`: all time expressions of the sentence."""
    if span[1] - span[0] > _LONGEST_SENTENCE:
        return "", False
    pieces = tuple(_pieces(text, span, words, dates))
    chosen = _chosen(pieces, at, words)
    if not chosen:
        return "", False
    others = [one for one in dates if one != at and any(piece.holds(one) for piece in chosen)]
    listed = any(_is_listed(text, one, words) for one in others)
    whole = _line(text, chosen, None if listed or at is None else _with_beside(text, at, dates), words)
    line = _cut(whole, words)
    own = _is_own(text, pieces, chosen, at, words) and not (words.verb_second and line != whole)
    return line, own and not _is_spoken(text, span) and _stands(line, chosen, words)


def _with_beside(text: str, at: Span, dates: Sequence[Span]) -> Span:
    """The date with those beside it: "yesterday Monday 10 August"."""
    first, last = at
    for start, end in dates:
        first = start if text[end:first] == " " else first
        last = end if text[last:start] == " " else last
    return first, last


def _is_listed(text: str, date: Span, words: PlainWords) -> bool:
    """As in "Thursday and Friday": what is said of one would be said of the other where that is left out."""
    after = text[date[1] : date[1] + 2 * _LEAST].split()
    return _before(_past_loose(text[: date[0]], words)) in words.links or bool(
        after and after[0] in words.links
    )


def _past_loose(before: str, words: PlainWords) -> str:
    """What stands before a date, without the words that go with it: "on", "last"."""
    while (lead := _LEAD_WORD.search(before)) and lead.group().strip().lower() in words.loose:
        before = before[: lead.start()]
    return before


def _is_spoken(text: str, span: Span) -> bool:
    """Whether a quotation opens the sentence or goes on from the one before."""
    opening, closing = _OPENING.search(text, *span), _CLOSING.search(text, *span)
    if opening and opening.start() - span[0] < 2:
        return True
    return closing is not None and (opening is None or closing.start() < opening.start())


def _pieces(text: str, span: Span, words: PlainWords, dates: Sequence[Span]) -> Iterator[_Piece]:
    start, sign, bracketed = span[0], "", False
    for found in _BREAK.finditer(text, *span):
        if any(first <= found.start() < last for first, last in dates):
            continue
        if found.start() > start:
            yield _piece(text, (start, found.start()), sign, words, bracketed=bracketed)
        bracketed = found.group() == " (" or (bracketed and ")" not in found.group())
        start, sign = found.end(), found.group()
    if start < span[1]:
        yield _piece(text, (start, span[1]), sign, words, bracketed=bracketed)


def _piece(text: str, span: Span, sign: str, words: PlainWords, *, bracketed: bool) -> _Piece:
    written = text[slice(*span)]
    low = tuple(_low(written))
    kind = "bracket" if bracketed or not low else _kind(low, written, sign, words)
    return _Piece(
        *span,
        sign,
        low,
        words.has_verb(written, low),
        kind,
        written[:1],
        written.rpartition(" ")[2].rstrip(".!…"),
    )


def _low(written: str) -> Iterator[str]:
    """The words in small letters, elided ones ("qu’", "l’") by themselves."""
    for found in _WORD.findall(written):
        *heads, last = found.lower().replace("'", "’").split("’")
        yield from (f"{head}’" for head in heads)
        yield last


def _kind(low: Sequence[str], written: str, sign: str, words: PlainWords) -> str:
    """What a piece is: "source", "content", "relative", "link", "clause" (after a colon), "speech", "predicate" (begins with
    its verb), "aside" (begins with a participle), or "" (any other).
    """
    capital = written[:1].isupper()
    named = capital and (bool(sign) or written.partition(" ")[2][:1].isupper())
    opens = capital and not words.articles  # where nouns have no article, an adjective may begin the sentence
    participle = not opens and len(low[0]) > _LEAD_WORDS and low[0].endswith(words.asides or ("\0",))
    kinds = {
        "source": words.begins(low, words.sources),
        "content": words.begins(low, words.content),
        "relative": words.begins(low, words.relatives)
        and (sign not in {"", ") "} or low[0] not in words.articles),
        "link": low[0] in words.links,
        "clause": sign == ": " and len(low) > _CLAUSE_WORDS and words.has_verb(written, low),
        "speech": words.begins(low, words.speech),
        "predicate": not capital and not words.verb_first and words.verbs.is_finite(low[0]),
        "aside": participle and not named,
    }
    return next((kind for kind, fits in kinds.items() if fits), "")


_ASIDE = frozenset({"relative", "aside", "bracket", "source", "content"})


def _chosen(pieces: Sequence[_Piece], at: Span | None, words: PlainWords) -> tuple[_Piece, ...]:
    """The pieces of the clause that the date belongs to: subject, predicate, what it says, and the piece with the date."""
    dated = next((index for index, one in enumerate(pieces) if one.holds(at)), -1)
    first = _first(pieces, dated, words)
    taken: list[_Piece] = []
    for index in range(first, len(pieces)):
        one = pieces[index]
        if taken and _is_told(taken, words):
            near = index == dated and one.kind == "" and not one.verb and taken[-1] is pieces[index - 1]
            if not near:
                break
        if one.kind == "speech" and any(piece.verb for piece in taken):
            break
        told = one.kind != "bracket" and _says_what(taken, words)
        told = told or (words.verb_first and one.kind == "content")
        if taken and one.kind in _ASIDE and not told:
            continue
        taken.append(one)
    if (
        len(taken) > 1
        and not taken[0].verb
        and taken[1].kind == ""
        and taken[0].holds(at)
        and len(taken[0].low) <= _LEAD_WORDS
    ):
        taken = taken[1:]  # "Jeudi, ..."
    return tuple(taken)


def _first(pieces: Sequence[_Piece], dated: int, words: PlainWords) -> int:
    """Where the clause begins: at the last clause of its own up to the date, else past what leads on to the sentence's first."""
    start = 0
    start += _is_dateline(pieces)
    while start + 1 < len(pieces) and _leads_on(pieces[start], words, behind=start > 0):
        start += 1
    for index in range(dated, start, -1):
        one = pieces[index]
        before = any(piece.verb for piece in pieces[start:index])
        starts = one.kind in {"link", "clause"} or (one.kind == "" and one.low[0] in words.articles)
        if starts and (before or one.kind == "clause") and one.verb and len(one.low) > _CLAUSE_WORDS:
            return index
    return start


def _is_dateline(pieces: Sequence[_Piece]) -> bool:
    """As in "Port-au-Prince – An earthquake ...": a place before a dash, and a capital after it."""
    if len(pieces) < 2:
        return False
    place, told = pieces[:2]
    names = place.first.isupper() and told.first.isupper() and told.sign in _DASHES
    return names and not place.verb and len(place.low) < _LEAD_WORDS


def _leads_on(one: _Piece, words: PlainWords, *, behind: bool) -> bool:
    """Whether a piece at the beginning is none of the main clause; `behind`: another such stands before it."""
    if one.kind in {"source", "aside"}:
        return True
    subject = one.low[:1] and (one.low[0] in words.articles or any(map(str.isupper, one.first)))
    return behind and not subject and (one.kind == "relative" or not one.verb)


def _is_told(taken: Sequence[_Piece], words: PlainWords) -> bool:
    """Whether the clause has its verb, and what somebody said has one too, and the participle of a German or Dutch one has
    come.
    """
    if words.verb_first or not any(one.verb for one in taken) or _says_what(taken, words):
        return False
    awaits = words.verb_second and any(not words.verbs.after.isdisjoint(one.low) for one in taken)
    return not awaits or words.verbs.is_participle(taken[-1].last)


def _says_what(taken: Sequence[_Piece], words: PlainWords) -> bool:
    """Whether what follows is still what was said: "sagte am Montag", "aseguró que el exgobernador"."""
    low = [word for one in taken for word in one.low]
    at = next((index for index in range(len(low)) if words.says(low[index : index + 2])), None)
    if at is None:
        return False
    if words.content.isdisjoint(low[at:]):
        return len(low) - at <= _NEAR + 1
    content = next(index for index in range(at, len(low)) if low[index] in words.content)
    after = low[content + 1 :]
    return not any(map(words.verbs.is_finite, after))


def _line(text: str, pieces: Sequence[_Piece], date: Span | None, words: PlainWords) -> str:
    line = ""
    for number, one in enumerate(pieces):
        written = _without_date(text, one, date, words).strip()
        if not written:
            continue
        if line:
            next_to = pieces[number - 1].end + len(one.sign) == one.start
            comma = next_to or (number > 1 and one.kind in {"predicate", "speech"})
            line += (
                (one.sign if next_to and one.sign in _AFTER else words.comma)
                if comma and ")" not in one.sign
                else " "
            )
        line += written
    for opening, closing in _QUOTES:
        if line.count(opening) != line.count(closing):
            line = line.replace(opening, "").replace(closing, "")
    line = line.replace('"', "") if line.count('"') % 2 else line
    line = " ".join(line.split()).strip(_EDGES).rstrip(".!?…؟").strip(_EDGES)
    first, _, rest = line.partition(" ")
    return (
        rest
        if first.lower().strip(",") in words.leads and len(rest) > _LEAST and not words.verb_second
        else line
    )


def _without_date(text: str, one: _Piece, date: Span | None, words: PlainWords) -> str:
    """The piece without a date that no word holds to a noun ("the talks of Monday") and no verb leans on ("Im Mai starb er")."""
    written = text[one.start : one.end]
    if date is None or not one.holds(date):
        return written
    before, after = text[one.start : date[0]], text[date[1] : one.end]
    before = _past_loose(before, words)
    if words.verb_first and (before.strip() or after.strip(_EDGES)):
        return written  # there a date may belong to any noun before it, and nothing tells
    holder = _before(before)
    following = next(_low(after), "")
    opens = not before.strip() and one.sign not in {", ", ") "}
    leans = opens and (words.verb_second or words.verbs.is_finite(following))
    held = holder in words.bound or holder in words.dangling
    return written if held or leans else f"{before.rstrip(' ')} {after.lstrip(' ')}"


def _before(written: str) -> str:
    """The last word, in small letters; empty where a sign stands behind it."""
    found = _LEAD_WORD.search(written)
    return found.group().strip().lower().replace("'", "’") if found else ""


def _cut(line: str, words: PlainWords) -> str:
    loose = words.links
    if len(line) > _LONGEST:
        line, loose = line[: line.rfind(" ", 0, _LONG)].strip(_EDGES), words.dangling
    while line.rpartition(" ")[2].lower() in loose and " " in line:
        line = line.rpartition(" ")[0].strip(_EDGES)
    return line


def _is_own(
    text: str, pieces: Sequence[_Piece], chosen: Sequence[_Piece], at: Span | None, words: PlainWords
) -> bool:
    """Whether the date is that of the clause: not of a noun, a relative or a participle in it, nor of a piece left out."""
    one = next((piece for piece in pieces if piece.holds(at)), None)
    if at is None or one is None:
        return True
    if one not in chosen:
        leading = one.kind == "" and not one.verb and one.end <= chosen[0].start
        return one.kind in {"speech", "source"} or (
            leading and all(piece.kind != "aside" for piece in pieces[:2])
        )
    before = _past_loose(text[one.start : at[0]], words)
    low = list(_low(before))
    verb = words.has_verb(before, low) or one is not chosen[0]
    if verb and _before(before) in words.of:
        return False
    if verb and _is_participle(low, words):
        return False
    return not _in_relative(low, words)


def _is_participle(low: Sequence[str], words: PlainWords) -> bool:
    """As in "the men | held | on 20 August", not "was held on"."""
    if len(low) < 2 or len(low[-1]) <= _LEAD_WORDS or not low[-1].endswith(words.asides):
        return False
    return not any(word in words.verbs.after or words.verbs.is_finite(word) for word in low[-4:-1])


def _in_relative(low: Sequence[str], words: PlainWords) -> bool:
    """Whether the last word that opens a relative clause follows a noun: no verb stands shortly before it."""
    at = next(
        (
            index
            for index in range(len(low) - 1, 0, -1)
            if low[index] in words.content or low[index] in words.relatives
        ),
        0,
    )
    if not at or low[at] in words.articles:
        return False
    if low[at] not in words.content:
        return words.has_verb(" ".join(low[at:]), low[at:])
    near = low[max(0, at - _REACH) : at]
    return not (words.has_verb(" ".join(near), near) or words.says(near))


def _stands(line: str, chosen: Sequence[_Piece], words: PlainWords) -> bool:
    """Whether a heading has a subject that says who, and a verb."""
    low = list(_low(line))
    if len(line) < _LEAST or len(low) < 3 or "?" in line or not line[:1].isalnum():
        return False
    if (
        not words.has_verb(line, low)
        or chosen[0].kind in {*_ASIDE, "predicate", "speech"}
        or low[-1] in words.speech
    ):
        return False
    if low[0] in words.articles and words.verbs.is_finite(low[1]):
        return False  # "Das teilte er mit"
    if told := next(
        (low[index + 1 :] for index in range(len(low) - 1, 0, -1) if low[index] in words.content), None
    ):
        return words.has_verb(" ".join(told), told) and words.pronouns.isdisjoint(low[:2])
    if not words.verb_first and (words.verbs.is_past(low[0]) or low[0] in words.verbs.after):
        return False
    return low[0] not in words.speech and words.pronouns.isdisjoint(low[:2])
