"""Things with "the" in a heading that nobody knows outside the text ("the programme"): the only name that the text gives them, or none (English)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile, pairwise, takewhile

from dossierkit.extract.events.unexplained import unexplained
from dossierkit.extract.headings import Heading
from dossierkit.extract.headings.unhappened import unhappened
from dossierkit.extract.headings.words import Word, listed, verb_at, words_of
from dossierkit.extract.lexicon import lexicon
from dossierkit.extract.sentences.participants import SentenceParticipants
from dossierkit.model.finding import Timex
from dossierkit.text.data import load

_MOST = 4  # words behind "the"
_TELLING = 9  # words behind the first that say enough of what nobody named did
_SHORTEST = 3  # letters of a noun
_LONGEST = 6  # words of a name on either side of its noun
_WORD = re.compile(r"[^\W_]+(?:[’'&-][^\W_]+)*")
_LINKS = frozenset({"of", "for", "and", "the", "on"})
_LED = frozenset({"of", "for", "on"})
_ANAPHORIC = frozenset({"the", "this", "that", "its", "his", "her", "their", "our"})
_PLACED = frozenset({"above", "at", "in", "near", "of"})
_BESIDE = frozenset({"above", "near", "of", "outside"})
_ABOUT = frozenset({"for", "into"})
_DESCRIBING = 2  # words between a name and its noun
_ENDS = frozenset({"it", "them", "this", "these", "those", "there"})
_PARTS = frozenset({"copies", "details", "parts", "terms", "text"})
_PARTICLES = frozenset({"up", "down", "out", "off", "over", "back"})


@dataclass(slots=True)
class Definites:
    """What an article calls its things. Its words are read once."""

    title: str
    text: str
    _names: dict[str, tuple[str, int]] = field(default_factory=dict)
    _whole: str = field(init=False)
    _words: Sequence[re.Match[str]] = field(init=False)
    _index: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._whole = f"{self.title}\n\n{self.text}"
        self._words = tuple(_WORD.finditer(self._whole))
        for at, word in enumerate(self._words):
            self._index.setdefault(word[0].lower(), []).append(at)

    @property
    def _shift(self) -> int:
        return len(self._whole) - len(self.text)

    def told(self, heading: Heading, start: int) -> Heading:
        """The heading with the name of its subject or object. `start`: of its sentence."""
        if not heading.whole:
            return heading
        words, text = _subject(heading), heading.text
        subject, owner = _definite(words), _owner(words)
        noun = subject or (owner if len(owner) == 1 else ())
        name = self.name(noun[0].low, start) if len(noun) == 1 else ""
        if name and text.lower().startswith(heading.subject.lower()):
            shown = f"{name[:1].upper()}{name[1:]}"
            rest = heading.subject[noun[0].end :]
            return replace(heading, text=shown + text[noun[0].end :], subject=shown + rest)
        found = _last_thing(words_of(text, 0, len(text)))
        name = self.name(found[0].low, start) if len(found) == 1 else ""
        if name:
            return replace(
                heading, text=f"{text[: found[0].start - len('the ')]}{name}{text[found[0].end :]}"
            )
        return heading

    def known(self, heading: Heading) -> bool:
        """Whether a reader of the heading knows what its subject and its object are."""
        subject, rest = _subject(heading), heading.text[len(heading.subject) :].partition(" when ")[2]
        explained = _named(words_of(rest, 0, len(rest)))
        joined = next((k for k, pair in enumerate(pairwise(subject)) if _adds(*pair)), len(subject))
        first = subject[:joined]  # "the tourists and the rescue team"
        if not (
            explained or self._knows(_definite(first) or _owner(first) or _of_whom(first) or _of_what(first))
        ):
            return False
        words = words_of(heading.text, 0, len(heading.text))
        if any(not self._knows(noun) for noun in unexplained(words)):
            return False
        found = _object(words)
        if self._knows(found) or (found[-1].low in load("en/subjects")["organisations"] and _named(subject)):
            return True
        return found[-1].low not in listed("about_something", "not_said_which")

    def points(self, words: Sequence[Word]) -> bool:
        """Whether words have a "the" with a noun that only the text explains: "Three more boats left | the classic", not "the police"."""
        return any(
            word.low == "the"
            and not self._knows(_definite((word, after)))
            and after.low not in listed("calendar", "times")
            for word, after in pairwise(words)
        )

    def tells_of(self, subject: Sequence[Word]) -> bool:
        """Whether the article's title names what the subject is, so it is of the main story: "A dam at the border"."""
        head = next((k for k, word in enumerate(subject) if word.low in listed("prepositions")), len(subject))
        return head > 0 and self._in_title(subject[head - 1].low)

    def name(self, noun: str, before: int) -> str:
        """The only name of what is called "the noun", if the text gives it before: "the School Meals Programme", "the ferry Morning Star"."""
        if noun not in self._names:
            self._names[noun] = self._only_name(noun)
        name, at = self._names[noun]
        return name if name and at < before and self._may_mean(name, before) else ""

    def _may_mean(self, name: str, before: int) -> bool:
        """Whether the sentences before it in its paragraph, if they name anything, name this."""
        said = self.text[self.text.rfind("\n", 0, before) + 1 : before]
        inner = (
            word[0]
            for word in _WORD.finditer(said)
            if said[max(0, word.start() - 2) : word.start()].strip(' “"') not in {"", "."}
        )
        return name.removeprefix("the ") in said or not any(map(_is_name, inner))

    def _knows(self, noun: Sequence[Word]) -> bool:
        if not noun:
            return True
        low = [word.low for word in noun]
        if not listed("other").isdisjoint(low):
            return False
        return not listed("known").isdisjoint({low[-1], " ".join(low)}) or self._in_title(low[-1])

    def _in_title(self, noun: str) -> bool:
        return any(_singular(word.lower()) == _singular(noun) for word in _WORD.findall(self.title))

    def _with_article(self, name: str) -> str:
        """A name with "the", unless it is one that the text never gives an article: "Lenn Bank"."""
        led = (f"{article} {name}" in self._whole for article in ("the", "The", "a", "A", "an", "An"))
        return f"the {name}" if name[:1].islower() or any(led) else name

    def _only_name(self, noun: str) -> tuple[str, int]:
        if noun in listed("unnamed") or len(noun) < _SHORTEST:
            return "", 0
        names: dict[str, int] = {}
        for at in self._index.get(noun, ()):
            name = _name_at(self._whole, self._words, at)
            if name:
                names.setdefault(self._with_article(name), self._words[at].start() - self._shift)
            elif not (at and self._words[at - 1][0].lower() in _ANAPHORIC):
                return "", 0
        return next(iter(names.items())) if len(names) == 1 else ("", 0)


