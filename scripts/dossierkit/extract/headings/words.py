"""Words of a sentence, and which of them are verbs, judged by form and neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from dossierkit.extract.lexicon import lexicon
from dossierkit.text.data import load

_TOKEN = re.compile(
    r"\[[^\]\s]{1,8}\]|<[A-Z\d.]{1,12}>|(?:1[5-9]|20)\d\d(?=\.\d{1,3}(?:\s|$))|\d+(?:[.,:]\d+)+|[^\W_]+(?:(?:[’'&/-]|\.(?!\d{1,3}(?!\w)))[^\W_]+)*|--|[^\w\s]|_"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_OPENS, _CLOSES = "“«", "”»"
_BRACKETS = {"(": 1, ")": -1}
_SEATED = frozenset({"based", "headquartered", "estimated", "priced", "valued"})
_REACH = 40  # words; distance at which the verb of a clause is looked for


_WHO = 6  # words in "at least two of them"
_DESCRIBED = 3  # words in "a Union led assessment team"
_LIST = 24  # words between the commas
_TELLING = frozenset({"auxiliary", "past", "either"})


class Word(NamedTuple):
    """A word or a sign; offsets in code points of the text, half open.

    `aside`: inside quotation marks or brackets. `note`: a footnote mark such as "[3]", the sign of a share such as "<LEN.L>". `named`:
    part of somebody's name, and so no verb ("May resigned").
    """

    start: int
    end: int
    form: str
    low: str
    sign: bool
    aside: str = ""
    note: bool = False
    named: bool = False


@lru_cache(maxsize=256)  # who takes part is read of all sentences before the headings are made
def words_of(text: str, start: int, end: int) -> tuple[Word, ...]:
    """The words and signs of text[start:end]. Quotations and brackets that are never closed do not count."""
    raw = [(*found.span(), found.group()) for found in _TOKEN.finditer(text, start, end)]
    asides = _asides([form for _, _, form in raw])
    return tuple(
        Word(first, last, form, form.lower(), not form[0].isalnum(), aside, _is_note(text, first, last, form))
        for (first, last, form), aside in zip(raw, asides, strict=True)
    )


def _is_note(text: str, first: int, last: int, form: str) -> bool:
    if form.isalpha():
        return False
    return (form[0] in "[<" and len(form) > 1) or (form.isdigit() and _is_mark(text, first, last))


def _is_mark(text: str, first: int, last: int) -> bool:
    """Whether a number is that of a footnote, behind a stop without a space: "fired on the crowd.12"."""
    short = last - first <= 3 and not text[last : last + 1].strip()
    return short and first > 1 and text[first - 1] in ".,;”" and _ends_word(text, first - 1)


def _ends_word(text: str, stop: int) -> bool:
    """Whether a word or a year stands before a stop."""
    return text[stop - 1].isalpha() or _YEAR.match(text, max(0, stop - 4), stop) is not None


def _asides(forms: Sequence[str]) -> list[str]:
    """For each form "q" inside quotation marks, "b" inside brackets and between commas that tell who of those before, else ""; the marks
    count as inside.
    """
    out = [""] * len(forms)
    opened: dict[str, list[int]] = {"q": [], "b": []}
    for at, form in enumerate(forms):
        kind = "q" if form in '“”«»"' else "b" if form in _BRACKETS else ""
        if not kind:
            continue
        closes = form in _CLOSES or form == ")" or (form == '"' and bool(opened["q"]))
        if closes and opened[kind]:
            first = opened[kind].pop()
            out[first : at + 1] = [kind] * (at + 1 - first)
        elif not closes and (kind == "b" or not opened["q"]):
            opened[kind].append(at)
    for first, last in _of_those_before(forms):
        if not any(out[first:last]):
            out[first:last] = ["b"] * (last - first)
    return out


def _of_those_before(forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Indices of ", including two nurses," and ", most of them miners," between those told of and the verb ("were killed")."""
    for at, form in enumerate(forms[:-3]):
        if form == "," and _tells_who(forms[at + 1 : at + _WHO]):
            ends = (k for k in range(at + 2, min(at + _LIST, len(forms) - 1)) if forms[k] == ",")
            last = next((k + 1 for k in ends if _form_of(forms[k + 1]) in _TELLING), 0)
            if last:
                yield at, last


def _tells_who(forms: Sequence[str]) -> bool:
    """As in "including", "among them", "at least two of them", "some of whom"."""
    pairs = enumerate(pairwise(forms))
    at = next((k for k, pair in pairs if pair[0] in {"among", "of"} and pair[1] in {"them", "whom"}), -1)
    if at < 1:
        return at == 0 or forms[0] == "including"
    return forms[at - 1].isdigit() or forms[at - 1] in listed("numbers", "counting", "parts_of")


@cache
def listed(*kinds: str) -> frozenset[str]:
    """The union of lists in data/en/clauses.yml."""
    lists: dict[str, list[Any]] = load("en/clauses")
    return frozenset(str(word) for kind in kinds for word in lists[kind])


