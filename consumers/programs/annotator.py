"""Whether Apache Annotator finds the words of each annotation, and nothing else, on the page and in the bare text beside it."""

from __future__ import annotations

from collections.abc import Iterator

from consumers.frame import Built, Row, node, node_version


def rows(built: Built) -> Iterator[Row]:
    version = node_version("@apache-annotator/dom")
    for where, figures in node("annotator.mjs", built.site, built.exports / "annotations.jsonld").items():
        asked, right = figures["asked"], figures["right"]
        yield Row("Apache Annotator", version, f"{where}: once, and the quoted words", asked, right)
