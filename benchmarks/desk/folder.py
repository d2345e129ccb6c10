"""A repository as `dossier add` leaves it, of any size, made from a seed: articles in which everything waits for a decision.

Each article has 14 names and 6 entries. Names are shared as in a newsroom's archive: a few stand in very many articles, most in
one or two; one in twenty is spelt otherwise now and then, so that there are twins.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from dossierkit.extract.propose import item_key
from dossierkit.model.page import SourceNote
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry
from dossierkit.store import proposal as proposals
from dossierkit.store.draft import Draft, write_draft
from dossierkit.store.seeds import digest
from dossierkit.text.fold import name_id
from dossierkit.workflow.proposing import templates

NAMES, ENTRIES = 14, 6
_FIRST = "Jan Mira Omar Lena Tariq Nadia Pavel Salma Viktor Yusra Ada Bruno Carla Dmitri Elif Farid Greta Hana Igor Jonas".split()
_LAST = "Holt Sayed Brandt Nasser Kovac Haddad Lindqvist Mansour Petrov Amari Moreau Keller Osei Tanaka Ruiz Varga".split()
_WHAT = "Council Institute Agency Ministry Company Union Press Court Foundation Bank".split()
_TYPES = ("person", "organization", "place")
_DID = "met refused signed left praised warned joined paid accused thanked".split()


def make(root: Path, articles: int) -> None:
    """Write the sources, proposals and pages below `root`, which has been made with `dossier init`."""
    chance = random.Random(articles)  # noqa: S311 -- measured text, no secret
    names = [_name(number, chance) for number in range(articles * 4)]
    weights = [1 / (rank + 3) for rank in range(len(names))]
    (root / "seeds").mkdir(exist_ok=True)
    for number in range(articles):
        chosen = dict.fromkeys(chance.choices(names, weights, k=NAMES * 3))
        _write(root, number, list(chosen)[:NAMES], chance)


def _name(number: int, chance: random.Random) -> tuple[str, str]:
    type_ = _TYPES[number % 3]
    last = f"{chance.choice(_LAST)}{_letters(number)}"
    if type_ == "person":
        return f"{chance.choice(_FIRST)} {last}", type_
    return (f"{last} {chance.choice(_WHAT)}" if type_ == "organization" else last), type_


def _letters(number: int) -> str:
    """A word ending for a number, so that names differ in letters as names do."""
    found = ""
    while number:
        number, rest = divmod(number, 20)
        found += "bcdfghjklmnpqrstvwxz"[rest] + "aeiou"[rest % 5]
    return found


def _write(root: Path, number: int, chosen: list[tuple[str, str]], chance: random.Random) -> None:
    sentences = list(_sentences(number, chosen, chance))
    title = f"Report {number} on the talks"
    body = "\n\n".join(
        " ".join(text for text, _ in sentences[at : at + 4]) for at in range(0, len(sentences), 4)
    )
    seed = f"seeds/report-{number}.txt"
    data = f"{title}\n\n{body}\n".encode()
    (root / seed).write_bytes(data)
    proposal = _proposal(body, chosen, sentences, chance)
    (root / f"seeds/report-{number}.suggested.yml").write_text(proposals.dump(proposal), encoding="utf-8")
    source = SourceNote(publisher="The Paper", file=seed, sha256=digest(data))
    draft = Draft(title, _date(number), "en", source, (), proposal, f"{body}\n")
    page = root / f"content/articles/{2010 + number % 10}/report-{number}.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(write_draft(draft, templates(root)), encoding="utf-8")


def _date(number: int) -> str:
    return f"{2010 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}"


def _sentences(
    number: int, chosen: list[tuple[str, str]], chance: random.Random
) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """Each name in a sentence of its own, with another behind it; the first ones with a date, which makes an entry."""
    for at, one in enumerate(chosen):
        other = chosen[(at + 1) % len(chosen)][0]
        when = f"On {1 + (number + at) % 28} May 2009 " if at < ENTRIES else ""
        yield (
            f"{when}{one[0]} {chance.choice(_DID)} {other} over matter {number} of {at}.",
            one if when else None,
        )


def _proposal(
    body: str,
    chosen: list[tuple[str, str]],
    sentences: list[tuple[str, tuple[str, str] | None]],
    chance: random.Random,
) -> Proposal:
    entities = tuple(_entity(body, name, type_, chance) for name, type_ in chosen)
    dated = [(text, one) for text, one in sentences if one]
    timeline = tuple(_entry(body, text, one, chance) for text, one in dated)
    keys = tuple(sorted({*(one.key for one in entities), *(one.key for one in timeline)}))
    return Proposal("benchmark", digest(body.encode()), entities, timeline, by_item=True, drafted=keys)


def _entity(body: str, name: str, type_: str, chance: random.Random) -> ProposedEntity:
    id_, at = name_id(name, type_), body.index(name)
    score = round(chance.uniform(0.7, 1), 2)
    return ProposedEntity(
        item_key("entity", id_), id_, name, type_, known=False, forms=(name,), mentions=2, start=at, end=at + len(name),
        quote=name, score=score, reason="a name by the model",
    )  # fmt: skip


def _entry(body: str, text: str, one: tuple[str, str], chance: random.Random) -> ProposedEntry:
    at, day = body.index(text), int(text.split()[1])
    date, heading = f"2009-05-{day:02}", text.split("2009 ")[1].rstrip(".")
    return ProposedEntry(
        item_key("entry", date, text), date, f"{day} May 2009", heading, text, "", "", (name_id(*one),), at, at + len(text),
        round(chance.uniform(0.6, 1), 2), "a date and a verb",
    )  # fmt: skip