@cache
def _present(kind: str) -> frozenset[str]:
    return frozenset(_third(verb) for verb in listed(kind))


def _third(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeou" else f"{verb}s"


def verb_at(words: Sequence[Word], at: int) -> str:
    """The verb form of a word: "finite" (verb of a clause), "participle" (after an auxiliary, or describing a noun), or ""."""
    word = words[at]
    form = _form_of(word.low) or ("either" if _harms(words, at) else "")
    people = at == 1 and form == "either" and words[0].form in lexicon().adjectives
    shown = people or (word.form[0].isupper() and at > 0 and not _shouted(words))
    if not form or word.aside or word.named or shown or _describes_next(words, at):
        return ""
    if form == "auxiliary":
        seeming = (word.low == "am" and before_adverbs(words, at) != "i") or _in_foreign_name(words, at)
        return (
            ""
            if seeming or word.low in {"be", "been", "being"} or before_adverbs(words, at) == "to"
            else "finite"
        )
    if word.low in listed("reputed") and _after(words, at) == "to":
        return "participle"  # "a man thought to have fled"
    if form == "past":
        return "" if _after_determiner(words, at) else "finite"
    if form == "participle":
        return "participle"
    return _past_or_participle(words, at) if form == "either" else _present_at(words, at)


@lru_cache(maxsize=16_384)
def _form_of(low: str) -> str:
    """Possible verb form of a lower-case word: auxiliary | past | participle | either | present, or ""."""
    plain = low[:-3] if low.endswith(("n't", "n’t")) else low
    if plain in listed("modals", "auxiliaries"):
        return "auxiliary"
    if low in listed("past") and low not in listed("past_or_participle"):
        return "past"
    if low in listed("participles"):
        return "participle"
    if low in listed("past_or_participle") or _regular(low):
        return "either"
    return "present" if present(low) or low in listed("verbs", "present") else ""


def _harms(words: Sequence[Word], at: int) -> bool:
    """As in "a bomb injured ten soldiers", not "with injured soldiers"."""
    after = _after(words, at)
    counted = after[:1].isdigit() or after in listed("numbers", "determiners", "counting")
    return counted and words[at].low in listed("harmed")


def _describes_next(words: Sequence[Word], at: int) -> bool:
    """As in "a Norland Union led team arrived", not "Norland led the talks", "Norland led talks and left"."""
    if words[at].low not in listed("backing"):
        return False
    following = [word.low for word in words[at + 1 : at + 2 + _DESCRIBED]]
    verb = next(
        (
            k
            for k, low in enumerate(following)
            if low in listed("past", "auxiliaries", "modals") or _regular(low)
        ),
        0,
    )
    leads = listed("prepositions", "conjunctions", "determiners", "adverbs", "pronouns", "subordinators")
    plain = all(low.isalpha() and low not in leads for low in following[:verb])
    return at > 0 and verb > 0 and plain and words[at - 1].form[0].isupper()


def _shouted(words: Sequence[Word]) -> bool:
    return all(word.form.isupper() or word.sign for word in words[:6])


def _regular(low: str) -> bool:
    prefix, hyphen, _ = low.partition("-")
    whole = not hyphen or prefix in {"co", "ill", "re", "pre", "un", "out", "over"}
    return low.endswith("ed") and len(low) > 4 and low not in listed("not_verbs") and whole


def before_adverbs(words: Sequence[Word], at: int) -> str:
    """The preceding word in small letters, adverbs skipped; "" if there is none or it is of a name."""
    at -= 1
    while at >= 0 and (words[at].low in listed("adverbs") or words[at].low.endswith("ly") or words[at].note):
        at -= 1
    return words[at].low if at >= 0 and not words[at].named else ""


def _in_foreign_name(words: Sequence[Word], at: int) -> bool:
    """As in "Serra do Hale"; "am" is an hour where it is not the speaker's."""
    inside = words[at].low == "do" and 0 < at < len(words) - 1
    return inside and words[at - 1].form[0].isupper() and words[at + 1].form[0].isupper()


def _after(words: Sequence[Word], at: int) -> str:
    return words[at + 1].low if at + 1 < len(words) else ""


def _after_determiner(words: Sequence[Word], at: int) -> bool:
    if at > 1 and words[at - 1].low.endswith("ly"):
        at -= 1  # "other densely populated areas"
    if at > 1 and words[at - 1].form.isdigit() and len(words[at - 1].form) < len("2016"):
        # "and 10 retired soldiers"
        return _after(words, at).endswith("s") and words[at - 2].low in listed("conjunctions", "prepositions")
    if at > 1 and words[at - 1].form.isdigit():
        at -= 1  # "the 1998 improved launch vehicle"
    before = words[at - 1]
    named = at > 1 and before.form[0].isupper()  # "TV Most lost"
    return at > 0 and before.low in listed("determiners") - listed("pronouns") and not named


def _past_or_participle(words: Sequence[Word], at: int) -> str:
    before = before_adverbs(words, at)
    if before in listed("auxiliaries") or before in {"having", "get", "gets", "getting", "got"}:
        return "participle"
    owned = at > 0 and words[at - 1].low.endswith(("'s", "’s"))
    if (
        owned
        or _is_defendant(words, at)
        or (at > 0 and words[at - 1].low in {"these", "those"} and _after(words, at).endswith("s"))
        or _after_determiner(words, at)
        or before in listed("prepositions")
        or (at and words[at - 1].form == "-")
    ):
        return "adjective"
    agent = at + 1 + (_after(words, at) in {"out", "off", "up", "down"})  # "carried out by"
    if before in listed("modals") or at == 0 or (agent < len(words) and words[agent].low == "by"):
        return "participle"
    follows = _after(words, at)
    if at and words[at].low in _SEATED and follows in {"in", "at", "near", "outside"}:
        return "adjective"
    if follows in listed("prepositions") and before not in listed("pronouns") and _later(words, at):
        return "participle"
    return "finite"


def _is_defendant(words: Sequence[Word], at: int) -> bool:
    """As in "the principal accused, Ada Moreau": "accused" without whom or of what."""
    after = _after(words, at)
    bare = not after[:1].isalnum() or after in listed("prepositions", "auxiliaries")
    return words[at].low == "accused" and bare and after not in {"of", "by"}


def _later(words: Sequence[Word], at: int) -> bool:
    """Whether the verb of the clause follows later: "the sanctions imposed on Russia were lifted"."""
    for index in range(at + 1, min(at + _REACH, len(words))):
        word = words[index]
        if word.form[0].isupper() or word.aside:
            continue
        if word.low in listed("conjunctions") or word.low in listed("subordinators") or word.form in ",;:":
            return False
        if word.low in listed("past") or word.low in listed("modals"):
            return True
        if word.low in listed("auxiliaries") and word.low not in {"be", "been", "being"}:
            return before_adverbs(words, index) != "to"
        after = words[index + 1] if index + 1 < len(words) else word
        if _regular(word.low) and (after.low in listed("determiners") or after.form[0].isupper()):
            before = words[index - 1].low
            return index > at + 1 and before not in listed("determiners", "prepositions") | {"having"}
    return False


def _present_at(words: Sequence[Word], at: int) -> str:
    low, before = words[at].low, before_adverbs(words, at)
    if at == 0:
        known = low in _present("verbs") or low in listed("said", "spoken")
        return "finite" if words[0].form.islower() and known else ""
    if _plural_verb(words, at):
        return "finite"
    if _after_determiner(words, at) or before in listed("prepositions"):
        return ""
    if low in _present("present"):
        singular = words[at - 1].form[0].isupper() or before in listed("pronouns")
        follows = _after(words, at)
        governs = (
            follows in listed("determiners") or follows in listed("prepositions") or follows[:1].isdigit()
        )
        named = at + 1 < len(words) and words[at + 1].form[:1].isupper()
        return "finite" if singular and (governs or named) and not _later(words, at) else ""
    return "finite" if low in _present("verbs") and not _later(words, at) else ""


def _plural_verb(words: Sequence[Word], at: int) -> bool:
    """As in "Norland and Esteria announce the deal", "sell 51 percent": a base form after two names; and in "The files show that"."""
    # "papers leaked to Lenn Radio show that"
    several = words[at - 1].low.endswith("s") or words[at - 1].form[0].isupper()
    if words[at].low in listed("showing") and several and _after(words, at) == "that":
        return True
    if words[at].low not in listed("verbs", "present") or not words[at - 1].form[0].isupper():
        return False
    joined = any(word.low == "and" for word in words[:at])
    after = _after(words, at)
    return joined and (after in listed("determiners", "numbers") or after == "to" or after[:1].isdigit())


def present(low: str) -> bool:
    """Whether a lower-case form is the present tense of a listed verb ("considers")."""
    return low in _present("verbs") or low in _present("present")


def first_verb(words: Sequence[Word], start: int = 0) -> int | None:
    """The index of the first finite verb from `start`."""
    for at in range(start, len(words)):
        low = words[at].low
        if (_form_of(low) or low in listed("harmed")) and verb_at(words, at) == "finite":
            return at
    return None


def words_inside(words: Sequence[Word], date: tuple[int, int]) -> list[Word]:
    """The words of a date, also if it is a part of one: "1990-2000"."""
    return [word for word in words if word.start < date[1] and date[0] < word.end]


def leading_on() -> frozenset[str]:
    return listed("prepositions", "determiners", "adverbs", "bare_dates", "said", "spoken", "pronouns")


def joining() -> frozenset[str]:
    return listed("auxiliaries", "modals", "conjunctions") | {"to", "being", "been"}
