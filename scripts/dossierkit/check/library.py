"""The input of checks: a repository's pages, parsed and as text, and digests of all that rules depend on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from dossierkit.cache.facsimiles import located
from dossierkit.check.repository.served_files import ServedFiles, served_files
from dossierkit.check.rules.provenance import Seeds
from dossierkit.evidence import visibility
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.page import Content
from dossierkit.parallel.fork import spread
from dossierkit.site.interface import Locate
from dossierkit.store.content import load_content
from dossierkit.store.inside import SEEDS, real
from dossierkit.store.media.original import Originals, originals, revealing_media
from dossierkit.store.seeds import converted
from dossierkit.store.served import Served, regular
from dossierkit.store.state import working_folder


@dataclass(frozen=True)
class Library:
    """`texts`, `digests` (SHA-256): of every page, by path from the root.

    `content`: everything readable; `problems`: what was not. `docs`: docs_dir from the root; `served`: its other files.
    `locate`: as in `site.interface.Site`. `originals`: those that pages want published.
    """

    docs: str
    content: Content
    problems: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    digests: Mapping[str, str]
    seeds: Seeds
    served: ServedFiles
    originals: Originals
    locate: Locate

    @cached_property
    def shown(self) -> Content:
        """The content of a preview: with drafts, without withdrawn pages."""
        return visibility.visible(self.content, drafts=True)

    @cached_property
    def live(self) -> Content:
        """The content to check: pages of a preview, and all records not withdrawn."""
        return visibility.checked(self.content, self.shown)


def read_library(root: Path, docs: Path, served: Served) -> Library:
    """Read docs_dir and seeds/, without links that leave them. Pages that are not UTF-8 become problems and have no text.

    `served`: which files are published.
    """
    base = root if docs.is_relative_to(root) else docs.parent
    content, problems = load_content(docs, base, spread=spread)
    texts: dict[str, str] = {}
    digests: dict[str, str] = {}
    prefix = docs.relative_to(base).as_posix()
    found = served_files(docs, base, served, working_folder(root), prefix)
    for name in found.listed:
        if name.endswith(".md") and name.partition("/")[0] in {"articles", "entities", "dossiers"}:
            data = (docs / name).read_bytes()
            digests[f"{prefix}/{name}"] = hashlib.sha256(data).hexdigest()
            texts[f"{prefix}/{name}"] = data.decode("utf-8", "replace")
    asked = originals(root, content.articles.values())
    return Library(
        prefix,
        content,
        (*problems, *found.problems, *revealing_media(docs, found.files)),
        texts,
        digests,
        _seeds(root),
        found,
        asked,
        partial(located, root, asked.drawn),
    )


def _seeds(root: Path) -> Seeds:
    found = {}
    for path in sorted(regular(str(root / SEEDS), real(root), f"{SEEDS}/")):
        if not path.endswith(".suggested.yml"):
            with (root / path).open("rb") as opened:
                found[path] = hashlib.file_digest(opened, "sha256").hexdigest()
    return Seeds(
        found,
        lambda file, sha256: converted(file, (root / file).read_bytes(), sha256),
        lambda file: (root / file).read_bytes(),
    )
