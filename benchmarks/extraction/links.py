"""How many links to records of the starter packs mean what the gold data say.

usage: links.py [--wrong] [--open]

From the environment: DOSSIERKIT_GOLD, the folder with the gold data (gum_news.jsonl, gum_other.jsonl, meantime.jsonl, whose mentions
have addresses in Wikipedia). Every document becomes a page as `dossier add` writes it with all packs, without a review; what counts is
what a reader finds linked in its text. Right is a link on a mention whose article in Wikipedia has a name of the record as its title. The others
have been read by hand, and links.yml says of each whether it is right; a link that it does not have is open. --wrong and --open print those, with what
stands around them.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml
from gold import Row, read

from dossierkit.evidence.candidates.settle import Settler, settler
from dossierkit.evidence.gathering import bearers
from dossierkit.extract.authority import Authority, build
from dossierkit.extract.names.installed import installed
from dossierkit.extract.pipeline import extract
from dossierkit.extract.propose import propose
from dossierkit.model.page import EntityRef
from dossierkit.model.record import Record
from dossierkit.model.source import Article
from dossierkit.store import packs
from dossierkit.text import data
from dossierkit.text.fold import fold
from dossierkit.text.named import named
from dossierkit.workflow.records import pack

FILES = ("gum_news", "gum_other", "meantime")
_JUDGED = Path(__file__).with_name("links.yml")
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Link:
    """One linked name of a document: offsets in code points, half open. `verdict`: gold (right by it), right, wrong or open."""

    document: str
    start: int
    text: str
    record: str
    around: str
    verdict: str


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--open", action="store_true")
    given = parser.parse_args()
    gold = os.environ.get("DOSSIERKIT_GOLD")
    if not gold or not Path(gold).is_dir():
        sys.exit("links: DOSSIERKIT_GOLD does not name the folder with the gold data")
    judged: Mapping[str, Any] = yaml.safe_load(_JUDGED.read_text(encoding="utf-8"))
    links = list(_links(Path(gold), judged))
    for link in links:
        if (given.wrong and link.verdict == "wrong") or (given.open and link.verdict == "open"):
            print(f"{link.verdict}: {link.document}:{link.start} {link.record}: {link.around}")
    count = Counter(link.verdict for link in links)
    share = count["wrong"] / len(links)
    print(
        f"{len(links)} links: {count['gold']} right by the gold, {count['right']} as read by hand, "
        f"{count['wrong']} wrong ({share:.1%}), {count['open']} open"
    )


def _links(gold: Path, judged: Mapping[str, Any]) -> Iterator[Link]:
    records = _records()
    authority, settle = build(records.values()), settler(records, ())
    for name in FILES:
        for row in read(gold / f"{name}.jsonl"):
            yield from _of_document(row, records, authority, settle, judged.get(row["id"], {}))


def _records() -> Mapping[str, Record]:
    """The records of all packs, as a repository that uses them has them."""
    with tempfile.TemporaryDirectory() as folder:
        for name in data.packs():
            file = Path(folder, packs.path_of(name))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(data.pack(name), encoding="utf-8")
        records, _ = pack.authority(Path(folder))
    return records


def _of_document(
    row: Row, records: Mapping[str, Record], authority: Authority, settle: Settler, judged: Mapping[str, Any]
) -> Iterator[Link]:
    article = Article(row["id"], row["text"], published=row.get("published"), lang="en")
    proposal = settle(article, propose(article, extract(article, authority, installed()), authority))
    listed = [
        EntityRef(one.entity, one.also, name="" if one.known else one.name, type=one.type)
        for one in proposal.entities
    ]
    known = {one.entity for one in proposal.entities if one.known}
    for start, end, record in named(article.text, article.title, bearers(listed, records)).spans:
        if record in known:
            by_gold = _title(row, start, end) in {fold(name) for name in records[record].names}
            verdict = "gold" if by_gold else _judged(judged, record, start)
            around = " ".join(article.text[max(0, start - _AROUND) : end + _AROUND].split())
            yield Link(row["id"], start, article.text[start:end], record, around, verdict)


def _judged(judged: Mapping[str, Any], record: str, start: int) -> str:
    return next((verdict for verdict, links in judged.items() if start in links.get(record, ())), "open")


def _title(row: Row, start: int, end: int) -> str:
    """The title in Wikipedia, folded, of the shortest mention of the gold around a name; empty without one."""
    over = [one for one in row["entities"] if one["start"] <= start and end <= one["end"]]
    mention = min(over, key=lambda one: (one["end"] - one["start"], not one.get("link")), default=None)
    link = (mention or {}).get("link") or ""
    return fold(unquote(link.strip().rpartition("/")[2]).replace("_", " "))


if __name__ == "__main__":
    main()
