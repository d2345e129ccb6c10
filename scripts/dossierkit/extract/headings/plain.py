"""Headings in languages other than English that have a `clauses.yml`: the clause of the date, without asides and without the
date.

`plain_pieces` cuts the sentence; here the pieces of one clause are chosen and put together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dossierkit.extract.headings.plain_doubted import is_doubted
from dossierkit.extract.headings.plain_pieces import (
    CLAUSE_WORDS,
    LEAD_WORDS,
    ChosenClause,
    PlainWords,
    SentencePiece,
    holding,
    lowered,
    sentence_pieces,
    without_loose,
    word_before,
)
from dossierkit.extract.headings.plain_speakers import speaker
from dossierkit.extract.headings.plain_whose_date import is_date_of
from dossierkit.extract.headings.signs import Span

_LONGEST, _LEAST = 240, 18  # code points
_LONGEST_SENTENCE = 1200  # code points; longer sentences are not analysed by clause
_NEAR = 5  # words
_QUOTES = (("„", "“"), ("“", "”"), ("«", "»"))
_OPENING, _CLOSING = re.compile(r"[“«„\"‘]"), re.compile(r"[”»]")
_EDGES = " \t\n,،;؛:–—-"
_JOINED = {" ", "-", "–"}
_DASHES = {" – ", " — ", " - "}
_ELIDED = re.compile(r"\b(qu)(['’]), (?=([aeiouyéèêâîôh])?)", re.IGNORECASE)
_AFTER = {", ", "; ", ": ", "، ", "؛ "}


def plain_heading(
    text: str, span: Span, at: Span | None, words: PlainWords, dates: Sequence[Span]
) -> tuple[str, bool]:
    """(heading, whether it stands by itself) for text[span] and the date `at`; `dates`: all time expressions of the sentence."""
    if span[1] - span[0] > _LONGEST_SENTENCE:
        return "", False
    pieces = tuple(sentence_pieces(text, span, words, dates))
    chosen = _chosen(pieces, at, words)
    if not chosen:
        return "", False
    others = [date_ for date_ in dates if date_ != at and any(piece.holds(date_) for piece in chosen)]
    listed = any(_is_listed(text, other, words) for other in others)
    whole = _line(text, chosen, None if listed or at is None else _with_beside(text, at, dates), words)
    line = words.verbs.without_and(_cut(whole, words))
    clause = ChosenClause(text, pieces, chosen, tuple(dates), words)
    own = (at is None or is_date_of(clause, at)) and not (words.verb_second and line != whole)
    own = (
        own
        and not (at is not None and is_doubted(text, pieces, at, words))
        and not _goes_on_saying(line, words)
    )
    says = speaker(clause)
    own = own and says is not None and not _is_spoken(text, span) and _stands(line, chosen, words)
    return f"{line}{words.comma}{says}" if says else line, own


def dates_main_clause(text: str, span: Span, at: Span, words: PlainWords, dates: Sequence[Span]) -> bool:
    """Whether the date `at` is that of the first main clause of text[span], not of a noun, an aside or what somebody says."""
    pieces = tuple(sentence_pieces(text, span, words, dates))
    chosen = _chosen(pieces, at, words)
    one = next((piece for piece in chosen if piece.holds(at)), None)
    if not chosen or one is None:
        first = pieces[0]  # "During the year 2019, | 300 children left"
        return first.holds(at) and not first.verb and first.low[0] not in words.of
    before = list(lowered(text[chosen[0].start : at[0]]))
    told = one.kind in _ASIDE or not words.content.isdisjoint(before)
    return not told and is_date_of(ChosenClause(text, pieces, chosen, tuple(dates), words), at)


def _with_beside(text: str, at: Span, dates: Sequence[Span]) -> Span:
    """The date with those beside it: "yesterday Monday 10 August", "in March-April"."""
    first, last = at
    for start, end in dates:
        first = start if text[end:first] in _JOINED else first
        last = end if text[last:start] in _JOINED else last
    return first, last


def _goes_on_saying(line: str, words: PlainWords) -> bool:
    """As in "but that the permit was refused in 2014": more of what somebody says, who is left out."""
    low = list(lowered(line))[:2]
    return len(low) > 1 and low[0] in words.links and low[1] in words.content


def _is_listed(text: str, date: Span, words: PlainWords) -> bool:
    """As in "Thursday and Friday": what is said of one would be said of the other where that is left out."""
    after = text[date[1] : date[1] + 2 * _LEAST].split()
    return word_before(without_loose(text[: date[0]], words)) in words.links or bool(
        after and after[0] in words.links
    )


def _is_spoken(text: str, span: Span) -> bool:
    """Whether a quotation opens the sentence or goes on from the one before."""
    opening, closing = _OPENING.search(text, *span), _CLOSING.search(text, *span)
    if opening and opening.start() - span[0] < 2:
        return True
    return closing is not None and (opening is None or closing.start() < opening.start())


_ASIDE = frozenset({"relative", "aside", "bracket", "source", "content", "infinitive"})


def _chosen(pieces: Sequence[SentencePiece], at: Span | None, words: PlainWords) -> tuple[SentencePiece, ...]:
    """The pieces of the date's clause: subject, predicate, reported content, and the piece with the date."""
    dated = holding(pieces, at)
    first = _first(pieces, dated, words)
    taken: list[SentencePiece] = []
    for index in range(first, len(pieces)):
        one = pieces[index]
        if taken and one.kind == "bracket":
            continue
        if _goes_on(pieces[:index], one, taken) or _completes(pieces[:index], one, taken, words):
            taken.append(one)
            continue
        if taken and _is_told(taken, words) and not _is_open(taken, pieces[index:], words):
            near = one.kind == "" and not one.verb and taken[-1] is pieces[index - 1]
            if not (near and (index == dated or (index - 1 == dated and len(taken[-1].low) <= LEAD_WORDS))):
                break
        if one.kind == "speech" and any(piece.verb for piece in taken):
            break
        told = _says_what(taken, words) or (words.verb_first and one.kind == "content")
        content = any(later.kind == "content" for later in pieces[index:])
        if taken and one.kind in _ASIDE and not (told and (one.kind == "content" or not content)):
            continue
        taken.append(one)
    if (
        len(taken) > 1
        and not taken[0].verb
        and taken[1].kind == ""
        and taken[0].holds(at)
        and len(taken[0].low) <= LEAD_WORDS
    ):
        taken = taken[1:]  # "Jeudi, ..."
    return tuple(taken)


