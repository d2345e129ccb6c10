"""Names that may belong to one entity but were not joined: questions for an editor."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from dossierkit.extract.authority import Authority
from dossierkit.extract.forms import bare, surnames
from dossierkit.extract.lexicon import lexicon
from dossierkit.extract.skeleton import name_skeleton
from dossierkit.model.finding import Extraction, Mention
from dossierkit.model.proposal import Question
from dossierkit.text.fold import fold

_MOST = 40
_MOST_RECORDS = 5  # of dozens of parliaments nobody chooses
_Near = tuple[Mention, str, tuple[str, ...], str]


def doubts(text: str, extraction: Extraction, authority: Authority) -> Iterator[Question]:
    """At most 40 questions, in text order, at most one for each name."""
    lines = {sentence.start: text[sentence.start : sentence.end] for sentence in extraction.sentences}
    starts = sorted(lines)
    asked: set[str] = set()
    for mention, words, candidates, form in _near(extraction, authority):
        question = f"{mention.entity}|{','.join(candidates)}"
        if question not in asked and len(asked) < _MOST:
            asked.add(question)
            quote = lines[_line(starts, mention.start)]
            key = "q-" + "-".join((fold(mention.text).replace(" ", "-"), *candidates))
            yield Question(key, words, candidates, quote, form)


def _line(starts: list[int], offset: int) -> int:
    return starts[max(0, bisect_right(starts, offset) - 1)]


def _near(extraction: Extraction, authority: Authority) -> Iterator[_Near]:
    """(mention, question, ids, form), for forms that were joined to none of the ids."""
    people = _people(extraction)
    for mention in _first_mentions(extraction):
        name = bare(mention.text, mention.type)
        if mention.reason.startswith("name of several records: "):
            ids = tuple(mention.reason.removeprefix("name of several records: ").split(";")[0].split(", "))
            yield mention, f"Which of these is “{mention.text}”?", ids, mention.text
        elif mention.entity not in authority.records:
            known = _perhaps(mention, name, authority)
            if 0 < len(known) <= _MOST_RECORDS:
                yield mention, f"Is “{mention.text}” one of these records?", known, ""
            full = people.get(fold(name), ())
            if len(full) > 1:
                yield mention, f"Which of these people is “{mention.text}”?", full, name


def _perhaps(mention: Mention, name: str, authority: Authority) -> tuple[str, ...]:
    """Records that may be meant. Not asked: what a people is called, whether somebody is a place, and a capital whose country the article
    does not name, since most bearers of its name are other places.
    """
    if name in lexicon().adjectives or name in lexicon().demonyms:
        return ()
    known = tuple(
        id_
        for id_ in authority.by_weak_alias.get(fold(name), ())
        if mention.type != "person" or authority.records[id_].type == "person"
        if mention.type != "place" or id_ not in authority.country_of
    )
    return known or authority.by_skeleton.get(name_skeleton(fold(name)), ())


def _first_mentions(extraction: Extraction) -> Iterator[Mention]:
    seen: set[str] = set()
    for mention in extraction.mentions:
        if mention.text not in seen:
            seen.add(mention.text)
            yield mention


def _people(extraction: Extraction) -> dict[str, tuple[str, ...]]:
    """Ids of the article's people by the short forms of their full names."""
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for mention in extraction.mentions:
        name = bare(mention.text, mention.type)
        if mention.type == "person" and " " in name:
            for form in (*surnames(name), name.split(" ")[0]):
                if mention.entity not in forms[fold(form)]:
                    forms[fold(form)].append(mention.entity)
    return {form: tuple(ids) for form, ids in forms.items()}
