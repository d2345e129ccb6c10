"""Remove from a heading what surrounds the event: attribution, date, asides, continuations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dossierkit.extract.headings.clause_signs import Clause
from dossierkit.extract.headings.doubted import is_doubted
from dossierkit.extract.headings.signs import Span, between_adjectives, is_age, within
from dossierkit.extract.headings.words import Word, first_verb, listed, verb_at

_CLAUSE = 3  # words after "that"; fewer may be a date: "resigned that year"
_HEARER = 5  # words in "told the court in Tarn he"
_DOING = frozenset({"after", "before", "by", "for", "while", "without"})
_PIECE = 4  # words with their comma
_GOVERNING = frozenset({"reported", "reports", "noted", "wrote", "observed", "recalled"})
_HEARD = frozenset({"told", "tells"})
_OWNING = frozenset({"his", "her", "its", "their"})
_TODAY = frozenset({"today", "tomorrow", "tonight", "yesterday"})
_DATE_PREPOSITIONS = frozenset({"on", "in", "at", "during"})
_LEADS = frozenset({"however", "meanwhile", "moreover", "also", "then", "later", "but", "and", "yet", "instead", "finally", "so", "thus", "therefore", "earlier", "separately", "afterwards", "subsequently", "additionally", "nevertheless", "furthermore", "still", "indeed", "notably"})  # fmt: skip


def without_frame(clause: Clause, dates: Sequence[Span]) -> Clause:
    """Reported speech without its speaker, if it is in the past: "officials said on Monday that the bridge had collapsed".

    The speaker stays if the statement is about the future or has no subject, and if it is not so: "nobody believes that".
    """
    verb = clause.predicate[0].low if clause.predicate else ""
    governs = verb in _GOVERNING and not any(word.low == "that" for word in clause.predicate)
    if verb not in listed("said") or governs or is_doubted(clause.subject):
        return clause  # "reported the forced removal of miners"
    rest = clause.predicate[1:]
    at = next((k for k in range(first_verb(rest) or 0) if rest[k].low == "that" and not rest[k].aside), None)
    if at and verb not in _HEARD and _has_noun(rest[:at]):
        at = None  # "said the reports that the bodies had been found"
    said = rest[at + 1 :] if at is not None else _past_hearer(rest) if verb in _HEARD else rest
    inner = tuple(without_lead(said, dates))
    found = first_verb(inner)
    if found is None or found == 0 or inner[found].low in listed("to_come"):
        return clause
    if inner[0].low.endswith("ing") or any(word.aside == "q" for word in inner[found:]):
        return clause  # "reported seeing smoke"; what is quoted is the speaker's own word
    subject = inner[:found]
    if subject[0].low in listed("prepositions") and at is None:
        return clause
    if subject[0].low in _OWNING or (len(subject) == 1 and subject[0].low in listed("pronouns")):
        return clause  # "the army said its troops had fled"
    spans = (*(one for one in clause.dated if one[0] > subject[0].start), (subject[0].start, inner[-1].end))
    return replace(clause, subject=tuple(subject), predicate=tuple(inner[found:]), dated=spans)


def _has_noun(words: Sequence[Word]) -> bool:
    """Whether a noun phrase stands there that no preposition governs."""
    before = ("", *(word.low for word in words))
    return any(
        word.low in {"the", "these", "those"} and last not in listed("prepositions")
        for last, word in zip(before, words, strict=False)
    )


def _past_hearer(rest: Sequence[Word]) -> Sequence[Word]:
    """What was told, behind whom: "told Lenn Radio | the guards had fired", "told the court | he had left"."""
    heard = next(
        (k for k, word in enumerate(rest[1:_HEARER], 1) if word.low in listed("personal") | {"they", "it"}), 0
    )
    if heard and rest[0].low in listed("determiners"):
        return rest[heard:]
    if len(rest) > 3 and rest[0].low in listed("determiners") and _opens_noun(rest[2]):
        return rest[2:]  # "told the court | a guard had fired"
    first = 1 if rest and rest[0].low in listed("determiners") else 0
    named = first < len(rest) and rest[first].form[0].isupper()
    last = next((k for k in range(first, len(rest)) if not rest[k].form[0].isupper()), len(rest))
    return rest[last:] if named else rest


def _opens_noun(word: Word) -> bool:
    return word.low in {"a", "an", "the", "two", "three", "several"}


def reported(clause: Clause, inner: Clause) -> bool:
    """Whether a clause is the content of the one before ("said" ... "that ...")."""
    return (
        bool(clause.predicate) and clause.predicate[0].low in listed("said") and inner.kind == "subordinate"
    )


def bare(words: Sequence[Word]) -> list[Word]:
    """Without footnote marks and brackets; what a preposition governs is no aside: "bought all of (Lenn Mills Inc)"."""
    kept: list[Word] = []
    governed = False
    for word in words:
        opens = word.form == "(" and bool(kept) and kept[-1].low in listed("prepositions")
        governed = opens or (governed and word.aside == "b")
        if not word.note and (word.aside != "b" or (governed and word.form not in {"(", ")"})):
            kept.append(word)
    return kept


def without_lead(words: Sequence[Word], dates: Sequence[Span]) -> list[Word]:
    """Without "However" and the like, and without a date, at the beginning."""
    out = list(words)
    while out:
        if out[0].low in _LEADS or out[0].sign:
            out = out[1:]
            continue
        end = _date_in_front(out, dates) or _phrase_in_front(out, dates) or _place_in_front(out)
        if not end or end >= len(out):
            break
        out = out[end:]
    return out


def _date_in_front(words: Sequence[Word], dates: Sequence[Span]) -> int:
    if words[0].low in {"again", "early", "late"} and len(words) > 1 and words[1].low in _DATE_PREPOSITIONS:
        end = _date_in_front(words[1:], dates)
        return end and end + 1
    first = 1 if words[0].low in _DATE_PREPOSITIONS | {"by", "since", "late", "early", "effective"} else 0
    if words[0].low in _DATE_PREPOSITIONS and len(words) > 1 and words[1].low == "the":
        first = 2
    found = next((b for a, b in dates if len(words) > first and a <= words[first].start < b), None)
    if found is None:
        return 0
    end = sum(1 for word in words if word.start < found)
    after = words[end] if end < len(words) else None
    within = end > 0 and words[end - 1].end > found  # "Monday's letter"
    blocked = within or (
        after is not None and (after.form[0] in "'’-" or after.low == "of" or verb_at(words, end) == "finite")
    )
    return 0 if blocked else end


def _phrase_in_front(words: Sequence[Word], dates: Sequence[Span]) -> int:
    """As in "In the first round on 23 November Essebsi": index of the subject after a phrase that ends in a date, or 0."""
    if words[0].low not in {"in", "at", "during", "after", "before", "on", "under", "by"}:
        return 0
    verb = first_verb(words) or len(words)
    for a, b in dates:
        last = next((k for k in range(verb - 1, 0, -1) if a <= words[k].start and words[k].end <= b), None)
        if last is not None and last + 1 < verb and _opens_subject(words[last + 1 : verb]):
            return last + 1
    return 0


def _place_in_front(words: Sequence[Word]) -> int:
    """As in "In Tarn the council", "In Tarn soldiers": index of the subject after a preposition and a name, or 0."""
    if words[0].low not in {"in", "at", "near", "outside"}:
        return 0
    names = next((k for k, word in enumerate(words[1:], 1) if not word.form[0].isupper()), len(words))
    rest = words[names : first_verb(words) or len(words)]
    return names if names > 1 and rest and (rest[0].low in {"the", "a", "an"} or _opens_subject(rest)) else 0


def _opens_subject(words: Sequence[Word]) -> bool:
    """Whether the words are a name, or a noun phrase that no preposition parts: "unknown men"."""
    first, last = words[0], words[-1]
    several = last.low.endswith("s") or last.low in {"men", "women", "people", "police"}
    bare = several and not any(word.sign or word.low in listed("prepositions") for word in words)
    return first.form[0].isupper() or first.low in listed("determiners", "pronouns") or bare


def own_side(words: Sequence[Word], at: Span | None, dates: Sequence[Span]) -> list[Word]:
    """What is done by one of two, or in one of two places, each on its date: "adopted by the house in May | and by the Senate in June"."""
    for k in range(2, len(words) - 2):
        led = words[k + 1].low
        first = next((j for j in range(k) if words[j].low == led), 0)
        if at is None or words[k].low != "and" or led not in listed("prepositions") or not first:
            continue
        sides = words[first:k], words[k + 1 :]
        if all(any(within(word, dates) for word in side[2:]) for side in sides):
            return [*words[:first], *sides[at[0] >= words[k].start]]
    return list(words)


def without_date(words: Sequence[Word], at: Span | None) -> list[Word]:
    """Without the date if it forms a phrase ("on 3 May"); the entry shows it anyway."""
    if at is None:
        return list(words)
    inside = [k for k, word in enumerate(words) if at[0] <= word.start and word.end <= at[1]]
    if not inside:
        return list(words)
    first, last = inside[0], inside[-1] + 1
    before, after = words[first - 1] if first else None, words[last] if last < len(words) else None
    on_a_day = before is not None and before.low == "on" and after is not None and after.low == "of"
    free = on_a_day or _is_free(words, first, last)
    if after is not None and not (free or _ends_phrase(after) or _verb_follows(words, last)):
        return list(words)
    if before is not None and before.low in _DATE_PREPOSITIONS:
        first -= (
            2
            if first > 1 and (words[first - 2].low in {"early", "late"} or _looks_back(words, first - 2))
            else 1
        )
    elif before is not None and not _stands_bare(words, first, first - 1):
        return list(words)
    elif before is not None and before.low in {"early", "effective", "late"}:
        first -= 1
    if first and words[first - 1].low in listed("limits"):
        return list(words)
    rest = [*words[:first], *words[last:]]
    return rest if len(rest) > 1 else list(words)


def _looks_back(words: Sequence[Word], at: int) -> bool:
    """As in "developed four plans back in 2012", not "came back in 2012"."""
    return at > 0 and words[at].low == "back" and not verb_at(words, at - 1)


def without_length(words: Sequence[Word], dates: Sequence[Span]) -> list[Word]:
    """Without "a day later", "the week after" at the end."""
    if words[-1].low not in {"later", "earlier", "after", "before"}:
        return list(words)
    first = next((a for a, b in dates if a < words[-1].start < b), words[-1].end)
    return [word for word in words if word.start < first]


def _is_free(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a date stands between a verb and what goes on with that: "convened | last Friday | the council", "acquitted | in 2015 | of
    murder", "left Norland | that year | and settled".
    """
    led = first - (words[first - 1].low in _DATE_PREPOSITIONS)
    after = words[last].low if last < len(words) else ""
    verbal = led > 0 and verb_at(words, led - 1) != ""
    bare = led < first or words[first].low in listed("bare_dates")
    object_ = bare and (after in listed("determiners") or after in listed("pronouns"))
    alone = (
        last - first == 1
        and words[first].low in _TODAY
        and words[led - 1].low not in listed("prepositions", "determiners")
    )
    goes_on = alone or (after == "and" and last + 1 < len(words) and verb_at(words, last + 1) != "")
    return goes_on or (verbal and (object_ or after == "of"))