def _goes_on(before: Sequence[SentencePiece], one: SentencePiece, taken: Sequence[SentencePiece]) -> bool:
    """As in "arrested on Monday (3 May) | three men": behind a bracket a clause goes on."""
    bracket = one.sign == ") " and one.kind == "" and len(before) > 1 and before[-1].kind == "bracket"
    return bracket and bool(taken) and taken[-1] is before[-2]


def _completes(
    before: Sequence[SentencePiece], one: SentencePiece, taken: Sequence[SentencePiece], words: PlainWords
) -> bool:
    """As in "warf ihm vor, | das Geld gestohlen zu haben", "hat eingeräumt, | dass Geld fehlt"."""
    if not taken or taken[-1] is not before[-1]:
        return False
    reported = one.kind == "content" and words.verb_second
    verbal = words.verbs.closes(taken[-1].last) or words.verbs.is_finite(taken[-1].low[-1])
    return one.kind == "infinitive" or (reported and (verbal or one.low[0] not in words.articles))


def _is_open(taken: Sequence[SentencePiece], rest: Sequence[SentencePiece], words: PlainWords) -> bool:
    """Whether the second part of a German or Dutch verb is still to come: "Hale werden der Rat (R), | die Bank (B) | vorgeladen"."""
    low = [word for one in taken for word in one.low]
    if words.brackets.isdisjoint(low) or words.verbs.closes(taken[-1].last):
        return False
    for one in rest:
        if any(map(words.verbs.is_finite, one.low)):
            return False
        if words.verbs.closes(one.last):
            return True
    return False


