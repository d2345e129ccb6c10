"""Acronyms explained in the text: "High Negotiations Committee (HNC)", "HNC (High Negotiations Committee)".

The letters must be initials of the long form's words, in order; small words may be skipped. Follows the
right-to-left search of Schwartz and Hearst (2003), restricted to initials.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dossierkit.extract.lexicon import lexicon
from dossierkit.extract.small_words import links
from dossierkit.model.finding import Mention
from dossierkit.text.data import load
from dossierkit.text.fold import fold

_PAREN = re.compile(
    r"\(\s?(?:the |or |also known as |aka )?[\"“'‘]?((?:[A-Z]\.){2,6}|[A-Z][A-Za-z0-9&/-]{1,9})[\"”'’]?\s?[),;]"
)
_WRITTEN_OUT = re.compile(
    r"\b([A-Z][A-Z.]{1,8}[A-Z.]) \((?:the )?([A-Z][\w’'-]{1,30}(?: [\w’'-]{1,30}){1,9})\)"
)
# "Mission | in the Republic of Lenn"
_SENT_TO = re.compile(
    r" (?:for|in|to) (?:the )?([A-Z][\w’'-]{1,30}(?: (?:(?:of|the|and) ){0,2}[A-Z][\w’'-]{1,30}){0,5}) ?\Z"
)
_CLOSED = re.compile(r"\)[,;]? ")
_MORE_THAN_A_COUNTRY = re.compile(r"[A-Z]{3,8}")  # no "(UK)"
# Words without an elided article.
_WORDS = re.compile(r"(?<![^\W_])(?![dlL][’'][^\W_])[^\W_]+(?:[’'.][^\W_]+|(?<=\bCo)-[a-z]+)*")
_LOOK_BACK = 140
BRACKETED = "acronym in brackets"
"""The reason of a mention that stands in brackets behind its long form, found by the rules of a language."""


def initials_match(acronym: str, words: Sequence[str]) -> bool:
    """Whether the letters of the acronym are the initials of the words, without accents; small words may be skipped, and
    acronyms behind the first word.
    """
    letters = acronym.replace(".", "").replace("&", "").replace("/", "").replace("-", "").upper()
    if len(letters) < 2:
        return False
    return _spelled(letters, words) or (
        letters.endswith("S") and len(letters) > 2 and _spelled(letters[:-1], words)
    )


def _spelled(letters: str, words: Sequence[str]) -> bool:
    """By the numbers of letters that the words so far may have given: a small word gives one or none ("et" of Insee), an acronym one or all
    ("UN" of UNAMA).
    """
    given = {0}
    for number, word in enumerate(words):
        initial = fold(word[0]).upper()
        skipped = word.lower() in links() or (number > 0 and len(word) > 1 and word.isupper())
        whole = {at + len(word) for at in given if word.isupper() and letters.startswith(word, at)}
        given = (
            whole
            | {at + 1 for at in given if letters[at : at + 1] == initial}
            | (given if skipped else set())
        )
    return len(letters) in given


def initials(words: Sequence[str]) -> frozenset[str]:
    """A name's initials in capitals: of all words, and of all but the small ones. What the name begins with is no acronym of it: the "U.S."
    of "U.S. Senate".
    """
    full = [word for word in words if word.lower() not in links()]
    found = ("".join(word[0] for word in chosen).upper() for chosen in (words, full) if len(chosen) > 1)
    return frozenset(found) - {word.replace(".", "") for word in words[:1]}


def name_words(name: str) -> list[str]:
    """The words of a name for its initials: split at hyphens, without possessive endings."""
    return [match.group() for match in _WORDS.finditer(name.replace("’s", "").replace("'s", ""))]


def defined(
    text: str, bodies: Mapping[int, int] | None = None
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """(span of the long form, span of the acronym) for every explanation in brackets, in text order.

    `bodies`: ends and starts of organisations' names; capitals in brackets right behind one are its acronym, in whatever language
    ("Higher Court of Lenn (OLG)").
    """
    for match in _PAREN.finditer(text):
        acronym = match.group(1)
        words = _words_before(text, match.start())
        if sum(char.isupper() for char in acronym) < 2:  # "(Adhu)"
            if len(acronym) > 2 and acronym.isalpha() and (long := _by_initials(acronym, words)):
                yield long, match.span(1)
            continue
        long = (
            _by_initials(acronym, words) or _by_letters(acronym, words) or _in_another_order(acronym, words)
        )
        if long is None and bodies and _MORE_THAN_A_COUNTRY.fullmatch(acronym):
            end = len(text[: match.start()].rstrip())
            long = (bodies[end], end) if end in bodies else _sent(text, end, acronym, bodies)
        if long is not None:
            named = _without_ending(text, *long, bodies or {})
            yield (
                (named if _initialled(text, acronym, named) else _without_office(text, *named)),
                match.span(1),
            )
    yield from _written_out(text)


def _sent(text: str, end: int, acronym: str, bodies: Mapping[int, int]) -> tuple[int, int] | None:
    """A body of several countries with the one that it is sent to, whose initial the acronym of another language has:
    "UN Stabilisation Mission in Lenn (MINUL)".
    """
    floor = max(0, end - _LOOK_BACK)
    for stop in filter(bodies.__contains__, range(end - 1, floor, -1)):
        place = _SENT_TO.match(text, stop, end)
        sent = place and text[bodies[stop] : stop].rpartition(" ")[2] in load("en/organisations")["missions"]
        if place and sent and not _letters(place[1]).isdisjoint(acronym):
            return bodies[stop], end
    return None


def _letters(place: str) -> set[str]:
    """The initials of its words, and all letters of an acronym."""
    words = (word for word in place.split() if word[0].isupper())
    return {letter for word in words for letter in (word if word.isupper() else word[0])}


def _without_ending(text: str, start: int, end: int, bodies: Mapping[int, int]) -> tuple[int, int]:
    """Without a grammatical ending that a body's name was found without: "Konseyi | 'nin"."""
    at = max(text.rfind("'", start, end), text.rfind("’", start, end))
    return start, at if at in bodies and text[at + 1 : end].islower() else end