def _verb_follows(words: Sequence[Word], at: int) -> bool:
    while at < len(words) - 1 and words[at].low.endswith("ly"):
        at += 1
    return verb_at(words, at) == "finite"


def _ends_phrase(word: Word) -> bool:
    low = word.low
    opens = low in listed("prepositions", "subordinators") | (listed("conjunctions") - {"and", "or"})
    opens = opens or low == "to"
    return (word.sign and word.form not in "'’-%") or (opens and low != "of") or low in listed("adverbs")


def _stands_bare(words: Sequence[Word], first: int, before: int) -> bool:
    """As in "resigned yesterday", "were found guilty May 25", "left the same day": the date can go without splitting a noun phrase."""
    governing = words[before].low in listed("prepositions", "determiners", "conjunctions")
    day = words[first].form[0].isupper() and any(word.form.isdigit() for word in words[first + 1 : first + 3])
    back = [word.low for word in words[first : first + 2]]
    plain = words[first].low in listed("bare_dates") or (back[0] == "the" and back[-1] in listed("back"))
    plain = plain or any(word.low == "ago" for word in words[first + 1 : first + 5])
    plain = plain or (back[0] == "that" and back[-1] in listed("lengths", "times"))
    # "found dead two days later near"
    plain = plain or "later" in (word.low for word in words[first + 1 : first + 4])
    return (plain or day) and not governing


