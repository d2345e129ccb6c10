"""Cut a name behind a plural possessive from its owner's: "Lenn Airlines' | Ada Moreau" (English)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dossierkit.extract.lexicon import lexicon
from dossierkit.model.finding import Mention

_OWNED = re.compile(r"(?:(?<=s)['’]|['’]s) (?=[A-Z])")
_WORD = re.compile(r" ([a-z]+)")
_NAME_LENGTHS = (2, 3)  # words of a person's name


def with_owners_apart(text: str, mention: Mention) -> Iterator[Mention]:
    """Both names, if a person is owned, or the owner stands alone elsewhere behind whose "s" there is only an apostrophe: not "Lenn Dockers' Union"."""
    owned = _OWNED.search(text, mention.start, mention.end) if mention.type == "organization" else None
    if owned is None:
        yield mention
        return
    owner, rest = text[mention.start : owned.start()], text[owned.end() : mention.end]
    somebody = _is_person(rest, _next_word(text, mention.end))
    plural = len(owned.group()) == len("' ")
    alone = plural and " " in owner and text.count(owner) > text.count(text[mention.start : owned.end()])
    if not (somebody or alone):
        yield mention
        return
    behind = mention.over(text, owned.end(), mention.end)
    yield mention.over(text, mention.start, owned.start())
    yield replace(behind, type="person") if somebody else behind


def _is_person(name: str, after: str) -> bool:
    """Whether it begins with a given name, or has two words and does what people do."""
    words, parts = lexicon(), name.split(" ")
    plain = all(part[:1].isupper() and not part.isupper() for part in parts)
    if (
        not plain
        or len(parts) not in _NAME_LENGTHS
        or not (words.org_heads | words.heads | words.legal).isdisjoint(parts)
    ):
        return False
    return parts[0] in words.given or (
        len(parts) == _NAME_LENGTHS[0] and after in words.person_after | {"reported"}
    )


def _next_word(text: str, end: int) -> str:
    word = _WORD.match(text, end)
    return word[1] if word else ""
