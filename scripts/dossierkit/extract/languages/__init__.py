"""Languages that the extractor has rules for, a folder each: here, or brought by another package.

English has no folder: its rules are the extractor's own. What every folder may hold is in docs/how-to/extend.md.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from dossierkit.model.extension import LANGUAGES, brought
from dossierkit.model.finding import Mention, Sentence
from dossierkit.text.data import beside

FindNames = Callable[[str, Sequence[Sentence], Sequence[Mention]], list[Mention]]
"""(text, sentences, names of the lists) -> mentions in text order, none overlapping."""
_ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """What extraction knows of one language alone. `package`: the folder whose YAML files are read.

    `find_names`: rules for names, which the network may also find without. `tense` tells "past", "future", "present" or "" of a sentence
    without what it quotes; without it, the words of `verbs.yml` do.
    """

    package: str
    find_names: FindNames | None = None
    tense: Callable[[str], str] | None = None

    def facts(self, name: str) -> Any:  # noqa: ANN401 - each file has its own shape, stated in its head
        """The file `<name>.yml` of the folder, shared: callers must not change it; {} where there is none."""
        return beside(self.package, name)


@cache
def languages() -> tuple[str, ...]:
    """The primary subtags (BCP 47) of the languages with rules, sorted. Raises ExtensionError."""
    return tuple(sorted((*_built_in(), *_brought())))


@cache
def language(lang: str) -> Language | None:
    """The rules for a primary subtag; None where there are none. Raises ExtensionError."""
    if lang in _built_in():
        found: Language = import_module(f"{__name__}.{lang}").LANGUAGE
        return found
    return _brought().get(lang)


@cache
def _built_in() -> frozenset[str]:
    return frozenset(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)


def _brought() -> dict[str, Language]:
    return dict(brought(LANGUAGES, Language, _built_in() | {_ENGLISH}))