def alone(
    title: Heading, text: str, one: SentenceParticipants, timex: Timex | None, things: Definites | None
) -> Heading:
    """The heading with the names of its things; not `whole` if nothing happened on its date, `doubtful` if nobody knows what its things are. `things`: None outside English."""
    if things is None:
        return title
    subject = _subject(title)
    words = words_of(title.text, 0, len(title.text))
    own = takewhile(lambda pair: pair[0].low == pair[1].low, zip(words, subject, strict=False))
    rest = words[sum(1 for _ in own) :]  # of "A payment due on 3 May" the heading has no date
    predicate = [
        *dropwhile(lambda word: word.form[0].isupper(), rest)
    ] or rest  # "Hale’s colleague | Ada Moreau | intends"
    before = words_of(text, one.body, timex.start) if timex else ()
    happened = not (
        is_open(title.text) or unhappened(subject, predicate, before, timex.edtf if timex else None)
    )
    shown = things.told(title, one.sentence.start) if timex else title
    named = _names_in(shown.text, one)
    anybody = named or not things.points(words_of(shown.text, 0, len(shown.text)))
    told = (
        not subject
        or subject[0].low == "the"
        or (anybody and (named or len(words) > _TELLING))
        or things.tells_of(subject)
    )
    return replace(shown, whole=title.whole and happened, doubtful=not (told and things.known(shown)))


def _names_in(line: str, one: SentenceParticipants) -> bool:
    """Whether a heading has a name, or the people of a country: without one, and if it is short, few know who "an officer" or "four banks" are."""
    words = words_of(line, 0, len(line))
    named = _named([word for word in words[1:] if word.low not in listed("calendar")])
    people = any(word.form in lexicon().adjectives for word in words[:1])
    known = (*(at.text for at in one.mentions), *(who.name for who in one.meant))
    return named or people or any(name in line for name in known)


