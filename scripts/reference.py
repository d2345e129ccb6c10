"""Writes docs/reference/ from the code: commands, front-matter keys, problem codes. `--check` says what is stale."""

# ruff: noqa: T201 - a script, run by `make reference`, that talks on the terminal

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from math import inf
from pathlib import Path

import click

from dossierkit.cli import main as dossier
from dossierkit.export.formats import FORMATS
from dossierkit.export.sqlite import columns
from dossierkit.export.tables import TABLES
from dossierkit.store.schema import KINDS, Key
from dossierkit.store.seeds import KNOWLEDGE
from dossierkit.text.data import load

OUT = Path(__file__).resolve().parents[1] / "docs" / "reference"
_WIDTH = 96
_NOTE = "<!-- Written by scripts/reference.py: change the code and run `make reference`. -->\n"
_EXITS = """\
Exit codes: 0 success; 1 problems were found; 2 wrong usage, or input that cannot be read. Problems are written to standard
error as `file:line:col: CODE message`; [Problem codes](problems.md) explains each.
"""
_PAGES = {
    "articles": (
        "Articles",
        "`content/articles/<year>/<slug>.md`; the path below `content/articles/` is the id.",
    ),
    "entities": ("Authority records", "`content/entities/<id>.md`; the file's name is the id."),
    "dossiers": ("Dossiers", "`content/dossiers/<slug>.md`."),
}
_KINDS = {
    "text": "text",
    "slug": "one word, lower case",
    "edtf": "EDTF date",
    "instant": "instant (`2026-12-01T06:00Z`)",
    "flag": "`true` or `false`",
    "number": "number",
    "language": "BCP 47 tag",
    "seed": "path below `seeds/`",
    "media": "path below `content/`: `media/…`",
    "medium": "path below `content/`: `media/…`, or an address",
    "orcid": "ORCID",
    "id": "list of ids",
    "address": "address (`https://…`)",
    "texts": "list of texts",
    "mapping": "mapping",
    "items": "list of mappings",
}
_FRONT_MATTER = """\
All keys of articles, authority records and dossiers. Each kind has its own keys and [those of all three](#keys-of-all-three). A single text
may stand for a list of texts. Unknown keys are passed on to the engine and the theme (`hide`, `search`, `icon`, `template`).
"""
_EXPORTS = """\
What `dossier export FORMAT` writes and the site's data page offers. Every file holds what readers see: nothing of drafts, embargoed or
withdrawn pages, and no record that only these name. The same content gives the same bytes, so no file has the day on which it was made.
Addresses are absolute where `site_url` is set, else paths from the site's root. [Share the data](../how-to/share-the-data.md) shows what
to do with them.

On the site, `data/ro-crate-metadata.json` makes the folder an
[RO-Crate 1.1](https://www.researchobject.org/ro-crate/specification/1.1/): each file with its media type and standard. `datePublished` is
the newest day that pages name (a correction, an arrival, or an article's date); `license` is what the data page says of rights.
"""
_CONSUMERS = """\
## Programs that read them

`make consumers` gives the files of the demo, and of a dossier of odd but lawful content, to these programs. All of them read everything that was
wanted. `consumers/README.md` has each figure, the versions, and the reasons where a program judges otherwise.

| format | programs |
|---|---|
| `jsonld`, JSON-LD of pages | PyLD, schema-dts |
| `ftm` | followthemoney (`validate`, `aggregate`, `statements`), nomenklatura |
| `skos` | rdflib |
| `csv` | frictionless, pandas |
| `geojson` | geopandas |
| `ics` | icalendar, ical.js |
| `bibtex` | biber, pybtex |
| `csl` | citeproc-js in the styles APA, Harvard and Vancouver |
| `webannotation` | Apache Annotator, by quote and by position |
| `sqlite`, `datasette` | Datasette, datasette-reconcile, sqlite-utils |
| `prov` | prov, as PROV-XML and PROV-RDF |
| `okf` | vault2okf, okf-ingest |
| `data/` as an RO-Crate | rocrate, roc-validator |
| EDTF dates | edtf.js, edtf-validate, python-edtf |
| feeds | feedparser, feedsmith |
| pages | the Nu HTML checker (no error), Mozilla Readability, trafilatura |
| SARIF of `dossier check` | SARIF Multitool |

biber warns of a source without a date: no date is better than one made up. Of 416 EDTF strings, the other programs judge 61, 41 and 53 otherwise, for
reasons that are listed, such as an interval that ends before it begins, which Dossierkit refuses.
"""
_FAMILIES = {
    "D1": "Front matter",
    "D2": "Evidence",
    "D3": "References between pages",
    "D4": "Sources and input",
    "D5": "Proposals and merges",
    "D6": "Verification",
    "D7": "Risk",
    "D8": "Publication, records and media",
    "D9": "Files of the repository",
}


def pages() -> dict[str, str]:
    """The text of each reference page by its file name."""
    return {
        "cli.md": f"# Commands\n\n{_NOTE}\n{_EXITS}\n" + "\n".join(_commands()),
        "front-matter.md": f"# Front matter\n\n{_NOTE}\n{_FRONT_MATTER}\n" + "\n".join(_kinds()),
        "exports.md": f"# Exports\n\n{_NOTE}\n{_EXPORTS}\n" + "\n".join([*_exports(), _CONSUMERS]),
        "problems.md": f"# Problem codes\n\n{_NOTE}\n" + "\n".join(_problems()),
    }


