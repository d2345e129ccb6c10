"""A repository as it is checked: its pages as nouns and as text, and the digests of all that a rule may rest on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dossierkit.compile import publish
from dossierkit.model.page import Content
from dossierkit.model.problem import Problem
from dossierkit.store.content import load_content


@dataclass(frozen=True, slots=True)
class Library:
    """`texts` and `digests` (SHA-256): of every page, by its path from the root. `seeds`: digests below seeds/.

    `content` holds everything that could be read, `problems` what was wrong on the way. `files`: all of docs_dir,
    relative to it. `docs`: docs_dir from the root.
    """

    docs: str
    content: Content
    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    digests: Mapping[str, str]
    seeds: Mapping[str, str]
    files: frozenset[str]

    @property
    def shown(self) -> Content:
        """What a preview shows: drafts too, nothing that was withdrawn."""
        return publish.visible(self.content, drafts=True)

    @property
    def live(self) -> Content:
        """What is checked: the pages of a preview, and every record that was not withdrawn."""
        return publish.checked(self.content, self.shown)


def read_library(root: Path, docs: Path) -> Library:
    """Read docs_dir and seeds/. Pages that are not UTF-8 are among the problems and have no text."""
    base = root if docs.is_relative_to(root) else docs.parent
    content, problems = load_content(docs, base)
    texts: dict[str, str] = {}
    digests: dict[str, str] = {}
    files = sorted(file.relative_to(docs).as_posix() for file in docs.rglob("*") if file.is_file())
    prefix = docs.relative_to(base).as_posix()
    for name in files:
        if name.endswith(".md") and name.partition("/")[0] in {"articles", "entities", "dossiers"}:
            data = (docs / name).read_bytes()
            digests[f"{prefix}/{name}"] = hashlib.sha256(data).hexdigest()
            texts[f"{prefix}/{name}"] = data.decode("utf-8", "replace")
    return Library(prefix, content, problems, texts, digests, _seeds(root), frozenset(files))


def _seeds(root: Path) -> dict[str, str]:
    found = {}
    for file in sorted((root / "seeds").rglob("*")):
        if file.is_file() and not file.name.endswith(".suggested.yml"):
            with file.open("rb") as opened:
                found[file.relative_to(root).as_posix()] = hashlib.file_digest(opened, "sha256").hexdigest()
    return found