def _subject(heading: Heading) -> Sequence[Word]:
    """The words of the subject, without adverbs behind it: "The council also"."""
    words = words_of(heading.subject, 0, len(heading.subject))
    end = len(words)
    while end > 1 and (words[end - 1].low in listed("adverbs") or words[end - 1].low.endswith("ly")):
        end -= 1
    return words[:end]


def is_open(line: str) -> bool:
    """Whether a heading ends with a pronoun or a verb whose object is missing: "would ask Congress to revoke it", "The court had said"."""
    words = words_of(line, 0, len(line))
    last = words[-1].low if words else ""
    return last in _ENDS | listed("objectless") or (
        last in {"him", "her"} and not (_named(words) and _joins(words))
    )


def _joins(words: Sequence[Word]) -> bool:
    """Whether there are two clauses, of which the first may name whom the second means: "Ada Hale was driving when two men shot her"."""
    return any(word.low in listed("conjunctions", "subordinators") for word in words[1:])


def _owner(subject: Sequence[Word]) -> Sequence[Word]:
    """The "boat" of "the boat’s licence"."""
    if len(subject) < 3 or subject[0].low != "the" or not subject[1].low.endswith(("’s", "'s")):
        return ()
    own = subject[1]
    return _definite((subject[0], own._replace(end=own.end - 2, form=own.form[:-2], low=own.low[:-2])))


def _adds(word: Word, after: Word) -> bool:
    """As in "the tourists | and the rescue team", not "the founder and former head of Lenn Mining"."""
    return word.low == "and" and after.low == "the"


def _of_whom(subject: Sequence[Word]) -> Sequence[Word]:
    """The "favourites" of "one of the favourites for the cup", the "woman" of "two of the woman's children"."""
    if len(subject) < 4 or subject[1].low != "of" or subject[2].low != "the" or _named(subject[1:]):
        return ()
    led = listed("prepositions")
    whole = tuple(takewhile(lambda word: word.low not in led, subject[2:]))
    return _definite(whole) or _owner(whole)


def _of_what(subject: Sequence[Word]) -> Sequence[Word]:
    """The "bill" of "debate on the bill", the "deal" of "The end of the deal"."""
    at = next((k for k in range(len(subject) - 2, 0, -1) if subject[k].low == "the"), 0)
    led = at == len(subject) - 2 > 0 and subject[at - 1].low in _LED | {"over"}
    return _definite(subject[at:]) if led and not _named(subject[1:]) else ()


def _singular(noun: str) -> str:
    return noun.removesuffix("s")


def _named(words: Sequence[Word]) -> bool:
    return any(word.form[0].isupper() and word.low not in listed("determiners") for word in words)


def _definite(words: Sequence[Word]) -> Sequence[Word]:
    """The words behind "the", if there are only one or two, in small letters; else none."""
    inner = words[1:-1] if words[-1:] and words[-1].low == "itself" else words[1:]
    plain = all(
        word.form.replace("-", "").isalnum()
        and word.low not in listed("prepositions", "conjunctions")
        and (word.form.partition("-")[2].islower() or word.form.islower())
        for word in inner
    )
    return inner if words[:1] and words[0].low == "the" and 0 < len(inner) <= _MOST and plain else ()


def _object(words: Sequence[Word]) -> Sequence[Word]:
    """The words behind a last "the" that a verb governs: "confirmed the step", "took over the press"."""
    at = next(
        (k for k in range(len(words) - 1, max(0, len(words) - _MOST - 2), -1) if words[k].low == "the"), 0
    )
    if at < 2 or at + 1 >= len(words):
        return ()
    of = words[at - 1].low == "of" and words[at - 2].low in _PARTS
    k = at - 2 if words[at - 1].low in _PARTICLES else at - 1
    governs = (
        of
        or (words[at - 1].low in _ABOUT and words[-1].low in listed("about_something", "not_said_which"))
        or (words[at - 1].low == "of" and words[at - 2].low == "cause")
        or verb_at(words, k) != ""
        or (words[k - 1].low == "to" and words[k].low in listed("verbs", "present"))
    )
    return _definite(words[at:]) if governs else ()