def _first(pieces: Sequence[SentencePiece], dated: int, words: PlainWords) -> int:
    """The index of the clause's first piece: of the last main clause up to the date, else of the first after introductory pieces."""
    start = 0
    start += _is_dateline(pieces, words)
    while start + 1 < len(pieces) and (
        _leads_on(pieces[start], words, behind=start > 0) or _is_circumstance(pieces[start:], words)
    ):
        start += 1
    for index in range(dated, start, -1):
        one = pieces[index]
        before = any(piece.verb for piece in pieces[start:index])
        starts = one.kind in {"link", "clause"} or (one.kind == "" and one.low[0] in words.articles)
        if starts and (before or one.kind == "clause") and one.verb and len(one.low) > CLAUSE_WORDS:
            return index
    return start


def _is_dateline(pieces: Sequence[SentencePiece], words: PlainWords) -> bool:
    """As in "Port-au-Prince – An earthquake ...": a place before a dash, and a capital after it; not "Between Tarn - Lenn"."""
    if len(pieces) < 2:
        return False
    place, told = pieces[:2]
    names = place.first.isupper() and told.first.isupper() and told.sign in _DASHES
    return names and not place.verb and len(place.low) < LEAD_WORDS and place.low[0] not in words.dangling


def _leads_on(one: SentencePiece, words: PlainWords, *, behind: bool) -> bool:
    """Whether a piece at the beginning is not part of the main clause; `behind`: it follows another such piece."""
    if one.kind in {"source", "aside"}:
        return True
    subject = one.low[:1] and (one.low[0] in words.articles or any(map(str.isupper, one.first)))
    return behind and not subject and (one.kind == "relative" or not one.verb)


def _is_circumstance(pieces: Sequence[SentencePiece], words: PlainWords) -> bool:
    """As in "After the flood that struck the town, announced the council ...", where the verb opens the main clause."""
    opens = words.verb_first and pieces[0].low[:1] and pieces[0].low[0] in words.of
    return bool(opens) and any(one.low[:1] and words.verbs.is_finite(one.low[0]) for one in pieces[1:])


def _is_told(taken: Sequence[SentencePiece], words: PlainWords) -> bool:
    """Whether the clause is complete: it has its verb, reported content has one too, and a German or Dutch participle came."""
    if words.verb_first or not any(one.verb for one in taken) or _says_what(taken, words):
        return False
    awaits = words.verb_second and any(not words.verbs.after.isdisjoint(one.low) for one in taken)
    return not awaits or words.verbs.is_participle(taken[-1].last)


def _says_what(taken: Sequence[SentencePiece], words: PlainWords) -> bool:
    """Whether reported content is still to follow: "sagte am Montag", "aseguró que el exgobernador"."""
    low = [word for one in taken for word in one.low]
    at = next((index for index in range(len(low)) if words.says(low[index : index + 2])), None)
    if at is None:
        return False
    if words.content.isdisjoint(low[at:]):
        return len(low) - at <= _NEAR
    content = next(index for index in range(at, len(low)) if low[index] in words.content)
    after = low[content + 1 :]
    return not any(map(words.verbs.is_finite, after))


def _line(text: str, pieces: Sequence[SentencePiece], date: Span | None, words: PlainWords) -> str:
    line = ""
    for number, one in enumerate(pieces):
        if written := _without_date(text, one, date, words).strip():
            line += f"{_joint(text, pieces[:number], one, date, words)}{written}" if line else written
    for opening, closing in _QUOTES:
        if line.count(opening) != line.count(closing):
            line = line.replace(opening, "").replace(closing, "")
    line = line.replace('"', "") if line.count('"') % 2 else line
    line = _ELIDED.sub(_joined, " ".join(line.split())).strip(_EDGES).rstrip(".!?…؟").strip(_EDGES)
    first, _, rest = line.partition(" ")
    return (
        rest
        if first.lower().strip(",") in words.leads and len(rest) > _LEAST and not words.verb_second
        else line
    )


def _joined(elided: re.Match[str]) -> str:
    """What stands before the word behind a date that was left out: "qu’ | en juin, | elle", "que le conseil"."""
    return f"{elided[1]}{elided[2]}" if elided[3] else f"{elided[1]}e "


def _joint(
    text: str, before: Sequence[SentencePiece], one: SentencePiece, date: Span | None, words: PlainWords
) -> str:
    """What stands between a piece and those before it: the sign of the text, or a comma or a space where something is left out."""
    dropped = not _without_date(text, before[-1], date, words).strip()
    if dropped and len(before) == 2:
        return " "  # "The mayor | , on Monday, | resigned"
    if ")" in one.sign:
        return words.comma if one.sign.strip(") ") else " "
    next_to = before[-1].end + len(one.sign) == one.start
    if next_to and one.sign in _AFTER:
        return one.sign
    return words.comma if next_to or (len(before) > 1 and one.kind in {"predicate", "speech"}) else " "


