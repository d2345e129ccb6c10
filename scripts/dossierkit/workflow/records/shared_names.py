"""Distributes the names that one entity gets from another: aliases for names valid everywhere, others for the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dossierkit.evidence.candidates.core_names import is_acronym
from dossierkit.extract.lexicon import lexicon
from dossierkit.merge.page_items import Page
from dossierkit.model.record import Record
from dossierkit.text.fold import fold
from dossierkit.text.match import Matcher, uncovered

NameRank = tuple[bool, bool, bool, int, int, int]
_ARTICLE = re.compile(r"\A\w{1,3}[-‐‑'’](?=\w)")


@dataclass(frozen=True, slots=True)
class Shares:
    """`aliases`: forms to add to the record; `also`: forms for the article's page. The record covers the other forms already."""

    aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


def shared_out(page: Page, record: Record, forms: Iterable[str], records: Mapping[str, Record]) -> Shares:
    """Where each form goes, so that the page has the same mentions as before and no form is lost.

    A form becomes an alias if it is a full name, an acronym or a distinctive name, and no other record has it.
    """
    strong = [name.text for name in record.strong_names]
    taken = {
        fold(name.text) for other in records.values() if other.id != record.id for name in other.strong_names
    }
    aliases: list[str] = []
    for form in sorted(dict.fromkeys(forms), key=lambda one: (-len(one.split()), one)):
        known = {fold(name) for name in (*strong, *aliases)}
        if fold(form) not in known and fold(form) not in taken and is_everyones(form, record.type):
            aliases.append(form)
    covering = [*strong, *aliases]
    if Matcher([(name, 0) for name in covering]).find(page.readable):
        covering += [name.text for name in record.weak_aliases]
    return Shares(tuple(aliases), uncovered(forms, covering))


def rank(name: str, type_: str, articles: int) -> NameRank:
    """The rank of a name among those of one entity: a written-out full name first; of such names the one that more articles
    use, then the longest.
    """
    words = name.split()
    whole = all(len(word.strip(".")) > 1 for word in words)
    return not is_acronym(name), is_everyones(name, type_), whole, articles, len(words), len(name)


def is_everyones(form: str, type_: str) -> bool:
    """Whether a form means the entity in any article: "Ada Moreau", not "Moreau"; "EU", not "the Ministry".

    Articles written with a hyphen or apostrophe are part of a name: "al-Sidiq al-Sour", "al-Shabaab".
    """
    words = form.split()
    if type_ == "person":
        return len(words) > 1 and not _is_lower(words[0])
    common = lexicon().no_names | lexicon().heads
    return not _is_lower(words[0]) and not all(
        word in common or word.islower() or word in ("The", "A", "An") for word in words
    )


def _is_lower(word: str) -> bool:
    """Whether a word has a small first letter, after its article; letters of scripts without capitals are not small."""
    return _ARTICLE.sub("", word)[:1].islower()