def _last_thing(words: Sequence[Word]) -> Sequence[Word]:
    """The word behind a last "the" at the end of a heading: "blocked the road to the | pit"."""
    return (
        words[-1:] if words[-2:-1] and words[-2].low == "the" and words[-1].form.islower() else _object(words)
    )


def _name_at(text: str, words: Sequence[re.Match[str]], at: int) -> str:
    """The name that the noun belongs to: its last word ("Kite Press"), its first ("Ministry of Works"), or what stands before it ("ferry Morning Star")."""
    first = last = at
    upper = words[at][0][0].isupper()
    while upper and first and at - first < _LONGEST and _goes_on(text, words, first - 1):
        first -= 1
    while first < at and (words[first][0].lower() in _LINKS | {"a", "an"}):
        first += 1
    if not _LED.isdisjoint(word[0] for word in words[first:at]):
        return ""  # the "Bureau of Investigation" is no investigation
    if not upper and (described := _before_noun(text, words, at)) < at:
        return text[words[described].start() : words[at].end()]
    named = upper or (at + 1 < len(words) and (_is_name(words[at + 1][0]) or _placed(words, at)))
    while (
        named and last + 1 < len(words) and last - at < _LONGEST and _goes_on(text, words, last, forward=True)
    ):
        last += 1
    while last > at and words[last][0].islower():
        last -= 1
    name = text[words[first].start() : words[last].end()] if first < at or last > at else ""
    opens = first == at and text[: words[at].start()].rstrip(" ")[-1:] in {"", "\n", "."}
    return f"{name[:1].lower()}{name[1:]}" if opens else name  # "Journalist Ada Hale was"


def _before_noun(text: str, words: Sequence[re.Match[str]], at: int) -> int:
    """Where the name before a noun and what describes that begins, behind an article: "the | Tarn copper mine"; `at` if there is none."""
    first = at
    while first and at - first <= _DESCRIBING and text[words[first - 1].end() : words[first].start()] == " ":
        before = words[first - 1][0]
        if _is_name(before) or not (before.islower() and _describes(before)):
            break
        first -= 1
    noun = first
    while (
        first
        and _is_proper(words[first - 1][0])
        and text[words[first - 1].end() : words[first].start()] == " "
    ):
        first -= 1
    led = first and words[first - 1][0].lower() in {"the", "a", "an"}
    foreign = first + 1 == noun and words[first][0] in lexicon().adjectives
    return first if led and first < noun and not foreign else at


def _is_proper(word: str) -> bool:
    return _is_name(word) and word not in {"The", "A", "An"}


def _describes(word: str) -> bool:
    """Whether a word in small letters may stand between a name and its noun."""
    stops = listed(
        "prepositions",
        "conjunctions",
        "subordinators",
        "relatives",
        "determiners",
        "adverbs",
        "auxiliaries",
        "past",
    )
    return word not in stops and not word.endswith(("ed", "ing", "ly"))


def _goes_on(text: str, words: Sequence[re.Match[str]], one: int, *, forward: bool = False) -> bool:
    """Whether a name goes on over the space behind a word."""
    if text[words[one].end() : words[one + 1].start()] != " ":
        return False
    word = words[one + forward][0]
    return _is_name(word) or word in {"of", "and", "for"} or (forward and word in _PLACED | _BESIDE)


def _placed(words: Sequence[re.Match[str]], at: int) -> bool:
    """As in "The dam in Lenn burst": the noun opens its sentence, so what follows belongs to it, not to a verb; and in "a pit near Lenn"."""
    if 0 < at < len(words) - 2 and words[at - 1][0] in {"a", "an"} and words[at + 1][0] in _BESIDE:
        return _is_name(words[at + 2][0])
    opens = at > 0 and words[at - 1][0] in {"The", "A", "An"} and at + 2 < len(words)
    return opens and words[at + 1][0] in _PLACED and _is_name(words[at + 2][0])


def _is_name(word: str) -> bool:
    return word[0].isupper() and word.lower() not in listed("calendar")