def bodies(mentions: Iterable[Mention]) -> dict[int, int]:
    """The ends, with their starts, of names of organisations of two words and more."""
    return {
        mention.end: mention.start
        for mention in mentions
        if mention.type == "organization" and " " in mention.text
    }


def _written_out(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The same with the long form in brackets; the acronym may be of another language: "CEI (Italian Episcopal Conference)"."""
    for match in _WRITTEN_OUT.finditer(text):
        words = [word for word in name_words(match[2]) if word.lower() not in links()]
        if sorted(match[1].replace(".", "")) == sorted(word[0].upper() for word in words):
            yield match.span(2), match.span(1)


def _words_before(text: str, end: int) -> list[re.Match[str]]:
    """The words directly before the bracket, in the same line."""
    floor = max(0, end - _LOOK_BACK)
    floor = max(floor, text.rfind("\n", floor, end) + 1)
    floor = max((other.end() for other in _CLOSED.finditer(text, floor, end)), default=floor)
    words = [match for match in _WORDS.finditer(text, floor, end) if match.group() != "s"]
    opens = next((at for at in range(len(words) - 1) if _parted(text, words[at], words[at + 1])), -1)
    words = words[opens + 1 :]
    return words if words and not text[words[-1].end() : end].strip(" \"”’'s.") else []


def _parted(text: str, before: re.Match[str], word: re.Match[str]) -> bool:
    """Whether what stands in front ends here: "On Saturday, | the Office of"."""
    return before.group() in lexicon().calendar and "," in text[before.end() : word.start()]


def _by_initials(acronym: str, words: Sequence[re.Match[str]]) -> tuple[int, int] | None:
    for count in range(2, min(len(words), 2 * len(acronym) + 2) + 1):
        run = words[-count:]
        first = run[0].group()
        if (
            first[0].isupper()
            and first.lower() not in links()
            and initials_match(acronym, [word.group() for word in run])
        ):
            return run[0].start(), run[-1].end()
    return None


def _by_letters(acronym: str, words: Sequence[re.Match[str]]) -> tuple[int, int] | None:
    """As in "Singapore Airlines (SIA)": the capitalised words contain the letters in order and begin with the first."""
    first = len(words)
    while first and words[first - 1].group()[0].isupper() and len(words) - first < len(acronym):
        first -= 1
    run = words[first:]
    while len(run) > 1 and run[0].group()[0] != acronym[0]:
        run = run[1:]
    if len(run) < 2 or run[0].group()[0] != acronym[0]:
        return None
    letters = iter("".join(word.group() for word in run).lower())
    return (
        (run[0].start(), run[-1].end())
        if all(char in letters for char in acronym.lower() if char.isalnum())
        else None
    )


def _in_another_order(acronym: str, words: Sequence[re.Match[str]]) -> tuple[int, int] | None:
    """As in "Tunisian General Labour Union (UGTT)": all letters are initials, in the order of another language."""
    first = len(words)
    while first and (words[first - 1].group()[0].isupper() or words[first - 1].group().lower() in links()):
        first -= 1
    run = list(words[first:])
    while run and not run[0].group()[0].isupper():
        run = run[1:]
    names = [word.group() for word in run if word.group()[0].isupper()]
    letters = {char for char in acronym if char.isalnum()}
    if len(acronym) < 3 or len(names) < 3 or not letters <= {name[0] for name in names}:
        return None
    return run[0].start(), run[-1].end()


def _initialled(text: str, acronym: str, span: tuple[int, int]) -> bool:
    return initials_match(acronym, [word.group() for word in _WORDS.finditer(text, *span)])


def _without_office(text: str, start: int, end: int) -> tuple[int, int]:
    """Without who holds an office there: "Deputy Secretary General of the | International Union for Lenn"."""
    titles = lexicon().title_words - links()
    words = list(_WORDS.finditer(text, start, end))
    first = next((at for at, word in enumerate(words) if word.group() not in titles), 0)
    if not first or words[first].group() != "of":
        return start, end
    named = next((word.start() for word in words[first:] if word.group()[0].isupper()), start)
    return named, end
