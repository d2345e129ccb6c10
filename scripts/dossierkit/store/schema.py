"""The keys of every kind of page, from data/schema.yml: the reader validates against them, and the reference page is generated from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from math import inf
from typing import Any, Literal

from dossierkit.model.page import DATED_BY, STATUSES
from dossierkit.model.record import ENTITY_TYPES, PRECISIONS
from dossierkit.text.data import load
from dossierkit.text.recordfacts import FactProperty, article_facts, entry_facts, fact_properties


@dataclass(frozen=True, slots=True)
class Key:
    """One front-matter key.

    `kind`: text | slug (lower-case a-z, 0-9, single hyphens) | edtf | instant | flag | number | choice | texts (a list of
    strings; one string is a list of one) | mapping (keys in `of`) | items (a list of mappings; a plain string is the value of
    the key named in `short`). `form`: the form of a text: language (a BCP 47 tag) | seed (a path below seeds/) | template (a
    path without `..`) | media (a path below media/) | medium (a path below media/, or an address) | address (http or https) |
    orcid | id (of a page). `least`, `most`: the range of a number, both included. `either`: an item has all keys of just one of these groups.
    `by`: who gives the value first, which decides how it is handled. editor: a person, in the page. source: the source, or its
    curator in `NAME.yml`; an update merges it into the page. extractor: a proposal, which an update merges into the page.
    command: a command; no form shows it.
    """

    name: str
    kind: str
    doc: str
    required: bool = False
    choices: tuple[str, ...] = ()
    of: tuple[Key, ...] = ()
    short: str = ""
    form: str = ""
    least: float = -inf
    most: float = inf
    either: tuple[tuple[str, ...], ...] = ()
    by: Literal["editor", "source", "extractor", "command"] = "editor"

    @property
    def single(self) -> bool:
        """Whether it has one plain value."""
        return self.kind not in {"texts", "mapping", "items"}


def names(keys: Iterable[Key], *by: str) -> tuple[str, ...]:
    """The names of the keys, in order; `by`: only keys whose values these give first."""
    return tuple(key.name for key in keys if not by or key.by in by)


def before(keys: Iterable[Key], name: str) -> tuple[str, ...]:
    """The names of the keys that precede the key `name` in a page."""
    return tuple(key.name for key in takewhile(lambda key: key.name != name, keys))


def single(keys: Iterable[Key]) -> tuple[str, ...]:
    """The names of the keys with one plain value, the page's status first."""
    return tuple(sorted((key.name for key in keys if key.single), key=lambda name: name != "status"))


def _keys(listed: Mapping[str, Any]) -> tuple[Key, ...]:
    """The keys of a list of data/schema.yml."""
    return tuple(key for name, given in listed.items() for key in _each(name, given))


def _each(name: str, given: Any) -> Iterator[Key]:  # noqa: ANN401 -- as the file has it
    match name:
        case "facts":
            yield from (_fact(fact, given) for fact in _FACTS[given]().values())
        case "more":
            yield from (key for listed in given for key in _keys(listed))
        case _:
            choices = given.get("choices", ())
            own = {
                "of": _keys(given.get("of", {})),
                "choices": _CHOICES[choices] if isinstance(choices, str) else tuple(choices),
                "either": tuple(map(tuple, given.get("either", ()))),
            }
            yield Key(name, **{**given, **own})


def _fact(fact: FactProperty, of: str) -> Key:
    """The key of a fact of data/facts.yml."""
    kind, form = ("text", "address") if fact.kind == "address" else (fact.kind, "")
    return Key(fact.name, kind, fact.about, form=form, by="source" if of == "article" else "editor")


_FACTS = {"article": article_facts, "entry": entry_facts, "record": fact_properties}
_CHOICES = {
    "dated_by": DATED_BY,
    "entity_types": ENTITY_TYPES,
    "precisions": PRECISIONS,
    "statuses": STATUSES,
}
_LISTS = load("schema")

SOURCE = _keys(_LISTS["source"])
"""The keys of an article's `source`, in the order of pages."""
ENTRY = _keys(_LISTS["entry"])
"""The keys of an entry of an article's `timeline`, in the order of pages."""
ARTICLE = _keys(_LISTS["article"])
RELATION = _keys(_LISTS["relation"])
RECORD = _keys(_LISTS["record"])
DOSSIER = _keys(_LISTS["dossier"])
PASSED_ON = _keys(_LISTS["passed_on"])
"""Keys that only the engine and the theme read; checked only as far as a value could make a build fail."""
IMAGE, *_ = _keys(_LISTS["shown"])
LEAD = (IMAGE,)
"""The keys of the site's own pages (`content/index.md`) that Dossierkit reads."""

KINDS = {"articles": ARTICLE, "entities": RECORD, "dossiers": DOSSIER}