def shortened(words: Sequence[Word], most: int, names: Sequence[Span] = ()) -> list[Word]:
    """Cut before a phrase that can be omitted, to at most `most` code points; a verb with its complement, and names, stay
    whole.
    """
    out = list(words)
    while out and _length(out) > most:
        verb = first_verb(out)
        least = (verb if verb is not None else 0) + 3
        cuts = [
            at
            for at in range(least, len(out))
            if _may_cut(out, at) and not _inside(out[at], names) and not awaits(out[:at])
        ]
        fitting = [at for at in cuts if _length(out[:at]) <= most]
        if not cuts or (not fitting and cuts[-1] >= len(out)):
            break
        at = fitting[-1] if fitting else cuts[0]
        if at >= len(out):
            break
        out = out[: _before_deed(out, _before_piece(out, at), least)]
        if not fitting:
            break
    return out


def _before_piece(words: Sequence[Word], at: int) -> int:
    """Where a cut leaves no piece of a list: "six tanks | , a house" of "six tanks, a house in Lenn and a bridge"."""
    comma = max((k for k in range(at) if words[k].form == "," and _may_cut(words, k)), default=0)
    whole = any(word.low in {"and", "or"} for word in words[comma:at])
    listing = comma > (first_verb(words) or 0) + 2 and at - comma <= _PIECE and not whole
    return comma if listing and at < len(words) else at