def _commands() -> Iterator[str]:
    yield from _group(_context(dossier, "dossier"))


def _group(context: click.Context) -> Iterator[str]:
    """A command's help, and that of the commands within it."""
    yield _help(context)
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            if command and not command.hidden:
                yield from _group(_context(command, name, context))


def _context(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    settings = {**command.context_settings, "terminal_width": _WIDTH, "max_content_width": _WIDTH}
    return click.Context(command, info_name=name, parent=parent, **settings)


def _help(context: click.Context) -> str:
    """A command's help as its user sees it on a terminal of fixed width."""
    return f"## `{context.command_path}`\n\n```text\n{context.get_help().rstrip()}\n```\n"


def _kinds() -> Iterator[str]:
    """A table for each kind of page, and one for the keys that are the same in all of them."""
    shared = [key for key in KINDS["articles"] if all(key in keys for keys in KINDS.values())]
    for kind, keys in KINDS.items():
        title, place = _PAGES[kind]
        yield f"## {title}\n\n{place}\n\n{_table([key for key in keys if key not in shared])}"
    yield f"## Keys of all three\n\nArticles, records and dossiers have these keys too.\n\n{_table(shared)}"
    yield (
        "## What you know about a source\n\n`seeds/NAME.yml` beside `seeds/NAME.txt`: plain YAML, without `---`. "
        f"`dossier add` reads it; command-line options take precedence.\n\n{_table(KNOWLEDGE)}"
    )


def _table(keys: Sequence[Key]) -> str:
    rows = "".join(f"| `{name}` | {_kind(key)} | {_doc(key)} |\n" for name, key in _flat(keys))
    return f"| key | value | meaning |\n|---|---|---|\n{rows}"


def _flat(keys: Sequence[Key], prefix: str = "") -> Iterator[tuple[str, Key]]:
    """Keys with those inside them right after: `source`, `source.url`, `timeline[].quote`."""
    for key in keys:
        yield prefix + key.name, key
        yield from _flat(key.of, f"{prefix}{key.name}{'[]' if key.kind == 'items' else ''}.")


def _kind(key: Key) -> str:
    if key.kind == "choice":
        return ", ".join(f"`{choice}`" for choice in key.choices)
    kind = _KINDS[key.form or key.kind]
    if key.least > -inf:
        kind = f"{kind} from {key.least} to {key.most}"
    return f"{kind}, or a text for `{key.short}`" if key.short else kind


def _doc(key: Key) -> str:
    return ("**Required.** " if key.required else "") + key.doc.replace("|", "\\|")


def _exports() -> Iterator[str]:
    for one in FORMATS.values():
        name, address = one.standard
        folder = "a folder" if one.by_command else f"a folder, on the site `data/{one.name}/`"
        file = f"`{one.file}`" if one.file else folder
        rows = "".join(f"| {what} | {text} |\n" for what, text in one.fields)
        yield (
            f"## `{one.name}`: {one.title}\n\n[{name}]({address}), {file}.\n\n"
            f"| what | how |\n|---|---|\n{rows}"
        )
    yield "## Tables\n\nThose of `csv` and `sqlite`. A column in italics holds the key of another table.\n"
    for table in TABLES:
        key = f" Key: {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
        rows = "".join(
            f"| {f'*`{column.name}`*' if column.of else f'`{column.name}`'} | {column.type} | {column.doc} |\n"
            for column in columns(table)
        )
        yield (
            f"### `{table.name}`\n\n{table.doc}{key}\n\n| column | type | meaning |\n|---|---|---|\n{rows}"
        )


def _problems() -> Iterator[str]:
    yield (
        "`dossier check` reports these as `file:line:col: CODE message`. Its exit code is 1 if there is an error, and with "
        "`--strict` also if there is a warning. `dossier build` reports all errors, and warnings that it meets while it "
        "reads the content; errors stop it, and with `--strict` these warnings do. Run `dossier check` before a build to "
        "see the others.\n"
    )
    family = ""
    for code, problem in sorted(load("problems").items()):
        if code[:2] != family:
            family = code[:2]
            yield f"## {_FAMILIES[family]}\n"
        warning = " (warning)" if problem["severity"] == "warning" else ""
        yield f"### {code}: {problem['title']}{warning}\n\n{_wrapped(problem['text'])}\n"


def _wrapped(text: str) -> str:
    """One line: how long lines are is the editor's business, not the reference's."""
    return re.sub(r"\s+", " ", text).strip()


def stale() -> list[str]:
    """The reference pages that do not say what the code says."""
    return [name for name, text in pages().items() if not _says(OUT / name, text)]


def _says(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == text


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with `--check` say which are stale."""
    names = stale()
    if "--check" not in arguments:
        OUT.mkdir(parents=True, exist_ok=True)
        for name in names:
            (OUT / name).write_text(pages()[name], encoding="utf-8", newline="\n")
    for name in names:
        print(
            f"docs/reference/{name}: {'stale: run `make reference`' if '--check' in arguments else 'written'}"
        )
    return int(bool(names) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
