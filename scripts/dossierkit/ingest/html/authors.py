"""Authors of a page as metadata and trafilatura name them, without what is no name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossierkit.ingest.html.address import is_house
from dossierkit.ingest.html.byline import is_byline, is_label, near_title, without_by
from dossierkit.ingest.html.lines import PageLine
from dossierkit.ingest.html.metadata import PageFacts
from dossierkit.ingest.html.parts import is_of_comments, words_of
from dossierkit.text.unspaced import is_unspaced

_AND = re.compile(r",? and ")
_WORDS_OF_A_NAME = range(2, 5)
_ADDRESS = re.compile(r"https?:|www\.|@")


def stated(author: str, publisher: str, url: str = "") -> str:
    """Authors in metadata, divided by commas; the publisher behind them is none of them."""
    names = [name for part in author.split(", ") for name in _divided(part)]
    if len(names) > 1 and is_house(names[-1], publisher, url):
        names = names[:-1]
    whole = _without_end(", ".join(map(_without_role, map(without_by, names))), publisher)
    return "" if whole.casefold() in words_of("no_names") else whole


def _without_role(name: str) -> str:
    """A name of two words or more without the role behind it."""
    pieces = name.split()
    roles = (at for at, one in enumerate(pieces) if one.casefold() in words_of("role_words"))
    at = next((at for at in roles if at and not pieces[at - 1].endswith(".")), 0)  # a name behind an initial
    kept = " ".join(pieces[:at] if at > 1 else pieces)
    return kept.title() if at > 1 and kept.isupper() else kept


def _without_end(names: str, publisher: str) -> str:
    """Names without the publisher's in a second line of the byline."""
    there = len(names) > len(publisher) + 1 and names.casefold().endswith(f" {publisher.casefold()}")
    return names[: -len(publisher)].rstrip(" ,|") if publisher and there else names


def _divided(part: str) -> Iterator[str]:
    """“A and B” as two names, where both look like names of people."""
    names = [one for one in _AND.split(part.removeprefix("and ")) if one]
    named = all(len(one.split()) in _WORDS_OF_A_NAME and one.istitle() for one in names)
    yield from names if named else [part.removeprefix("and ")]


def supported(names: str, creators: str, lines: Sequence[PageLine], title: str) -> bool:
    """Whether the first of guessed authors stands in metadata (`creators`), near the title, or in a line made for authors."""
    name = names.partition(", ")[0].casefold()
    near = near_title(lines, title)
    there = [line for line in lines if name in line.text.casefold() and not is_of_comments(line.names)]
    return name in creators.casefold() or any(
        line in near or is_byline(line.text) or line.names & words_of("author_parts") for line in there
    )


def guessed(author: str, declared: PageFacts, lines: Sequence[PageLine], publisher: str, url: str) -> str:
    """Trafilatura's authors as the page writes them; else the meta element `author`, in scripts without spaces, of which trafilatura
    takes none. The house is no author.
    """
    lang, meta = declared.lang, declared.author_meta
    names = (without_by(name.strip()) for name in re.split(r"[;,] ", author) if name.strip())
    people = [name for name in names if not is_label(name, lang) and not is_house(name, publisher, url)]
    kept = ", ".join(_written(name, lines) for name in people if _is_shown(name, declared.creators, lines))
    own = meta if any(map(is_unspaced, meta)) and not _ADDRESS.search(meta) else ""
    return kept or own


def _is_shown(name: str, creators: str, lines: Sequence[PageLine]) -> bool:
    """Whether a page has a name as it stands, and not only its words in different places or in a comment."""
    folded = name.casefold()
    return folded in creators.casefold() or any(
        folded in line.text.casefold() and not is_of_comments(line.names) for line in lines
    )


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
