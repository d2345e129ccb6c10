"""Starter packs: JSON Lines with a head. They ship with the package, and are in seeds/packs/ of repositories that use them.

The first line describes the pack: `{"pack", "title", "date", "sources": [{"name", "date", "licence", "url"}]}`. Each other
line is a record: `{"id", "type", "names": [[name, language, source]], "weak": [...], "same_as", "location", "description", and
facts (data/facts.yml)}`. The first of `names` is the title; `source` is the index of a source in the head. In packs of the
package `titles` has the title by language, where it is not the first name in that language.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.imported import ImportedFact, ImportedRecord, ImportOrigin
from dossierkit.store.inside import leads_out, real
from dossierkit.text.recordfacts import fact_properties

_FOLDER = "seeds/packs/"
SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack. `date`: the date of its facts (EDTF)."""

    name: str
    title: str
    date: str
    origins: tuple[ImportOrigin, ...]
    records: tuple[ImportedRecord, ...]

    @property
    def source(self) -> str:
        """The pack's source name in import memories."""
        return f"pack {self.name}"


def path_of(name: str) -> str:
    """The path of a used pack, from the repository's root."""
    return f"{_FOLDER}{name}{SUFFIX}"


def used(root: Path) -> tuple[str, ...]:
    """The names of the packs that a repository uses, sorted."""
    return tuple(sorted(file.name.removesuffix(SUFFIX) for file in (root / _FOLDER).glob(f"*{SUFFIX}")))


def problems(root: Path) -> Iterator[Diagnostic]:
    """D433: the packs of a repository that cannot be read. A link out of it is not followed (D901)."""
    for name in used(root):
        path = path_of(name)
        if leads_out(root / path, real(root)):
            continue
        try:
            load((root / path).read_text(encoding="utf-8", errors="replace"), path)
        except DiagnosticsError as error:
            yield from error.problems


def titled(text: str, lang: str) -> str:
    """A pack of the package as a repository gets it: titles are the records' names in the site's language (BCP 47), if they have one."""
    head, *lines = text.splitlines()
    return "".join(f"{line}\n" for line in (head, *(_titled(line, lang) for line in lines)))


def _titled(line: str, lang: str) -> str:
    record = json.loads(line)
    titles = record.pop("titles", None)
    first, *others = record["names"]
    if lang != "en":
        own = (name for name in others if name[1] == lang)
        title = next((name for name in own if titles is None or titles.get(lang) == name[0]), first)
        record["names"] = [title, *(name for name in (first, *others) if name is not title)]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def load(text: str, path: str) -> Pack:
    """Read a pack. Raises DiagnosticsError (D433)."""
    lines = text.splitlines()
    head = _object(lines[0] if lines else "", path, 1)
    try:
        origins = tuple(ImportOrigin(**source) for source in head["sources"])
        records = tuple(
            _record(_object(line, path, number), origins, number) for number, line in enumerate(lines[1:], 2)
        )
        return Pack(head["pack"], head["title"], head["date"], origins, records)
    except (KeyError, TypeError, IndexError, ValueError, AttributeError):
        raise _broken(path, 0) from None


def _object(line: str, path: str, number: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        raise _broken(path, number) from None
    if not isinstance(value, dict):
        raise _broken(path, number)
    return value


def _broken(path: str, line: int) -> DiagnosticsError:
    message = "this is not a starter pack as `dossier authority pack` wrote it: run that command again, or put the file back from git's history"
    return DiagnosticsError([Diagnostic(path, line, min(line, 1), "D433", message)])


def _record(line: dict[str, Any], origins: tuple[ImportOrigin, ...], number: int) -> ImportedRecord:
    rows = [*line["names"], *line.get("weak", ())]
    sources = dict.fromkeys(origins[row[2]] for row in rows)
    return ImportedRecord(line["id"], tuple(_facts(line)), tuple(sources), line["id"], number, 1)


def _facts(line: dict[str, Any]) -> Iterator[ImportedFact]:
    title, *others = line["names"]
    yield ImportedFact("title", title[0], title[1])
    yield ImportedFact("type", line["type"])
    yield from (ImportedFact("aliases", name, lang) for name, lang, _ in others)
    yield from (ImportedFact("weak_aliases", name, lang) for name, lang, _ in line.get("weak", ()))
    yield from (ImportedFact("same_as", one) for one in line.get("same_as", ()))
    yield from (
        ImportedFact(name, line[name])
        for name in ("description", "location", *fact_properties())
        if line.get(name)
    )
