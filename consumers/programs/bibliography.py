"""What reference managers and LaTeX make of the bibliography: biber, pybtex, and citeproc-js in three styles."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

from pybtex.database import parse_string

from consumers.frame import Built, Row, node, node_version, python_version, run

STYLES = ("apa", "harvard1", "vancouver")


def rows(built: Built) -> Iterator[Row]:
    items = built.json("bibliography.csl.json")
    text = built.text("bibliography.bib")
    yield from _biber(built, len(items))
    read = parse_string(text, "bibtex").entries
    yield Row("pybtex", python_version("pybtex"), "entries that it reads", len(items), len(read))
    people = sum(len(one.persons.get("author", [])) for one in read.values())
    wanted = sum(len(one.get("author", [])) for one in items)
    yield Row("pybtex", python_version("pybtex"), "authors that it tells apart", wanted, people)
    for style in STYLES:
        made = node("citeproc.mjs", built.exports / "bibliography.csl.json", style)
        version = node_version("citeproc")
        yield Row(
            "citeproc-js",
            version,
            f"references that it writes in the style {style}, with their title",
            len(items),
            sum(_has(one, items) for one in made),
        )


def _biber(built: Built, entries: int) -> Iterator[Row]:
    program = shutil.which("biber")
    if program is None:
        yield Row("biber", "", "is installed (`apt install biber`)", "yes", "no")
        return
    version = run(program, "--version").stdout.split()[-1]
    source = built.work / "bibliography.bib"
    shutil.copy(built.exports / "bibliography.bib", source)
    done = run(
        program,
        "--tool",
        "--validate-datamodel",
        "--output-file",
        built.work / "out.bib",
        source,
        cwd=built.work,
    )
    told = [line for line in f"{done.stdout}{done.stderr}".splitlines() if re.match(r"(WARN|ERROR)", line)]
    (built.work / "told.txt").write_text("\n".join(told), encoding="utf-8")
    out = built.work / "out.bib"
    back = out.read_text(encoding="utf-8").casefold().count("@online{") if out.is_file() else 0
    yield Row("biber", version, "entries after `--tool --validate-datamodel`", entries, back)
    undated = sum("\n  date = " not in one for one in source.read_text(encoding="utf-8").split("@online")[1:])
    note = "biblatex asks every online source for a date; one that has none is better than one made up"
    yield Row(
        "biber",
        version,
        "warnings and errors (one a source without a date)",
        undated,
        len(told),
        note=note if undated else "",
    )


def _has(made: dict[str, str], items: list[dict[str, str]]) -> bool:
    title = next(one["title"] for one in items if one["id"] == made["id"])
    words = re.findall(r"\w{3,}", title)
    return all(word.casefold() in made["text"].casefold() for word in words)