def _before_deed(words: Sequence[Word], at: int, least: int) -> int:
    """Where a cut leaves no deed without what it did: "met the council | after placing blame" of "after placing blame for the attacks on"."""
    lows = [word.low for word in words[:at]]
    first = next(
        (
            k
            for k in range(at - 2, max(least, at - _PIECE) - 1, -1)
            if lows[k] in _DOING and lows[k + 1].endswith("ing")
        ),
        at,
    )
    return first if at < len(words) else at


def awaits(words: Sequence[Word]) -> bool:
    """Whether a clause after "that" has no verb yet."""
    opens = next(
        (
            k
            for k in range(len(words) - 1, 0, -1)
            if words[k].low == "that" and words[k - 1].low not in listed("prepositions")
        ),
        None,
    )
    if opens is None:
        return False
    rest = words[opens + 1 :]
    says = any(word.low in listed("said", "spoken") for word in words[:opens])
    quoted = any(word.aside or word.form in '“"' for word in rest)
    plain = verb_at(words, opens - 1) != "" and len(rest) >= _CLAUSE and not quoted
    return (says or plain) and first_verb(rest) is None


def _inside(word: Word, names: Sequence[Span]) -> bool:
    return any(start < word.start < end for start, end in names)


def _length(words: Sequence[Word]) -> int:
    return sum(word.end - word.start + 1 for word in words)


def _to_verb(words: Sequence[Word], at: int) -> bool:
    """As in "refused to hand | over"."""
    return at > 1 and words[at - 2].low == "to" and words[at - 1].form.islower()


def _may_cut(words: Sequence[Word], at: int) -> bool:
    word, before = words[at], words[at - 1]
    if word.aside:
        return False
    if word.form == ",":
        return not between_adjectives(words, at) and not is_age(words, at)
    if before.low in listed("held") and at > 1 and words[at - 2].low == "in":
        return False
    low = word.low
    verbal = verb_at(words, at - 1) != "" or before.low in listed(
        "adverbs", "prepositions", "conjunctions", "wanting", "leading_on"
    )
    verbal = verbal or (before.low.endswith("ing") and len(before.low) > 5) or _to_verb(words, at)
    return low in listed("cut_before") and not verbal and not word.form[0].isupper()
