"""Sentence boundaries.

A line break always ends a sentence. Within a line a full stop, question mark, exclamation mark or ellipsis ends
one if it does not follow an abbreviation and what follows can begin a sentence:

- no space is needed ("gang.The", "2012.Last"): a word or number of two or more characters, a stop, then a
  capitalised word that is not a host name ending; web and mail addresses stay whole;
- a lower-case word after a full stop and a space begins a sentence ("in late January. with three sets") if the
  word before the stop has four letters or more and is not an abbreviation;
- a lower-case word after "?", "!" or a closing quote continues the sentence ("Enough!" he said);
- a colon never ends a sentence, with or without a space after it;
- closing quotes, brackets and numbers of footnotes, in brackets or not ("the crowd.12 The"), belong to the sentence that ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dossierkit.model.finding import Sentence
from dossierkit.text.cldr import is_dated, months
from dossierkit.text.data import load

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
STOPS = ".!?…؟۔։।॥።။។。！？"
"""What ends a sentence, in all scripts; Amharic also writes two characters, `፡፡`."""
_STOP = re.compile(
    rf"(?P<term>(?:[{STOPS}]|፡፡)+(?:\s\.)*)(?P<close>(?:[”’»›)\]\"']|[ \u00a0\u202f]»|\[\d{{1,4}}\]|(?<=[^\W\d_]{{3}}\.)\d{{1,3}}(?=\s)|(?<=(?:1[5-9]|20)\d\d\.)\d{{1,3}}(?=\s))*)(?P<gap>\s*)(?P<open>[“‘«‹(\[\"'—–*-]*)"
)
# The stops of scripts without small letters, and of Armenian: an abbreviation has another sign there.
_ALWAYS = frozenset("፡。！？।॥።။។։")
_BEFORE = re.compile(r"(?<![^\W\d_]\.)(?:[^\W\d_]\.)+[^\W\d_]$|(?<![\w'’-])[\w'’-]+$")
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"(?:://|\bwww\b|@)\S*$", re.IGNORECASE)
_TICKER = re.compile(r"<[A-Z\d]{1,8}\Z")  # of "<LEN.L>", as agencies give the sign of a share
_DAY = re.compile(r"[^\W\d_]{2} \d\Z")  # "on June 5.Earlier", not "1.Scope" at the beginning of a line
_ENUMERATOR = re.compile(r"\s*[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})$")
_ROMAN = re.compile(r"[IVXLC]+$")
_LOOK_BACK = 60  # code points; longer "words" are addresses or noise, and the bound keeps the work linear


@dataclass(frozen=True, slots=True)
class _Rules:
    never: frozenset[str]
    number: frozenset[str]
    inside: frozenset[str]
    clock: frozenset[str]
    after_clock: frozenset[str]
    starters: frozenset[str]
    months: frozenset[str]
    ordinals: frozenset[str] = frozenset()


@cache
def _rules(lang: str) -> _Rules:
    data = load("segment")
    base = lang.split("-", maxsplit=1)[0].lower()
    named = frozenset(months(base)) if is_dated(base) else frozenset()
    chosen = data.get(base, data["en"])
    return _Rules(**{kind: frozenset(words) for kind, words in chosen.items()}, months=named)


@cache
def _domains() -> frozenset[str]:
    return frozenset(load("segment")["domains"])


def sentences(text: str, lang: str = "en") -> tuple[Sentence, ...]:
    """Sentences in text order: spans in code points, half open, without surrounding white space, never overlapping.

    Together they contain every character but white space.
    """
    rules = _rules(lang)
    found: list[Sentence] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _ends(text, line.start(), line.end(), rules):
            _append(found, text, start, end)
            start = end
        _append(found, text, start, line.end())
    return tuple(found)


def _append(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    bare = len(piece.strip())
    if bare:
        found.append(Sentence(start + lead, start + lead + bare))


def _ends(text: str, start: int, stop: int, rules: _Rules) -> list[int]:
    """Offsets at which new sentences begin, within one line."""
    ends: list[int] = []
    counted, quotes = start, 0
    for match in _STOP.finditer(text, start, stop):
        if match.end("gap") >= stop:
            break
        quotes += text.count('"', counted, match.start())
        counted = match.start()
        if _is_end(text, start, match, rules):
            ends.append(_closing(match, inside_quotes=quotes % 2 == 1))
    return ends


def _closing(match: re.Match[str], *, inside_quotes: bool) -> int:
    """Whether a straight quote after a stop closes a quotation; only if one is open."""
    close = match["close"]
    if '"' in close and not inside_quotes and not match["gap"]:
        return match.start("close") + close.index('"')
    return match.end("close")


def _is_end(text: str, line: int, match: re.Match[str], rules: _Rules) -> bool:
    term = match["term"]
    if not _ALWAYS.isdisjoint(term):
        return True
    after = _WORD.match(text, match.end())
    following = after.group() if after and after.start() == match.end() else ""
    head = text[max(line, match.start() - _LOOK_BACK) : match.start()]
    if not match["gap"] and not _may_run_on(head, match, following):
        return False
    if term != ".":
        return not _continues(following)
    if match["close"]:
        note = match["close"].isdigit()
        return not (_continues(following) or (note and _shortened(_last_word(head).lower(), rules)))
    if line + len(head) == match.start() and _ENUMERATOR.match(head):
        return False
    return _stop_ends(_last_word(head), following, rules)


def _shortened(word: str, rules: _Rules) -> bool:
    """Whether a word is an abbreviation before a number: "para.12", not "the crowd.12"."""
    return word in rules.never | rules.number | rules.inside | rules.months


def _last_word(head: str) -> str:
    """The word directly before a stop, or ""."""
    found = _BEFORE.search(head, head.rfind(" ") + 1)  # words contain no space
    return found.group() if found else ""


def _continues(following: str) -> bool:
    return following[:1].islower() and following == following.lower()


def _may_run_on(head: str, match: re.Match[str], following: str) -> bool:
    """Whether a stop without a space after it may end a sentence."""
    if _ADDRESS.search(head) or _TICKER.search(head) or following.lower() in _domains():
        return False
    if match["close"] or match["open"]:
        return bool(head) and following[:1].isupper() and head[-1].isalnum()
    word = _last_word(head)
    day = word.isdigit() and len(following) > 1 and _DAY.search(head) is not None
    short = len(word.rpartition("-")[2]) < 2  # also of "non-U.S."
    if (short and not day) or "." in word or not following:
        return False
    if following[0].isupper():
        return (
            len(following) == 1 or not following[1].isupper() or (following.isupper() and len(following) > 2)
        )
    return "\u0600" <= following[0] <= "\u06ff" and following[0].isalpha()


def _stop_ends(word: str, following: str, rules: _Rules) -> bool:
    """Whether a full stop between `word` and `following` ends a sentence."""
    key, after = word.lower(), following.lower()
    if key in rules.never or (key in rules.number and _is_number(following)):
        return False
    if _in_date(key, following, rules):
        return False
    if key in rules.clock:
        return not _continues(following) and after not in rules.after_clock
    if key in rules.inside or _is_initial(word):
        return after in rules.starters and not _continues(following)
    if _continues(following):
        return len(word) >= 4 and word.isalpha() and key not in rules.number
    return True


def _in_date(key: str, following: str, rules: _Rules) -> bool:
    """As in "am 3. Oktober", "im 19. Jahrhundert", "3. Dez. 2001"."""
    after = following.lower()
    if key.isdigit() and len(key) <= 2:
        ordinal = bool(rules.ordinals) and after.isalpha() and after not in rules.starters
        return ordinal or after in rules.months
    return key in rules.months and _is_number(following)


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or _ROMAN.match(word) is not None


def _is_initial(word: str) -> bool:
    """Whether a word is an initial, as J in "J. Smith" or U.N in "U.N. envoy"; a single digit is not."""
    return "." in word or (len(word) == 1 and word.isalpha())
