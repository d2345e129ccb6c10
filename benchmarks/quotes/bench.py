"""Invented quotes against `dossier propose`: how many of each kind get in, how many true ones are kept out, and why.

    python benchmarks/quotes/bench.py --each 1000

From the articles of a repository (by default this one's demo) quotes are made that no article has: altered by one word,
spliced of two places, translated word by word, shifted so that they cut words, with a letter of another alphabet, or taken
from another article. Each is sent as an entry through the same function as the command, as a dry run. The exit code is 1
where one of them is taken, or a true one refused.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dossierkit.evidence.plain_text import plain_text
from dossierkit.model.submission import Acceptance, Answer
from dossierkit.store.content import load_content
from dossierkit.store.submissions import read
from dossierkit.text.quote import FoldedText, fold_spaces, locate
from dossierkit.workflow.submitting.submit import run

_MAKER = {"name": "benchmark", "version": "1"}
_EVER = "1000/3000"  # any date is within it: the words alone are tried here
_SAME_LOOK = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "y": "у", "i": "і"}
_FRENCH = {
    "the": "le", "of": "de", "and": "et", "in": "dans", "to": "à", "a": "un", "on": "sur", "was": "était", "had": "avait",
    "said": "a dit", "by": "par", "that": "que", "for": "pour", "with": "avec", "is": "est", "from": "depuis", "it": "il",
}  # fmt: skip
_PARAGRAPH = re.compile(r"\n\s*\n")
_MOST_TRIES = 200


@dataclass(frozen=True)
class Source:
    """An article: its id, its text as it is compared, and the words of each paragraph."""

    id: str
    text: FoldedText
    paragraphs: tuple[tuple[str, ...], ...]

    def has(self, quote: str) -> int:
        return len(locate(self.text, quote))


def sources(root: Path) -> list[Source]:
    """The articles that take proposals and are long enough to quote."""
    content, _ = load_content(root / "content", root)
    found = []
    for page in content.articles.values():
        if page.source.file and page.status != "withdrawn":
            text = plain_text(page.body)
            paragraphs = (tuple(part.split()) for part in _PARAGRAPH.split(text))
            long = tuple(one for one in paragraphs if len(one) > 12)
            found += [Source(page.id, fold_spaces(text), long)] if long else []
    return found


def _piece(source: Source, chance: random.Random, least: int = 5, most: int = 20) -> list[str]:
    words = chance.choice(source.paragraphs)
    length = chance.randint(least, min(most, len(words)))
    start = chance.randint(0, len(words) - length)
    return list(words[start : start + length])


def _true(source: Source, _: list[Source], chance: random.Random) -> str:
    return " ".join(_piece(source, chance))


def _altered(source: Source, every: list[Source], chance: random.Random) -> str:
    words = _piece(source, chance)
    words[chance.randrange(len(words))] = chance.choice(chance.choice(chance.choice(every).paragraphs))
    return " ".join(words)


def _spliced(source: Source, _: list[Source], chance: random.Random) -> str:
    return " ".join([*_piece(source, chance, 3, 8), *_piece(source, chance, 3, 8)])


def _translated(source: Source, _: list[Source], chance: random.Random) -> str:
    return " ".join(_FRENCH.get(word.lower(), word) for word in _piece(source, chance))


def _shifted(source: Source, _: list[Source], chance: random.Random) -> str:
    quote = " ".join(_piece(source, chance))
    return quote[chance.randint(1, 3) : len(quote) - chance.randint(1, 3)].strip()


def _homoglyph(source: Source, _: list[Source], chance: random.Random) -> str:
    quote = " ".join(_piece(source, chance))
    places = [at for at, char in enumerate(quote) if char in _SAME_LOOK]
    if not places:
        return quote
    at = chance.choice(places)
    return quote[:at] + _SAME_LOOK[quote[at]] + quote[at + 1 :]


def _of_another(source: Source, every: list[Source], chance: random.Random) -> str:
    other = chance.choice([one for one in every if one.id != source.id])
    return " ".join(_piece(other, chance))


Make = Callable[[Source, list[Source], random.Random], str]
INVENTED: Mapping[str, Make] = {
    "altered": _altered,
    "spliced": _spliced,
    "translated": _translated,
    "shifted": _shifted,
    "homoglyph": _homoglyph,
    "wrong article": _of_another,
}


def _quotes(make: Make, places: int, every: list[Source], each: int, chance: random.Random) -> Iterator[dict]:
    """`each` entries whose quotes stand in their article that often. Raises RuntimeError where none can be made."""
    for _ in range(each):
        for _ in range(_MOST_TRIES):
            source = chance.choice(every)
            quote = make(source, every, chance)
            if quote and source.has(quote) == places:
                break
        else:
            raise RuntimeError(f"no quotes of the kind {make.__name__} can be made of these articles")
        said = {"article": source.id, "maker": _MAKER, "kind": "entry", "date": _EVER, "text": "x"}
        yield {**said, "quote": quote}


def tried(root: Path, each: int, seed: int) -> dict[str, list[Answer]]:
    """The answers by kind; "true" are quotes that stand once in their article."""
    every, chance = sources(root), random.Random(seed)  # noqa: S311 -- the same quotes each time
    kinds = {"true": (_true, 1), **{name: (make, 0) for name, make in INVENTED.items()}}
    found: dict[str, list[Answer]] = {}
    for name, (make, places) in kinds.items():
        sent = [json.dumps(one) for one in _quotes(make, places, every, each, chance)]
        found[name] = list(run(root, read("\n".join(sent)), dry_run=True))
    return found


def _reason(answer: Answer) -> str:
    if isinstance(answer, Acceptance):
        return "taken"
    if answer.code != "D201":
        return answer.code
    why = answer.why.removeprefix("the quote is not in the article's text: ")
    return "it is in another article" if why.startswith("it is in") else why


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    parser.add_argument("--each", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found = tried(given.root, given.each, given.seed)
    print("| kind | sent | taken | nearest words offered | reasons |")
    print("|---|---|---|---|---|")
    wrong = 0
    for name, answers in found.items():
        taken = sum(isinstance(one, Acceptance) for one in answers)
        wrong += len(answers) - taken if name == "true" else taken
        near = sum(getattr(one, "nearest", None) is not None for one in answers)
        reasons = Counter(_reason(one) for one in answers if not isinstance(one, Acceptance))
        told = "; ".join(f"{count} {why}" for why, count in reasons.most_common())
        print(f"| {name} | {len(answers)} | {taken} | {near} | {told} |")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
