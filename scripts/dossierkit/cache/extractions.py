"""What was extracted from each article, kept in `findings/` of the cache folder under a digest of everything that it rests on.

An entry is found by its key alone: text, title, date and language of the article, the records, and `basis`, which says what
extracted (rules, code, name model). Whatever changes, there simply is no entry. A file that is broken, cut off or not
ours is passed over and written anew; a folder that cannot be written costs time only.

Two things are kept. `extracted` holds whole extractions. `named` holds the spans of the name model, which do not depend
on records: after a new record every article is resolved again, and none is read by the model again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

from dossierkit.cache.files import replace_file
from dossierkit.model.article import Article
from dossierkit.model.finding import Event, Extraction, Mention, Sentence, Timex
from dossierkit.model.record import Record
from dossierkit.store.state import StateError, cache_folder

FOLDER = "findings"
_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{62}\.json")
_FORMAT = "dossierkit findings 1"

# The rooms that extraction is made of, and the kinds of file there that it depends on.
_ROOMS = ("model", "text", "extract", "data")
_COUNTED = frozenset({".py", ".yml", ".onnx", ".txt"})
_RUNTIME = ("babel", "numpy", "onnxruntime")

Extract = Callable[[Article], Extraction]
Span = tuple[int, int, str, float]


class Finder(Protocol):
    """What finds names, as the extractor takes it."""

    def reads(self, lang: str) -> bool: ...

    def find(self, text: str, sentences: Sequence[tuple[int, int]]) -> Sequence[Span]: ...


@dataclass(slots=True)
class ExtractionCache:
    """The findings in a folder; none are kept without one. `basis`: everything but article and records that they depend on.

    `used`: what was read or written, by its path below the folder. `brought`: what is known besides what stands there.
    """

    folder: Path | None
    basis: str
    used: set[str] = field(default_factory=set)
    brought: Mapping[str, bytes] = field(default_factory=dict)

    def extracted(self, records: Iterable[Record], extract: Extract) -> Extract:
        """`extract`, or what it once gave for the same article and the same records."""
        known = records_digest(records)

        def cached(article: Article) -> Extraction:
            inputs = (article.text, article.title, article.published, article.lang)
            value, name = self._get("extraction", known, *inputs)
            found = _extraction(value, article.id)
            if found is None:
                found = extract(article)
                self._put(name, asdict(found))
            else:
                spans = [(sentence.start, sentence.end) for sentence in found.sentences]
                self.used.add(self._name("names", article.text, spans))  # what it rests on
            return found

        return cached

    def named(self, finder: Finder) -> Finder:
        """`finder`, or what it once found in the same sentences of the same text."""
        return _CachedFinder(self, finder)

    def forget_unused(self) -> int:
        """Remove what was neither read nor written since this was made; the number of files removed.

        For after a command that has gone through all articles.
        """
        folder = self.folder
        files = sorted(folder.glob("*/*.json")) if folder else ()
        stale = [file for file in files if folder and file.relative_to(folder).as_posix() not in self.used]
        for file in stale:
            with suppress(OSError):
                file.unlink()
        return len(stale)

    def _name(self, kind: str, *parts: object) -> str:
        digest = _digest(json.dumps([_FORMAT, self.basis, kind, *parts]))
        return f"{digest[:2]}/{digest[2:]}.json"

    def _get(self, kind: str, *parts: object) -> tuple[Any, str]:
        """The value kept for these parts, None where there is none, and its name."""
        name = self._name(kind, *parts)
        self.used.add(name)
        with suppress(OSError, ValueError):
            head, _, body = self._read(name).decode("ascii").partition("\n")
            if head == _head(body):
                return json.loads(body), name
        return None, name

    def _read(self, name: str) -> bytes:
        """Raises FileNotFoundError."""
        if name in self.brought:
            return self.brought[name]
        if self.folder is None:
            raise FileNotFoundError(name)
        return (self.folder / name).read_bytes()

    def _put(self, name: str, value: object) -> None:
        if self.folder is not None:
            body = json.dumps(value, separators=(",", ":"))
            replace_file(self.folder / name, f"{_head(body)}\n{body}".encode("ascii"))


@dataclass(frozen=True, slots=True)
class _CachedFinder:
    findings: ExtractionCache
    finder: Finder

    def reads(self, lang: str) -> bool:
        return self.finder.reads(lang)

    def find(self, text: str, sentences: Sequence[tuple[int, int]]) -> Sequence[Span]:
        value, name = self.findings._get("names", text, sentences)  # noqa: SLF001 -- its other half
        if _is_spans(value):
            return [(start, end, kind, score) for start, end, kind, score in value]
        found = [
            (start, end, kind, float(score)) for start, end, kind, score in self.finder.find(text, sentences)
        ]
        self.findings._put(name, found)  # noqa: SLF001 -- its other half
        return found


def basis(package: Path, *parts: str) -> str:
    """What findings depend on besides article and records: the extractor's files, what runs the name model, and the parts
    given: the version of the extractor, the choice of what finds names. The same on every machine.
    """
    files = sorted(file for room in _ROOMS for file in (package / room).rglob("*") if file.suffix in _COUNTED)
    digests = [
        [file.relative_to(package).as_posix(), hashlib.sha256(file.read_bytes()).hexdigest()]
        for file in files
    ]
    return _digest(json.dumps([digests, [[name, _version(name)] for name in _RUNTIME], parts]))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def records_digest(records: Iterable[Record]) -> str:
    """A digest of all that records say, but for their prose, whatever their order."""
    stripped = (replace(record, body="", path="", corrections=(), relations=()) for record in records)
    return _digest(json.dumps(sorted(json.dumps(asdict(one), default=str) for one in stripped)))


def _extraction(value: Any, id_: str) -> Extraction | None:  # noqa: ANN401 -- anything may stand in a file
    """The extraction that was kept, for the article of this id; None where the file does not hold one."""
    try:
        return Extraction(
            id_,
            tuple(Sentence(**one) for one in value["sentences"]),
            tuple(Mention(**one) for one in value["mentions"]),
            tuple(Timex(**one) for one in value["timexes"]),
            tuple(_event(one) for one in value["events"]),
            tuple(value["notes"]),
        )
    except (TypeError, KeyError):
        return None


def _event(value: Mapping[str, Any]) -> Event:
    return Event(**{**value, "entities": tuple(value["entities"])})


def _is_spans(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, list) and len(one) == 4 for one in value)


def _head(body: str) -> str:
    return f"{_FORMAT} {_digest(body)}"


def folder_of(root: Path) -> Path | None:
    """Where findings of the repository at `root` are kept; None for a user who has no cache folder."""
    try:
        return cache_folder(root) / FOLDER
    except StateError:
        return None


def keep(folder: Path | None, files: Mapping[str, bytes]) -> None:
    """Have files stand there that were made elsewhere, by name. As with all findings, failing costs time only."""
    for name, data in files.items():
        if folder and _NAME.fullmatch(name):
            replace_file(folder / name, data)


def cached(folder: Path | None, names: Iterable[str]) -> dict[str, bytes]:
    """The files of these names, as far as they are there."""
    files = {name: folder / name for name in names} if folder else {}
    return {name: file.read_bytes() for name, file in files.items() if file.is_file()}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
