"""Cached extractions, in `findings/` of the cache folder, by a digest of everything that they depend on.

The key covers text, title, date and language of the article, the records, and `basis`: rules, code and name model.
Damaged or foreign files are ignored and rewritten; a folder that cannot be written only costs time.

There are two levels. `extracted` holds whole extractions. `named` holds spans of the name model, which do not depend
on records: after a new record every article is resolved again without running the model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from dossierkit.cache import files
from dossierkit.cache.fingerprint import fingerprint
from dossierkit.model.finding import Extraction, NameFinder
from dossierkit.model.plain import digest, dumps, loads, parse
from dossierkit.model.record import Record
from dossierkit.model.source import Article
from dossierkit.store.state import StateError, cache_folder

FOLDER = "findings"
_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{30}")
_HEAD = b"dossierkit findings 2\n"
_RUNTIME = ("babel", "numpy", "onnxruntime")

Extract = Callable[[Article], Extraction]
Span = tuple[int, int, str, float]


@dataclass(slots=True)
class ExtractionCache:
    """Results in a folder; without one nothing is cached. `basis`: all dependencies except article and records.

    `used`: entries read or written, by path below the folder. `brought`: entries known in addition to the folder's.
    """

    folder: Path | None
    basis: str
    used: set[str] = field(default_factory=set)
    brought: Mapping[str, bytes] = field(default_factory=dict)

    def extracted(self, records: Iterable[Record], extract: Extract) -> Extract:
        """The result of `extract`, cached for the same article and records."""
        known = records_digest(records)

        def cached(article: Article) -> Extraction:
            inputs = (article.text, article.title, article.published, article.lang, article.publisher)
            value, name = self._get("extraction", known, *inputs)
            if value is None:
                found = extract(article)
                self._put(name, dumps(found))
                return found
            kept: Extraction = loads(Extraction, value)
            spans = [(sentence.start, sentence.end) for sentence in kept.sentences]
            self.used.add(self._name("names", article.text, spans))  # what the key depends on
            return replace(kept, id=article.id)

        return cached

    def named(self, finder: NameFinder) -> NameFinder:
        """The result of `finder`, cached for the same sentences of the same text."""
        return _CachedFinder(self, finder)

    def forget_unused(self) -> int:
        """Remove entries that were not used since this was made; the number removed.

        For the end of a command that has processed all articles.
        """
        folder = self.folder
        present = sorted(file for file in folder.glob("*/*") if file.is_file()) if folder else ()
        stale = [file for file in present if folder and file.relative_to(folder).as_posix() not in self.used]
        for file in stale:
            with suppress(OSError):
                file.unlink()
        return len(stale)

    def _name(self, kind: str, *parts: object) -> str:
        name = digest(dumps([self.basis, kind, *parts]))
        return f"{name[:2]}/{name[2:]}"

    def _get(self, kind: str, *parts: object) -> tuple[bytes | None, str]:
        """The entry for these parts (None if missing), and its name."""
        name = self._name(kind, *parts)
        self.used.add(name)
        with suppress(OSError, files.ForeignFileError):
            return bytes(files.parse(self._read(name), _HEAD)), name
        return None, name

    def _read(self, name: str) -> bytes:
        """Raises FileNotFoundError."""
        if name in self.brought:
            return self.brought[name]
        if self.folder is None:
            raise FileNotFoundError(name)
        return (self.folder / name).read_bytes()

    def _put(self, name: str, value: bytes) -> None:
        if self.folder is not None:
            with suppress(OSError):
                files.write(self.folder / name, _HEAD, value)


@dataclass(frozen=True, slots=True)
class _CachedFinder:
    findings: ExtractionCache
    finder: NameFinder

    def reads(self, lang: str) -> bool:
        return self.finder.reads(lang)

    def find(self, text: str, sentences: Sequence[tuple[int, int]]) -> Sequence[Span]:
        value, name = self.findings._get("names", text, sentences)  # noqa: SLF001 -- its other half
        if value is not None:
            return [(start, end, kind, score) for start, end, kind, score in parse(value)]
        found = [
            (start, end, kind, float(score)) for start, end, kind, score in self.finder.find(text, sentences)
        ]
        self.findings._put(name, dumps(found))  # noqa: SLF001 -- its other half
        return found


def basis(*parts: str) -> str:
    """A digest of dependencies other than article and records: programs, runtime of the name model, and the given parts
    (version of the extractor, choice of the name finder). The same on every machine.
    """
    return fingerprint(_RUNTIME, *parts, model=True)


def records_digest(records: Iterable[Record]) -> str:
    """A digest of the records without their prose, independent of order."""
    stripped = (replace(record, body="", path="", corrections=(), relations=()) for record in records)
    return digest(dumps(sorted(json.dumps(asdict(record), default=str) for record in stripped)))


def folder_of(root: Path) -> Path | None:
    """The cache folder for the repository at `root`; None without one."""
    try:
        return cache_folder(root) / FOLDER
    except StateError:
        return None


def keep(folder: Path | None, found: Mapping[str, bytes]) -> None:
    """Store entries made elsewhere, by name. Failure only costs time."""
    for name, data in found.items():
        if folder and _NAME.fullmatch(name):
            files.replace_file(folder / name, data)


def cached(folder: Path | None, names: Iterable[str]) -> dict[str, bytes]:
    """The files with these names that exist."""
    places = {name: folder / name for name in names} if folder else {}
    return {name: file.read_bytes() for name, file in places.items() if file.is_file()}
