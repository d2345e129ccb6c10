"""Feeds: feedparser (Atom, RSS) and feedsmith (JSON Feed) read each of them, with a page and all authors for every entry."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence

import feedparser

from consumers.frame import Built, Row, node, node_version, python_version

_NEWEST = 50
"""Articles that the feed of the whole site holds at most."""

Entries = Sequence[tuple[str, int]]
"""What a program read of the site's own feed: of each entry the address of the page, and how many authors it tells apart."""


def rows(built: Built) -> Iterator[Row]:
    for kind, name in (("Atom", "feed.xml"), ("RSS", "rss.xml")):
        read = {file: feedparser.parse(str(file)) for file in sorted(built.site.rglob(name))}
        entries = [
            (one.link, len(list(filter(None, one.get("authors", ())))))
            for one in read[built.site / name].entries
        ]
        fine = sum(not one.bozo for one in read.values())
        yield from _judged(
            built, ("feedparser", python_version("feedparser")), kind, (len(read), fine), entries
        )
    files = sorted(built.site.rglob("feed.json"))
    told = node("feedsmith.mjs", *files)
    fine, entries = sum(one is not None for one in told), told[files.index(built.site / "feed.json")] or []
    yield from _judged(
        built, ("feedsmith", node_version("feedsmith")), "JSON Feed", (len(files), fine), entries
    )


def _judged(
    built: Built, reader: tuple[str, str], kind: str, feeds: tuple[int, int], entries: Entries
) -> Iterator[Row]:
    """`reader`: the program and its version; `feeds`: how many there are, and how many were read without a complaint."""
    authors = _authors(built)
    there = sum(page in authors for page, _ in entries)
    told = sum(min(number, authors.get(page, 0)) for page, number in entries)
    yield Row(*reader, f"{kind}: feeds that it reads without a complaint", *feeds)
    wanted = min(_NEWEST, len(authors))
    yield Row(*reader, f"{kind}: entries of the site's feed that lead to an article", wanted, there)
    yield Row(*reader, f"{kind}: authors of these, told apart", sum(authors.values()), told)


def _authors(built: Built) -> Mapping[str, int]:
    """How many wrote each article, by the address of its page: as the bibliography has them, else the publisher."""
    credited = {one["id"]: len(one.get("author", ())) for one in built.json("bibliography.csl.json")}
    with (built.exports / "csv" / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            one["page"]: credited[one["id"].replace("/", ":")] or int(bool(one["publisher"]))
            for one in csv.DictReader(file)
        }
