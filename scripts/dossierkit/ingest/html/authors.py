"""Authors of a page as metadata and trafilatura name them, without what is no name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossierkit.ingest.html.byline import is_label, without_by
from dossierkit.ingest.html.lines import PageLine
from dossierkit.text.unspaced import is_unspaced

_AND = re.compile(r",? and ")
_WORDS_OF_A_NAME = range(2, 5)
_ADDRESS = re.compile(r"https?:|www\.|@")


def stated(author: str, publisher: str) -> str:
    """Authors in metadata, divided by commas; the publisher behind them is none of them."""
    names = [name for part in author.split(", ") for name in _divided(part)]
    if len(names) > 1 and names[-1].casefold() == publisher.casefold():
        names = names[:-1]
    return _without_end(", ".join(names), publisher)


def _without_end(names: str, publisher: str) -> str:
    """Names without the publisher's in a second line of the byline."""
    there = len(names) > len(publisher) + 1 and names.casefold().endswith(f" {publisher.casefold()}")
    return names[: -len(publisher)].rstrip(" ,|") if publisher and there else names


def _divided(part: str) -> Iterator[str]:
    """“A and B” as two names, where both look like names of people."""
    names = [one for one in _AND.split(part.removeprefix("and ")) if one]
    named = all(len(one.split()) in _WORDS_OF_A_NAME and one.istitle() for one in names)
    yield from names if named else [part.removeprefix("and ")]


def guessed(author: str, meta: str, lines: Sequence[PageLine], lang: str) -> str:
    """Trafilatura's authors as the page writes them; else the meta element `author`, in scripts without spaces, of which trafilatura
    takes none.
    """
    names = (without_by(name.strip()) for name in re.split(r"[;,] ", author) if name.strip())
    kept = ", ".join(_written(name, lines) for name in names if not is_label(name, lang))
    own = meta if any(map(is_unspaced, meta)) and not _ADDRESS.search(meta) else ""
    return kept or own


def _written(name: str, lines: Sequence[PageLine]) -> str:
    """A name in capitals as words; the name of an account, of which trafilatura makes a capital first, as the page has it."""
    if name.isupper() and " " in name:
        return name.title()
    if " " in name:
        return name
    folded = name.casefold()
    found = next((line.text for line in lines if folded in line.text.casefold()), "")
    at = found.casefold().find(folded)
    return (
        found[at : at + len(name)]
        if found and name not in found and len(found) == len(found.casefold())
        else name
    )
