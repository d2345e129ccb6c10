"""Find further mentions from those found: the same form, surnames, acronyms, short forms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from dossierkit.extract.forms import bare, short_forms, surnames
from dossierkit.extract.legal import is_company
from dossierkit.extract.lexicon import lexicon
from dossierkit.extract.mentions.acronyms import bodies, defined
from dossierkit.model.finding import Mention
from dossierkit.text.match import Matcher

_SPREADS = ("person", "organization", "place", "product")
EXPLAINED = "explained acronym"
_SURE = 0.55
_FADE = 0.9
_BEFORE_NUMBER = re.compile(
    r"(?:\b(?:[Tt]he|[Ii]ts|[Aa]n?|[Nn]ew|first|final|last|their|our|range|[A-Z]\w+)) $"
)


def explained(text: str, laid: Iterable[Mention]) -> list[Mention]:
    """Long forms and acronyms that the text explains; both organisations unless the long form's type is known."""
    laid = list(laid)
    types = {(mention.start, mention.end): mention.type for mention in laid}
    found: list[Mention] = []
    for long, short in defined(text, bodies(laid)):
        type_ = types.get(long) or "organization"
        if type_ not in ("organization", "document", "event", "place"):
            type_ = "organization"
        found.append(Mention(*long, text[slice(*long)], type_, 0.85, EXPLAINED))
        found.append(Mention(*short, text[slice(*short)], type_, 0.85, EXPLAINED))
    return found


def spread(text: str, laid: Iterable[Mention], small: frozenset[str], *, capitals: bool) -> list[Mention]:
    """Further occurrences of the names found and of their short forms. `capitals`: also in capital letters."""
    forms: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for mention in laid:
        if mention.type in _SPREADS and mention.score >= _SURE:
            for form, share in _stand_ins(mention, small):
                types = forms[form]
                types[mention.type] = types.get(mention.type, 0.0) + mention.score * share
    if capitals:
        for form in [form for form in forms if len(form) > 3]:
            forms.setdefault(form.upper(), forms[form])
    chosen = {form: min(types, key=lambda t: (-types[t], t)) for form, types in forms.items()}
    matcher = Matcher(chosen.items())
    return [
        Mention(
            start,
            end,
            text[start:end],
            type_,
            round(min(0.9, forms_score(forms, text[start:end])), 3),
            "named elsewhere",
        )
        for start, end, type_ in matcher.find(text)
        if _may_mean(text, start, text[start:end])
    ]


def forms_score(forms: dict[str, dict[str, float]], form: str) -> float:
    types = forms.get(form)
    return max(types.values()) * _FADE if types else 0.6


def _stand_ins(mention: Mention, small: frozenset[str]) -> Iterator[tuple[str, float]]:
    """(short form, factor by which its score is reduced)."""
    name = bare(mention.text, mention.type)
    if len(name) > 2 or name.isupper():
        yield name, 1.0
    if mention.type == "person":
        yield from ((form, 0.9) for form in surnames(name) if _distinct(form, small))
    if mention.type == "person" and " " in name:
        first = name.split(" ", 1)[0]
        if first in lexicon().given and _distinct(first, small):
            yield first, 0.7
    elif mention.type == "organization":
        yield from ((form, 0.8) for form in short_forms(name) if _distinct(form, small))
        yield from ((form, 0.7) for form in _first_word(mention.text, name) if _distinct(form, small))


def _first_word(form: str, name: str) -> tuple[str, ...]:
    """As "Delmora" for "Delmora Shipping Ltd": the first word of a company's name, if it is not a common word."""
    words, first = lexicon(), name.split(" ", 1)[0]
    company = is_company(form) or form.rsplit(" ", 1)[-1].lower() in words.generic
    coined = first not in words.heads and first not in words.given and len(first) > 4 and first.isalpha()
    return (first,) if company and coined and first != name else ()


def _may_mean(text: str, start: int, form: str) -> bool:
    """Whether a short form may be used here; a bare number only after a word like "the" or a name."""
    return not form[:1].isdigit() or _BEFORE_NUMBER.search(text, max(0, start - 30), start) is not None


def _distinct(form: str, small: frozenset[str]) -> bool:
    """Whether a short form is unlikely to mean anything else."""
    words = lexicon()
    last = form.rsplit(" ", 1)[-1]
    return (
        len(last) > 2
        and last[0].isupper()
        and form not in words.known
        and not any(
            form in kind
            for kind in (words.adjectives, words.openers, words.soft, words.calendar, words.title_words)
        )
        and last.lower() not in small
    )
