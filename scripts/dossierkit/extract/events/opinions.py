"""What somebody only thinks, hopes or expects, or says of how things are or will be: no event of the day on which they say so (English)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dossierkit.extract.headings import Heading
from dossierkit.extract.headings.judging import ongoing, stative
from dossierkit.extract.headings.words import Word, first_verb, listed, words_of
from dossierkit.extract.tense import tense

_HAVE = frozenset({"has", "have", "had"})
_NOBODY = frozenset({"no", "nobody", "none"})
_WAS = frozenset({"was", "were"})
_HEARER = 6  # words in "told reporters in the capital"
_THAT = frozenset({"that"})
_ONESELF = frozenset({"he", "she", "they", "it", "there"})


def guess(title: Heading) -> bool:
    """As in "The result suggests that fewer came", "The office estimates the damage has reached a million"."""
    words = words_of(title.text, 0, len(title.text))[1:_HEARER]
    seems = any(
        word.low in listed("seeming") and (after.low == "to" or after.low.endswith("ly"))
        for word, after in pairwise(words)
    )
    return seems or any(word.low in listed("guessing") and word.form.islower() for word in words)


def opinion(title: Heading, *, dated: bool = False) -> bool:
    """As in "Hale says she is confident of a sale", "Okonta said the talks should go on", not "says the guards fled", "said she had resigned".

    Of one that is `dated`, what is to come is none: it says when.
    """
    words = words_of(title.text, 0, len(title.text))
    content = words if title.speaker else _content(words)
    verb = first_verb(content)
    if verb is None or any(word.aside == "q" for word in content[: verb + 1]):
        return False
    own = [word.low for word in content[:verb] if word.low not in listed("adverbs")]
    himself = own[:1] != [] and own[0] in _ONESELF
    if content[0].low in _NOBODY and not title.speaker:
        return True  # "says no one has come since Monday"
    if himself and content[verb].low in listed("wishing"):
        return True  # "said he expected the talks to end"
    return _is_dated_view(content[verb:], himself=himself) if dated else _is_view(content[verb:])


def _is_dated_view(predicate: Sequence[Word], *, himself: bool) -> bool:
    """Whether a predicate with a date tells of how things are, not of what is done then or was so: "is facing losses", not "he is quitting"."""
    first = _plain(predicate[0].low)
    done = first in listed("to_come") | _HAVE | _WAS or (
        himself and _announced([word.low for word in predicate[1:]])
    )
    return not done and _is_view(predicate)


def _announced(behind: Sequence[str]) -> bool:
    """Whether "he is quitting", "she is leaving" follows: what somebody says of himself as decided, not "is hoping", "is confident"."""
    return bool(behind) and behind[0].endswith("ing") and behind[0] not in listed("hoping")


def of_another_time(title: Heading) -> bool:
    """As in "The broadcaster reports the boat was seen off Lenn": who says so now tells of what happened before."""
    content = _content(words_of(title.text, 0, len(title.text)))
    verb = first_verb(content)
    return verb is not None and content[verb].low not in _HAVE and tense(content[verb].low) == "past"


def _content(words: Sequence[Word]) -> Sequence[Word]:
    """What is said in a heading: the words behind "Hale says", "Hale has told the court that"; () if nobody says anything."""
    says = listed("said")
    at = next((k for k in range(1, len(words)) if words[k].low in says and words[k].form.islower()), None)
    before = first_verb(words[:at], 1) if at else None
    if at is None or (before is not None and words[before].low not in _HAVE):
        return ()
    rest = words[at + 1 :]
    that = next((k for k, word in enumerate(rest[:_HEARER]) if word.low in _THAT), -1)
    return rest[that + 1 :]


def _plain(verb: str) -> str:
    """The "should" of "shouldn’t"."""
    return verb[:-3] if verb.endswith(("n't", "n’t")) else verb


def _is_view(predicate: Sequence[Word]) -> bool:
    """Whether a predicate tells of a state, of what is to come, or of what ought to be."""
    first = _plain(predicate[0].low)
    state = first != "had" and stative(predicate)
    return state or first in listed("to_come", "permitted") or ongoing(predicate)
