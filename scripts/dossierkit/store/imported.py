"""`seeds/entities/ID.imported.yml`: the facts that imports last gave for the record, one per line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dossierkit.model.imported import ImportedFact, ImportMemory
from dossierkit.store.proposal import broken, listed, parsed
from dossierkit.store.yamltext import quoted, scalar

IMPORTED = ".imported.yml"
_FOLDER = "seeds/entities/"
_HEAD = (
    "# What was last imported into the record of this name, by source. `dossier authority` writes it: do not edit it.\n"
    "# While it is here and the record is not, the record is not imported again.\n"
)


def path_of(id_: str) -> str:
    """The path of a record's import memory, from the repository's root."""
    return f"{_FOLDER}{id_}{IMPORTED}"


def ids(root: Path) -> tuple[str, ...]:
    """The ids of records with an import memory, sorted."""
    folder = root / _FOLDER
    return tuple(sorted(file.name.removesuffix(IMPORTED) for file in folder.glob(f"*{IMPORTED}")))


def dump(memories: Iterable[ImportMemory]) -> str:
    """The memories as YAML. Equal values give equal text."""
    lines = [line for memory in sorted(memories, key=lambda m: (m.source, m.key)) for line in _lines(memory)]
    return _HEAD + "\n".join(["imports:", *lines] if lines else ["imports: []"]) + "\n"


def _lines(memory: ImportMemory) -> Iterator[str]:
    yield f"  - source: {scalar(memory.source)}"
    yield f"    key: {quoted(memory.key)}"
    for name, facts in (("facts", memory.facts), ("removed", memory.removed)):
        if facts:
            yield f"    {name}:"
            yield from (f"      - {_fact(fact)}" for fact in facts)


def _fact(fact: ImportedFact) -> str:
    lang = f", lang: {scalar(fact.lang)}" if fact.lang else ""
    return f"{{{fact.field}: {quoted(fact.value)}{lang}}}"


def load(text: str, path: str = "") -> tuple[ImportMemory, ...]:
    """Read what `dump` wrote. Raises DiagnosticsError (D407)."""
    return tuple(_memory(item, path) for item in listed(parsed(text, path), "imports", path))


def _memory(item: Any, path: str) -> ImportMemory:  # noqa: ANN401 -- as YAML has it
    if not isinstance(item, dict) or "source" not in item or "key" not in item:
        raise broken(path, 0, "an item of `imports` has no `source` and `key`")
    facts, removed = (
        tuple(_read(fact, path) for fact in listed(item, name, path)) for name in ("facts", "removed")
    )
    return ImportMemory(str(item["source"]), str(item["key"]), facts, removed)


def _read(item: Any, path: str) -> ImportedFact:  # noqa: ANN401 -- as YAML has it
    pairs = (
        [(name, value) for name, value in item.items() if name != "lang"] if isinstance(item, dict) else []
    )
    if len(pairs) != 1:
        raise broken(path, 0, "a fact is not one key with its value")
    return ImportedFact(str(pairs[0][0]), str(pairs[0][1]), str(item.get("lang", "")))


def hidden(key: str) -> str:
    """A digest in place of a key, for the memory of a withdrawn record."""
    return key if key.startswith("sha256:") else f"sha256:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