def _without_date(text: str, one: SentencePiece, date: Span | None, words: PlainWords) -> str:
    """The piece without the date, unless the date belongs to a noun ("the talks of Monday") or the verb follows it ("Im Mai
    starb er").
    """
    written = text[one.start : one.end]
    if date is None or not one.holds(date):
        return written
    before, after = text[one.start : date[0]], text[date[1] : one.end]
    before = without_loose(before, words)
    if words.verb_first and (before.strip() or after.strip(_EDGES)):
        return written  # there a date may belong to any noun before it, and nothing tells
    holder = word_before(before)
    following = next(lowered(after), "")
    opens = not before.strip() and one.sign not in {", ", ") "}
    first = (
        words.verb_second
        and words.verbs.is_finite(following)
        and not any(map(words.verbs.is_finite, lowered(before)))
    )
    leans = first or (opens and (words.verb_second or words.verbs.is_finite(following)))
    ends_range = before[-2:-1].isdigit()  # "from 3 to | 7 May"
    # "arrested him, and | on 6 May | released him"
    joins = before.strip().lower() in words.links - words.bound
    held = ends_range or holder in words.bound or (holder in words.dangling and not joins)
    return written if held or leans else f"{before.rstrip(' ')} {after.lstrip(' ')}"


def _cut(line: str, words: PlainWords) -> str:
    """The line, cut at its last sign if it is long, without words at its end that ask for more."""
    loose, cut = words.links, len(line) > _LONGEST
    if cut:
        signs = [line.rfind(sign, _LEAST, _LONGEST) for sign in _AFTER]
        at = max(signs) if max(signs) > 0 else line.rfind(" ", 0, _LONGEST)
        line, loose = line[:at].strip(_EDGES), words.dangling
    while " " in line and _asks_more(line.rpartition(" ")[2].lower(), loose, words, cut=cut):
        line = line.rpartition(" ")[0].strip(_EDGES)
    return line


def _asks_more(last: str, loose: frozenset[str], words: PlainWords, *, cut: bool) -> bool:
    """Whether no heading ends in a word; where it was cut, also a verb: "the council announced |"."""
    elided = re.split("['’]", last)[-1]  # "à bord d’une |"
    return last in loose or elided in loose or (cut and words.verbs.is_finite(last))


def _stands(line: str, chosen: Sequence[SentencePiece], words: PlainWords) -> bool:
    """Whether a heading makes sense by itself: it has a verb, and a subject that is not a pronoun."""
    low = list(lowered(line))
    low = low[1:] if low[:1] and low[0] in words.links and not line[:1].isupper() else low
    if len(line) < _LEAST or len(low) < 3 or "?" in line or not line[:1].isalnum():
        return False
    if (
        not words.has_verb(line, low)
        or chosen[0].kind in {*_ASIDE, "predicate", "speech"}
        or low[-1] in words.speech
    ):
        return False
    points = low[0] in words.articles and words.verbs.is_finite(low[1])  # "Das teilte er mit"
    if points or _is_inverted(low, words):
        return False
    nameless = words.pronouns - words.articles  # "Het Openbaar Ministerie"
    if told := next(
        (low[index + 1 :] for index in range(len(low) - 1, 0, -1) if low[index] in words.content), None
    ):
        has_verb = words.verb_second or words.has_verb(" ".join(told), told)  # there it is the last word
        return has_verb and nameless.isdisjoint(low[:2])
    if not words.verb_first and (words.verbs.is_past(low[0]) or low[0] in words.verbs.after):
        return False
    return low[0] not in words.speech and nameless.isdisjoint(low[:2])


def _is_inverted(low: Sequence[str], words: PlainWords) -> bool:
    """Whether a pronoun behind the verb is the subject: "Im Mai trat | er | zurück"."""
    verb = next((at for at, word in enumerate(low) if words.verbs.is_finite(word)), len(low))
    return not words.subjects.isdisjoint(low[verb + 1 : verb + 2])
