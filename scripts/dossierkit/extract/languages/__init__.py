"""Languages with extraction rules, one folder each, here or in another package.

English has no folder: its rules are in `mentions` and `headings`. docs/how-to/extend.md describes the files of a folder.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, wraps
from importlib import import_module
from typing import Any, TypeVar

from dossierkit.model.extension import LANGUAGES, brought, guarded, wrong
from dossierkit.model.finding import Mention, Sentence
from dossierkit.model.record import ENTITY_TYPES
from dossierkit.text.data import beside

FindNames = Callable[[str, Sequence[Sentence], Sequence[Mention]], list[Mention]]
"""(text, sentences, names of the lists) -> mentions in text order, none overlapping."""
_ENGLISH = "en"
_TYPES = f"expected is one of {', '.join(ENTITY_TYPES)}"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Language:
    """What extraction needs for one language.

    `package`: the folder with its YAML files. `find_names`: rules for names, which the network may also find without them.
    `tense`: returns "past", "future", "present" or "" for a sentence without its quotations; if None, the words of
    `verbs.yml` decide.
    """

    package: str
    find_names: FindNames | None = None
    tense: Callable[[str], str] | None = None

    def facts(self, name: str) -> Any:  # noqa: ANN401 - each file has its own shape, stated in its head
        """The file `<name>.yml` of the folder, {} if there is none. The result is shared: do not change it."""
        return beside(self.package, name)


@cache
def languages() -> tuple[str, ...]:
    """The primary subtags (BCP 47) of the languages with rules, sorted. Raises ExtensionError."""
    return tuple(sorted((*_built_in(), *_brought())))


@cache
def language(lang: str) -> Language | None:
    """The rules for a primary subtag (BCP 47), or None. Raises ExtensionError."""
    if lang in _built_in():
        found: Language = import_module(f"{__name__}.{lang}").LANGUAGE
        return found
    return _brought().get(lang)


@cache
def _built_in() -> frozenset[str]:
    return frozenset(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)


def from_files(make: Callable[[str], T]) -> Callable[[str], T]:
    """A function that reads the files of a language (primary subtag): whatever fails is told as an error of the language's package."""

    @wraps(make)
    def made(lang: str) -> T:
        return guarded(LANGUAGES, lang, make)(lang) if lang in _brought() else make(lang)

    return made


def _checked_names(lang: str, find_names: FindNames) -> FindNames:
    """The rules of another package. Raises ExtensionError, also for what the extractor cannot use."""

    def found(text: str, sentences: Sequence[Sentence], known: Sequence[Mention]) -> list[Mention]:
        names = list(find_names(text, sentences, known))
        end = 0
        for one in names:
            if not isinstance(one, Mention):
                raise wrong(LANGUAGES, lang, f"finds {type(one).__name__} and not Mention")
            if not end <= one.start < one.end <= len(text):
                place = f"from {one.start} to {one.end}, where expected is a span after {end} of a text of {len(text)}"
                raise wrong(LANGUAGES, lang, f"finds “{one.text}” {place} (`lay` parts names that overlap)")
            if one.type not in ENTITY_TYPES:
                raise wrong(LANGUAGES, lang, f"finds “{one.text}” of the type `{one.type}`: {_TYPES}")
            end = one.end
        return names

    return guarded(LANGUAGES, lang, found)


@cache
def _brought() -> dict[str, Language]:
    return {
        lang: replace(
            one,
            find_names=one.find_names and _checked_names(lang, one.find_names),
            tense=one.tense and guarded(LANGUAGES, lang, one.tense),
        )
        for lang, one in brought(LANGUAGES, Language, _built_in() | {_ENGLISH}).items()
    }
