"""The subject in the name of an institution or document: "Office on Drugs and Crime", "Convention against Torture".

A place, person or day after such a word is not part of the name: "a briefing to the Security Council on Syria".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from dossierkit.extract.lexicon import Lexicon
from dossierkit.extract.mentions.chunks import RunWord, written

ABOUT = frozenset({"on", "on the", "against"})
CONJUNCTIONS = frozenset({"and", "and the", "or", "&", ","})


def subject_at(parts: Sequence[RunWord]) -> int:
    """The index of the subject, or 0: only there a segment contains "on"."""
    return next((i for i, part in enumerate(parts) if i and part.link in ABOUT), 0)


def opens_subject(left: Sequence[RunWord], right: Sequence[RunWord], lexicon: Lexicon) -> bool:
    """Whether "on" continues the name; a well-known name ("Security Council") is complete without it."""
    if subject_at(left):
        return right[0].link == "against" and not _names_another(right, lexicon)
    if not _ends_in_head(left, lexicon) or _names_another(right, lexicon):
        return False
    return not any(written(left[first:]) in lexicon.known for first in range(len(left)))


def keeps_subject(right: Sequence[RunWord], lexicon: Lexicon) -> bool:
    """Whether "and" or "or" belongs to the subject: "Drugs and Crime", not "Drugs and Interpol"."""
    run = _run(right)
    institution = _ends_in_head(run, lexicon) or (len(run) > 1 and run[-1].text in lexicon.org_heads)
    return right[0].link != "and the" and not institution and not _names_another(right, lexicon)


def _ends_in_head(parts: Sequence[RunWord], lexicon: Lexicon) -> bool:
    return not lexicon.subject_heads.isdisjoint((parts[-1].text, written(parts[-2:])))


def _run(parts: Sequence[RunWord]) -> list[RunWord]:
    """The words up to the next "on" or "and"."""
    rest = takewhile(lambda part: part.link not in ABOUT and part.link not in CONJUNCTIONS, parts[1:])
    return [parts[0], *rest]


def _names_another(parts: Sequence[RunWord], lexicon: Lexicon) -> bool:
    """Whether the words are a day, a people, or the name of a place, person or group."""
    run = _run(parts)
    first = run[0].text
    if first[0].isdigit() or first in lexicon.calendar or all(p.text in lexicon.adjectives for p in run):
        return True
    return (
        _begins_person(run, lexicon)
        or first in lexicon.groups
        or _known(run, lexicon)
        or _placed(run, lexicon)
    )


def _begins_person(run: Sequence[RunWord], lexicon: Lexicon) -> bool:
    first = run[0].text
    titled = first in lexicon.titles and len(run) > 1 and not run[1].link
    return titled or first in lexicon.given or first in lexicon.courtesy


def _known(run: Sequence[RunWord], lexicon: Lexicon) -> bool:
    """A well-known name, an acronym, or a place before more words ("Syria Envoy"), except names that are also common words."""
    name = written(run)
    if name in lexicon.known or (len(run) == 1 and name.isupper() and name not in lexicon.openers):
        return True
    begun = [written(run[:size]) for size in range(1, len(run)) if not run[size].link]
    entries = (lexicon.known.get(form) for form in begun if form not in lexicon.weak_places)
    return any(entry is not None and entry.type == "place" for entry in entries)


def _placed(run: Sequence[RunWord], lexicon: Lexicon) -> bool:
    """As in "the Golan Heights", not in "the Law of the Sea"."""
    noun = [run[0], *takewhile(lambda part: not part.link, run[1:])]
    return len(noun) > 1 and noun[-1].text in lexicon.place_heads
